namespace Tradewind.Core.Indicators;

/// <summary>Piercing: a long black candle, then a long white one that opens below its low and closes above the middle of its body, but inside it. Ready with bar 12.</summary>
[Indicator("piercing", "TA-Lib CDLPIERCING")]
public sealed class Piercing : CandlePattern
{
    public Piercing(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        bool areLong = first.IsBlack && second.IsWhite && candles.HasLongBody(1) && candles.HasLongBody(0);
        return areLong && second.Open < first.Low && second.Close < first.Open && second.Close > first.Close + 0.5 * first.Body ? 100 : 0;
    }
}
