using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>Plays recorded bars as trades: the open at the bar's start, the extreme nearer to it after a third of the bar, the other one after two thirds, the close a microsecond before its end.</summary>
/// <remarks>
/// Equal prices in a row become one trade. The volume is shared equally, the rest goes to the last trade, and each trade has at least 1, so a bar with less volume than
/// trades (or none) comes out with more. Bars put together from these trades have the prices of the recorded ones.
/// </remarks>
internal sealed class BarPath
{
    private readonly PriorityQueue<Input, (Timestamp Time, long Order)> _waiting = new();
    private long _order;

    /// <summary>Replaces bars that start at or after <paramref name="start"/> by their trades and passes on everything else, in the order of time.</summary>
    public IEnumerable<Input> Play(IEnumerable<Input> inputs, Timestamp start)
    {
        foreach (Input input in inputs)
        {
            bool isBar = input.Kind is InputKind.Bar or InputKind.HistoryBar;
            Timestamp begin = isBar ? input.Bar.Start : input.Time;
            while (_waiting.TryPeek(out Input next, out (Timestamp Time, long Order) due) && due.Time < begin)
            {
                _waiting.Dequeue();
                yield return next;
            }
            if (!isBar) Wait(input, input.Time);
            else if (begin < start) Wait(input, input.Bar.End);
            else WaitForTrades(input.Instrument, input.Bar);
        }
        while (_waiting.TryDequeue(out Input rest, out _)) yield return rest;
    }

    private void WaitForTrades(int instrument, Bar bar)
    {
        bool isLowFirst = bar.Open - bar.Low <= bar.High - bar.Open;
        double[] path = [bar.Open, isLowFirst ? bar.Low : bar.High, isLowFirst ? bar.High : bar.Low, bar.Close];
        var steps = new List<(int Third, double Price)>(4);
        for (int third = 0; third < path.Length; third++)
        {
            if (steps.Count == 0 || path[third] != path[third - 1]) steps.Add((third, path[third]));
        }
        double share = Math.Max(1, Math.Floor(bar.Volume / steps.Count));
        double last = Math.Max(1, bar.Volume - share * (steps.Count - 1));
        for (int i = 0; i < steps.Count; i++)
        {
            var trade = new Trade(TimeOf(bar, steps[i].Third), steps[i].Price, i == steps.Count - 1 ? last : share);
            Wait(new(instrument, trade), trade.Time);
        }
    }

    private static Timestamp TimeOf(in Bar bar, int third)
    {
        long length = bar.End.Nanoseconds - bar.Start.Nanoseconds;
        return third == 3 ? new(bar.End.Nanoseconds - Math.Min(length, Timestamp.NanosecondsPerMicrosecond)) : new(bar.Start.Nanoseconds + length / 3 * third);
    }

    private void Wait(in Input input, Timestamp time) => _waiting.Enqueue(input, (time, _order++));
}
