using Tradewind.Core.Model;
using Tradewind.Simulation.Fills;

namespace Tradewind.Simulation;

/// <summary>Runs a backtest over the histories of several instruments, in the order in which they became known: a bar at its end, a tick at its time.</summary>
/// <remarks>
/// Of what becomes known at one instant, the history that was named first comes first. What fills within bars that are under way comes in the order of the fills'
/// own times; an order that was decided at an instant fills at the open of a bar that begins then. The equity is marked once for each instant, when all of it is in: between two legs it would jump.
/// </remarks>
public sealed class JointRun
{
    private readonly Backtest _backtest;
    private readonly History[] _histories;
    private Timestamp _instant = Timestamp.MinValue;
    private bool _isWeighed = true;

    /// <param name="histories">At most one for each instrument of the engine.</param>
    public JointRun(Backtest backtest, IReadOnlyList<History> histories)
    {
        ArgumentNullException.ThrowIfNull(backtest);
        _backtest = backtest;
        _histories = [.. histories];
    }

    /// <summary>Records of all histories together.</summary>
    public int Count => _histories.Sum(each => each.Count);

    /// <summary>Takes in so many records, or those that are left.</summary>
    /// <returns>False when none are left.</returns>
    public bool Advance(int records)
    {
        while (records > 0)
        {
            if (FindNext() is not { } next)
            {
                Weigh();
                return false;
            }
            if (next.History.Known > _instant) Weigh();
            if (next.Fill is { } fill)
            {
                _backtest.TakeFill(next.History.Instrument, in fill);
                continue;
            }
            _instant = next.History.Known;
            _isWeighed = false;
            next.History.Take(_backtest);
            records--;
        }
        return true;
    }

    /// <summary>The earliest of all fills and records. At one instant: what fills in bars that end then, what becomes known then, what fills in bars that begin then.</summary>
    private (History History, BarFill? Fill)? FindNext()
    {
        (History History, BarFill? Fill)? next = null;
        (Timestamp Time, int Turn) at = (Timestamp.MaxValue, int.MaxValue);
        foreach (History history in _histories)
        {
            if (history.IsAtEnd) continue;
            (Timestamp Time, int Turn) turn = (history.Known, 1);
            BarFill? fill = null;
            if (history.FindFill(_backtest) is { } found) (fill, turn) = (found.Fill, (found.Told, found.Told == history.Known ? 0 : 2));
            if (turn.CompareTo(at) < 0) (next, at) = ((history, fill), turn);
        }
        return next;
    }

    private void Weigh()
    {
        if (!_isWeighed) _backtest.Tally.Weigh();
        _isWeighed = true;
    }
}
