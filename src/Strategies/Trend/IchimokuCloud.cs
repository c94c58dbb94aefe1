using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Trend;

/// <summary>Buys when the conversion line is above the base line, the price above the cloud and above the price of some bars ago, all at once; sells on the mirror image.</summary>
/// <remarks>
/// <para>Source: Hosoda, 1969, as taught in Patel, Trading with Ichimoku Clouds, 2010: line crossing, cloud and lagging span must agree.</para>
/// <para>Enters: at the market, on the first bar on which the three conditions hold together.</para>
/// <para>Exits: when the close crosses the base line, or with the opposite entry.</para>
/// <para>Stop: the far edge of the cloud at the entry.</para>
/// <para>Assumes: the daily rhythm of nine, twenty-six and fifty-two bars that Hosoda found in the stock market of his time.</para>
/// <para>Lies: three averages of the same prices are not three opinions. It comes late by construction, and short trends end before it is in.</para>
/// </remarks>
[Strategy("ichimoku", "Trend")]
public sealed class IchimokuCloud : Strategy
{
    private readonly Ichimoku _lines;
    private readonly Core.Indicators.Momentum _lagging;
    private bool _isUp;
    private bool _isDown;

    public IchimokuCloud(Options options)
    {
        _lines = Use(new Ichimoku(options.Conversion, options.Base, options.Span, options.Shift));
        _lagging = Use(new Core.Indicators.Momentum(options.Shift));
    }

    private double Top => Math.Max(_lines.SenkouA, _lines.SenkouB);

    private double Bottom => Math.Min(_lines.SenkouA, _lines.SenkouB);

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) Look(bar.Close);
    }

    protected override void OnBar(in Bar bar)
    {
        (bool wasUp, bool wasDown) = (_isUp, _isDown);
        Look(bar.Close);
        if (_isUp && !wasUp && !IsLong) Enter(SignalAction.Buy, bar.Close, Bottom, "lines, cloud and lagging span point up");
        else if (_isDown && !wasDown && !IsShort) Enter(SignalAction.Sell, bar.Close, Top, "lines, cloud and lagging span point down");
        else if ((IsLong && bar.Close < _lines.Kijun) || (IsShort && bar.Close > _lines.Kijun)) Close("close crossed the base line");
    }

    private void Look(double close)
    {
        _isUp = _lines.Tenkan > _lines.Kijun && close > Top && _lagging.Value > 0;
        _isDown = _lines.Tenkan < _lines.Kijun && close < Bottom && _lagging.Value < 0;
    }

    private void Enter(SignalAction action, double close, double edge, string reason)
    {
        int direction = action == SignalAction.Buy ? 1 : -1;
        Emit(new Wish(action, reason) { StopLoss = Away.By(close, -direction, (close - edge) * direction, Instrument) });
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Bars of the conversion line (tenkan); below <see cref="Base"/>.</summary>
        [Range(1, 1000)] public int Conversion { get; init; } = 9;

        /// <summary>Bars of the base line (kijun); below <see cref="Span"/>.</summary>
        [Range(2, 2000)] public int Base { get; init; } = 26;

        /// <summary>Bars of the slow edge of the cloud (senkou B).</summary>
        [Range(3, 5000)] public int Span { get; init; } = 52;

        /// <summary>Bars by which the cloud is drawn ahead and the close behind.</summary>
        [Range(1, 2000)] public int Shift { get; init; } = 26;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Conversion >= Base) yield return new ValidationResult($"Conversion must be below Base, found Conversion={Conversion} and Base={Base}.");
            if (Base >= Span) yield return new ValidationResult($"Base must be below Span, found Base={Base} and Span={Span}.");
        }
    }
}
