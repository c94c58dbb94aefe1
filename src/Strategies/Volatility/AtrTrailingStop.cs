using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Volatility;

/// <summary>Stays in a trend until a close falls a few average true ranges from the trend's best close, then takes the other side.</summary>
/// <remarks>
/// <para>Source: the volatility system of Wilder, New Concepts in Technical Trading Systems, 1978.</para>
/// <para>Enters: at the market, on the bar whose close is beyond the trailing line of the other side. The first line is drawn from the first close; nothing is traded before its first crossing.</para>
/// <para>Exits: with the reversal at the close; where the stop works, already when the line is touched within a bar.</para>
/// <para>Stop: the trailing line, which moves towards the price only; none where UseStop is false, as with Wilder, who lets closes decide.</para>
/// <para>Assumes: that a trend ends with a move which is large in proportion to the noise of its bars.</para>
/// <para>Lies: it is always in the market once it began, so it pays for every sideways stretch in full.</para>
/// </remarks>
[Strategy("atr-trailing-stop", "Volatility")]
public sealed class AtrTrailingStop : Strategy
{
    private readonly Options _options;
    private readonly Atr _atr;
    private int _direction;
    private double _best;
    private double _line;

    public AtrTrailingStop(Options options)
    {
        _options = options;
        _atr = Use(new Atr(options.AtrPeriod));
    }

    // The line forgets where it began with its first turns.
    protected override int HistoryBars => 20 * _options.AtrPeriod;

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) Advance(bar.Close);
    }

    protected override void OnBar(in Bar bar)
    {
        bool isFirst = _direction == 0;
        // A turn of the past that it was only told of left it on the wrong side.
        bool isTurn = Advance(bar.Close) || (_direction > 0 ? IsShort : IsLong);
        if (isFirst) return;
        bool isHeld = _direction > 0 ? IsLong : IsShort;
        if (!isTurn && !(isHeld && _options.UseStop)) return;
        Emit(new Wish(_direction > 0 ? SignalAction.Buy : SignalAction.Sell, isTurn ? "close beyond the trailing line" : "the trailing line moved")
        {
            StopLoss = _options.UseStop ? Away.By(bar.Close, -_direction, (bar.Close - _line) * _direction, Instrument) : null,
        });
    }

    /// <returns>True when the close is beyond the line, which goes on from the other side.</returns>
    private bool Advance(double close)
    {
        double reach = _options.Multiplier * _atr.Value;
        bool isTurn = _direction != 0 && (close - _line) * _direction < 0;
        if (_direction == 0) Draw(1, close, reach);
        else if (isTurn) Draw(-_direction, close, reach);
        else Follow(close, reach);
        return isTurn;
    }

    private void Draw(int direction, double close, double reach) => (_direction, _best, _line) = (direction, close, close - direction * reach);

    private void Follow(double close, double reach)
    {
        if ((close - _best) * _direction > 0) _best = close;
        double line = _best - _direction * reach;
        if ((line - _line) * _direction > 0) _line = line;
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the average true range, in bars.</summary>
        [Range(1, 1000)] public int AtrPeriod { get; init; } = 7;

        /// <summary>Distance of the line from the best close, in average true ranges.</summary>
        [Range(0.1, 20.0)] public double Multiplier { get; init; } = 3;

        /// <summary>Keeps a stop working at the line; without it only closes count.</summary>
        public bool UseStop { get; init; } = true;
    }
}
