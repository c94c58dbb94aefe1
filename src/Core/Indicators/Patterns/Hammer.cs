namespace Tradewind.Core.Indicators;

/// <summary>Hammer: a short body near the low of the candle before, a lower shadow longer than the body, hardly an upper one. Ready with bar 12.</summary>
[Indicator("hammer", "TA-Lib CDLHAMMER")]
public sealed class Hammer : CandlePattern
{
    public Hammer(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.HasShortBody(0) && candle.LowerShadow > candle.Body && candles.HasNoUpperShadow(0) && candle.Bottom <= candles[1].Low + candles.Near(1) ? 100 : 0;
    }
}
