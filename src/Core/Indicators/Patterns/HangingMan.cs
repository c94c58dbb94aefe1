namespace Tradewind.Core.Indicators;

/// <summary>Hanging man: a short body near the high of the candle before, a lower shadow longer than the body, hardly an upper one. Ready with bar 12.</summary>
[Indicator("hangingMan", "TA-Lib CDLHANGINGMAN")]
public sealed class HangingMan : CandlePattern
{
    public HangingMan(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.HasShortBody(0) && candle.LowerShadow > candle.Body && candles.HasNoUpperShadow(0) && candle.Bottom >= candles[1].High - candles.Near(1) ? -100 : 0;
    }
}
