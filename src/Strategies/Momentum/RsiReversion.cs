using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Momentum;

/// <summary>Buys when the RSI falls below its oversold level, sells when it rises above its overbought level, and leaves when it is back in the middle.</summary>
/// <remarks>
/// <para>Source: the index is Wilder's (New Concepts in Technical Trading Systems, 1978); trading its extremes against the move is tested in Connors and Alvarez, Short Term Trading Strategies That Work, 2008.</para>
/// <para>Enters: at the market, flat, on the bar on which the RSI crosses the oversold level from above (long) or the overbought level from below (short).</para>
/// <para>Exits: a long position when the RSI reaches the exit level from below, a short one when it reaches its mirror (100 − exit) from above.</para>
/// <para>Stop: a multiple of the average true range from the close of the entry bar; none where the multiple is 0.</para>
/// <para>Assumes: that moves of a few bars overshoot and come back.</para>
/// <para>Lies: most trades win a little, and the one trend that does not come back takes it all. Without the stop it looks best in a backtest.</para>
/// </remarks>
[Strategy("rsi-reversion", "Momentum")]
public sealed class RsiReversion : Strategy
{
    private readonly Options _options;
    private readonly Rsi _rsi;
    private readonly Atr _atr;
    private double _previous = double.NaN;

    public RsiReversion(Options options)
    {
        _options = options;
        _rsi = Use(new Rsi(options.Period));
        _atr = Use(new Atr(options.AtrPeriod));
    }

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) _previous = _rsi.Value;
    }

    protected override void OnBar(in Bar bar)
    {
        double previous = _previous, now = _rsi.Value;
        _previous = now;
        if (IsLong && now >= _options.Exit) Close("RSI back in the middle");
        else if (IsShort && now <= 100 - _options.Exit) Close("RSI back in the middle");
        if (!IsFlat) return;
        if (previous >= _options.Oversold && now < _options.Oversold) Enter(SignalAction.Buy, 1, bar.Close, _options.Oversold - now, "RSI crossed below the oversold level");
        else if (previous <= _options.Overbought && now > _options.Overbought) Enter(SignalAction.Sell, -1, bar.Close, now - _options.Overbought, "RSI crossed above the overbought level");
    }

    /// <param name="depth">How far the RSI is beyond its level: ten points and more are full confidence.</param>
    private void Enter(SignalAction action, int direction, double close, double depth, string reason) =>
        Emit(new Wish(action, reason, Math.Min(1, 0.5 + depth / 20)) { StopLoss = Away.Times(_options.StopAtr, close, -direction, _atr.Value, Instrument) });

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the RSI, in bars.</summary>
        [Range(2, 1000)] public int Period { get; init; } = 14;

        /// <summary>RSI below which the market counts as oversold.</summary>
        [Range(1.0, 50.0)] public double Oversold { get; init; } = 30;

        /// <summary>RSI above which the market counts as overbought.</summary>
        [Range(50.0, 99.0)] public double Overbought { get; init; } = 70;

        /// <summary>RSI at which a long position is left; a short one is left at 100 less this.</summary>
        [Range(50.0, 99.0)] public double Exit { get; init; } = 50;

        /// <summary>Distance of the protective stop, in average true ranges; 0 for none.</summary>
        [Range(0.0, 20.0)] public double StopAtr { get; init; } = 3;

        /// <summary>Length of the average true range, in bars.</summary>
        [Range(1, 1000)] public int AtrPeriod { get; init; } = 14;
    }
}
