using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Volatility;

/// <summary>Buys when the close reaches the lower Bollinger band while the RSI is oversold, sells at the upper band while it is overbought.</summary>
/// <remarks>
/// <para>Source: Bollinger on Bollinger Bands, 2001, confirmed by Wilder's RSI.</para>
/// <para>Enters: flat, once when both conditions become true, with a limit order a little beyond the close.</para>
/// <para>Exits: at a target in the middle of the bands; a long position also at the upper band, a short one at the lower.</para>
/// <para>Stop: a multiple of the width of the bands from the close of the entry bar.</para>
/// <para>Assumes: that a stretched price comes back.</para>
/// <para>Lies: in trends, where the price walks along the band and the stop is all that helps; and a limit order that fills only in part of the cases fills in the bad ones.</para>
/// </remarks>
[Strategy("bollinger-reversion", "Volatility")]
public sealed class BollingerReversion : Strategy
{
    private readonly Options _options;
    private readonly Bollinger _bands;
    private readonly Rsi _rsi;
    private bool _isLow;
    private bool _isHigh;

    public BollingerReversion(Options options)
    {
        _options = options;
        _bands = Use(new Bollinger(options.Period, options.Deviations));
        _rsi = Use(new Rsi(options.RsiPeriod));
    }

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) Look(bar.Close);
    }

    protected override void OnBar(in Bar bar)
    {
        (bool wasLow, bool wasHigh) = (_isLow, _isHigh);
        Look(bar.Close);
        if (_isLow && !wasLow) OnStretch(SignalAction.Buy, bar.Close, IsFlat, IsShort, "close at the lower band, RSI oversold");
        if (_isHigh && !wasHigh) OnStretch(SignalAction.Sell, bar.Close, IsFlat, IsLong, "close at the upper band, RSI overbought");
    }

    private void Look(double close)
    {
        _isLow = close <= _bands.Lower && _rsi.Value < _options.Oversold;
        _isHigh = close >= _bands.Upper && _rsi.Value > _options.Overbought;
    }

    private void OnStretch(SignalAction action, double close, bool isFlat, bool isAgainst, string reason)
    {
        if (isAgainst) Close(reason, _options.Confidence);
        if (!isFlat) return;
        int direction = action == SignalAction.Buy ? 1 : -1;
        double entry = close - direction * Instrument.TickSizeAsDouble * _options.EntryOffsetTicks;
        Emit(new Wish(action, reason, _options.Confidence)
        {
            OrderType = OrderType.Limit,
            LimitPrice = entry,
            StopLoss = close - direction * Math.Max(_options.StopWidths * (_bands.Upper - _bands.Lower), 4 * Instrument.TickSizeAsDouble),
            TakeProfit = direction * (_bands.Middle - entry) > 2 * Instrument.TickSizeAsDouble ? _bands.Middle : null,
        });
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the bands, in bars.</summary>
        [Range(2, 10000)] public int Period { get; init; } = 20;

        /// <summary>Distance of the bands from their middle, in standard deviations.</summary>
        [Range(0.1, 10.0)] public double Deviations { get; init; } = 2;

        /// <summary>Length of the RSI, in bars.</summary>
        [Range(2, 10000)] public int RsiPeriod { get; init; } = 14;

        /// <summary>RSI below which the market counts as oversold.</summary>
        [Range(1.0, 50.0)] public double Oversold { get; init; } = 30;

        /// <summary>RSI above which the market counts as overbought.</summary>
        [Range(50.0, 99.0)] public double Overbought { get; init; } = 70;

        /// <summary>How many ticks better than the close the entry is tried.</summary>
        [Range(0, 1000)] public int EntryOffsetTicks { get; init; } = 1;

        /// <summary>Distance of the protective stop from the close, in widths of the whole band; at least 4 ticks.</summary>
        [Range(0.1, 20.0)] public double StopWidths { get; init; } = 1;

        /// <summary>Weight of its vote, 0 to 1.</summary>
        [Range(0.0, 1.0)] public double Confidence { get; init; } = 0.75;
    }
}
