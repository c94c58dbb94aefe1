namespace Tradewind.Core.Indicators;

/// <summary>Doji star: a long candle, then a doji whose body gaps away in its direction. The sign is opposite to the long candle. Ready with bar 12.</summary>
[Indicator("dojiStar", "TA-Lib CDLDOJISTAR")]
public sealed class DojiStar : CandlePattern
{
    public DojiStar(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        bool gaps = first.IsWhite ? second.BodyGapsUpFrom(in first) : second.BodyGapsDownFrom(in first);
        return gaps && candles.HasLongBody(1) && candles.IsDoji(0) ? -100 * first.Color : 0;
    }
}
