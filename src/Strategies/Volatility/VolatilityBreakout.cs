using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Volatility;

/// <summary>Goes with a bar that moved much more than bars did lately, for a fixed number of bars.</summary>
/// <remarks>
/// <para>Source: the expansion of range in Williams, Long-Term Secrets to Short-Term Trading, 1999, measured with Wilder's average true range.</para>
/// <para>Enters: at the market, flat, when the close is further from the close before than a multiple of the average true range before this bar.</para>
/// <para>Exits: after a fixed number of bars in the position, or at the stop.</para>
/// <para>Stop: a multiple of the same average true range from the close of the entry bar; none where the multiple is 0.</para>
/// <para>Assumes: that a burst of volatility is news which is not yet fully in the price.</para>
/// <para>Lies: after a burst the spread is wide and fills are bad; a fill model without slippage flatters it more than any other strategy here.</para>
/// </remarks>
[Strategy("volatility-breakout", "Volatility")]
public sealed class VolatilityBreakout : Strategy
{
    private readonly Options _options;
    private readonly Atr _atr;
    private double _range = double.NaN;
    private double _lastClose = double.NaN;
    private int _barsHeld;

    public VolatilityBreakout(Options options)
    {
        _options = options;
        _atr = Use(new Atr(options.AtrPeriod));
    }

    protected override void OnHistory(in Bar bar)
    {
        _barsHeld = IsFlat || bar.End <= EntryTime ? 0 : _barsHeld + 1;
        if (IsReady) (_range, _lastClose) = (_atr.Value, bar.Close);
    }

    protected override void OnBar(in Bar bar)
    {
        (double range, double last) = (_range, _lastClose);
        (_range, _lastClose) = (_atr.Value, bar.Close);
        _barsHeld = IsFlat ? 0 : _barsHeld + 1;
        if (_barsHeld >= _options.HoldBars) Close("held for its number of bars");
        if (!IsFlat) return;
        double move = bar.Close - last;
        if (move > _options.Multiplier * range) Enter(SignalAction.Buy, 1, bar.Close, range, "close far above the one before");
        else if (move < -_options.Multiplier * range) Enter(SignalAction.Sell, -1, bar.Close, range, "close far below the one before");
    }

    private void Enter(SignalAction action, int direction, double close, double range, string reason) =>
        Emit(new Wish(action, reason) { StopLoss = Away.Times(_options.StopAtr, close, -direction, range, Instrument) });

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the average true range, in bars.</summary>
        [Range(1, 1000)] public int AtrPeriod { get; init; } = 14;

        /// <summary>How far a close must be from the one before, in average true ranges.</summary>
        [Range(0.1, 20.0)] public double Multiplier { get; init; } = 1.5;

        /// <summary>Bars that a position is held.</summary>
        [Range(1, 10000)] public int HoldBars { get; init; } = 10;

        /// <summary>Distance of the protective stop, in average true ranges; 0 for none.</summary>
        [Range(0.0, 20.0)] public double StopAtr { get; init; } = 2;
    }
}
