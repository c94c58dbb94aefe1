namespace Tradewind.Core.Indicators;

/// <summary>High wave: a short body with both shadows more than twice as long; 100 white, −100 black. Ready with bar 11.</summary>
[Indicator("highWave", "TA-Lib CDLHIGHWAVE")]
public sealed class HighWave : CandlePattern
{
    public HighWave(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.HasShortBody(0) && candle.UpperShadow > 2 * candle.Body && candle.LowerShadow > 2 * candle.Body ? 100 * candle.Color : 0;
    }
}
