using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Session;

/// <summary>Trades a price far from the session's volume-weighted average price back to it.</summary>
/// <remarks>
/// <para>Source: the average as the fair price of the day is Berkowitz, Logue and Noser, Journal of Finance 43 (1988); fading its bands is common practice among day traders, without an author.</para>
/// <para>Enters: at the market, flat, on the first close at or beyond a band around the average, once the session has some bars.</para>
/// <para>Exits: when the close is back at the average, at the stop, and in any case some minutes before the session's close.</para>
/// <para>Stop: a further multiple of the band's width from the close of the entry bar; none where the multiple is 0.</para>
/// <para>Assumes: a day without direction, on which large traders are measured by the average and bring the price back to it.</para>
/// <para>Lies: on a day with direction the average runs behind the price all day. It needs volume: without any, average and price are the same and it never trades.</para>
/// </remarks>
[Strategy("vwap-reversion", "Session")]
public sealed class VwapReversion : Strategy
{
    private readonly Options _options;
    private readonly Vwap _vwap;
    private readonly TimeSpan _rest;
    private Timestamp _open;
    private int _bars;
    private bool _isLow;
    private bool _isHigh;

    public VwapReversion(Options options, StrategySite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        _options = options;
        _rest = TimeSpan.FromMinutes(options.ExitMinutes);
        _vwap = Use(new Vwap(options.Deviations, site.Instrument.Calendar));
    }

    protected override void OnHistory(in Bar bar)
    {
        Count(SessionOf(in bar));
        if (IsReady) Look(bar.Close);
    }

    protected override void OnBar(in Bar bar)
    {
        Core.Market.Session session = SessionOf(in bar);
        Count(session);
        (bool wasLow, bool wasHigh) = (_isLow, _isHigh);
        Look(bar.Close);
        double reach = _vwap.Upper - _vwap.Value;
        if (bar.End >= session.Close - _rest) Leave("the session ends soon");
        else if ((IsLong && bar.Close >= _vwap.Value) || (IsShort && bar.Close <= _vwap.Value)) Leave("back at the average");
        else if (IsFlat && _bars > _options.QuietBars && _isLow && !wasLow) Enter(SignalAction.Buy, 1, bar.Close, reach, "close at the lower band of the session's average");
        else if (IsFlat && _bars > _options.QuietBars && _isHigh && !wasHigh) Enter(SignalAction.Sell, -1, bar.Close, reach, "close at the upper band of the session's average");
    }

    private void Look(double close)
    {
        bool hasWidth = _vwap.Upper > _vwap.Value;
        (_isLow, _isHigh) = (hasWidth && close <= _vwap.Lower, hasWidth && close >= _vwap.Upper);
    }

    private void Count(Core.Market.Session session)
    {
        if (session.Open != _open) (_open, _bars, _isLow, _isHigh) = (session.Open, 0, false, false);
        _bars++;
    }

    private void Leave(string reason)
    {
        if (!IsFlat) Close(reason);
    }

    private void Enter(SignalAction action, int direction, double close, double reach, string reason) =>
        Emit(new Wish(action, reason) { StopLoss = Away.Times(_options.StopBands, close, -direction, reach, Instrument) });

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Distance of the bands from the average, in volume-weighted standard deviations of the session.</summary>
        [Range(0.1, 10.0)] public double Deviations { get; init; } = 2;

        /// <summary>Bars at the start of a session on which nothing is entered, because the bands are not worth much yet.</summary>
        [Range(0, 10000)] public int QuietBars { get; init; } = 15;

        /// <summary>Distance of the protective stop, in distances between average and band; 0 for none.</summary>
        [Range(0.0, 20.0)] public double StopBands { get; init; } = 1;

        /// <summary>Minutes before the session's close from which nothing is held.</summary>
        [Range(0, 720)] public int ExitMinutes { get; init; } = 5;
    }
}
