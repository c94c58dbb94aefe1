namespace Tradewind.Core.Indicators;

/// <summary>Engulfing: a body that covers the body of the candle before, of the other colour; 80 or −80 where one end of both is equal. Ready with bar 3.</summary>
[Indicator("engulfing", "TA-Lib CDLENGULFING")]
public sealed class Engulfing : CandlePattern
{
    public Engulfing(BarSource? bars = null) : base(bars, warmUp: 3)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        if (first.Color == second.Color || second.Top < first.Top || second.Bottom > first.Bottom) return 0;
        if (second.Top == first.Top && second.Bottom == first.Bottom) return 0;
        return second.Color * (second.Top != first.Top && second.Bottom != first.Bottom ? 100 : 80);
    }
}
