namespace Tradewind.Core.Indicators;

/// <summary>Inverted hammer: a short body that gaps down, an upper shadow longer than the body, hardly a lower one. Ready with bar 12.</summary>
[Indicator("invertedHammer", "TA-Lib CDLINVERTEDHAMMER")]
public sealed class InvertedHammer : CandlePattern
{
    public InvertedHammer(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.HasShortBody(0) && candle.UpperShadow > candle.Body && candles.HasNoLowerShadow(0) && candle.BodyGapsDownFrom(candles[1]) ? 100 : 0;
    }
}
