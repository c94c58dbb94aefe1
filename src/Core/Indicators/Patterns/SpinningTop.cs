namespace Tradewind.Core.Indicators;

/// <summary>Spinning top: a short body with both shadows longer than it; 100 white, −100 black. Ready with bar 11.</summary>
[Indicator("spinningTop", "TA-Lib CDLSPINNINGTOP")]
public sealed class SpinningTop : CandlePattern
{
    public SpinningTop(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.HasShortBody(0) && candle.UpperShadow > candle.Body && candle.LowerShadow > candle.Body ? 100 * candle.Color : 0;
    }
}
