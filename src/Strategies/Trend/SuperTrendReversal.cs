using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Trend;

/// <summary>Goes with the direction of the SuperTrend, from change to change, with the line as its stop.</summary>
/// <remarks>
/// <para>Source: Seban's SuperTrend, as charts draw it: a band of average true ranges around the middle of the bar that only tightens.</para>
/// <para>Enters: at the market, on the bar whose close changes the direction.</para>
/// <para>Exits: with the opposite change; where the stop works, already when the line is touched within a bar. It comes back with the next change only.</para>
/// <para>Stop: the line, moved with each bar; none where UseStop is false.</para>
/// <para>Assumes: trends larger than the band, two times the multiplier in average true ranges.</para>
/// <para>Lies: the first direction is unknown and not traded. In sideways markets every change costs about the width of the band; a chart shows the good changes best.</para>
/// </remarks>
[Strategy("supertrend", "Trend")]
public sealed class SuperTrendReversal : Strategy
{
    private readonly Options _options;
    private readonly SuperTrend _trend;
    private int _direction;

    public SuperTrendReversal(Options options)
    {
        _options = options;
        _trend = Use(new SuperTrend(options.Period, options.Multiplier));
    }

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) _direction = _trend.IsUp ? 1 : -1;
    }

    protected override void OnBar(in Bar bar)
    {
        int direction = _trend.IsUp ? 1 : -1;
        // A turn of the past that it was only told of left it on the wrong side.
        bool isTurn = (_direction != 0 && direction != _direction) || (direction > 0 ? IsShort : IsLong);
        _direction = direction;
        bool isHeld = direction > 0 ? IsLong : IsShort;
        if (!isTurn && !(isHeld && _options.UseStop)) return;
        Emit(new Wish(direction > 0 ? SignalAction.Buy : SignalAction.Sell, isTurn ? "SuperTrend changed its direction" : "the line moved")
        {
            StopLoss = _options.UseStop ? Away.By(bar.Close, -direction, (bar.Close - _trend.Value) * direction, Instrument) : null,
        });
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the average true range, in bars.</summary>
        [Range(1, 1000)] public int Period { get; init; } = 10;

        /// <summary>Distance of the band from the middle of the bar, in average true ranges.</summary>
        [Range(0.1, 20.0)] public double Multiplier { get; init; } = 3;

        /// <summary>Keeps a stop working at the line; without it only closes count.</summary>
        public bool UseStop { get; init; } = true;
    }
}
