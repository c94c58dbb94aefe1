namespace Tradewind.Core.Indicators;

/// <summary>Harami: a long candle, then one that is not long, with its body inside that of the first; 80 or −80 where one end of both is equal. The sign is opposite to the long candle. Ready with bar 12.</summary>
[Indicator("harami", "TA-Lib CDLHARAMI")]
public sealed class Harami : CandlePattern
{
    public Harami(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        if (!candles.HasLongBody(1) || second.Body > candles.MeanBody(0) || second.Top > first.Top || second.Bottom < first.Bottom) return 0;
        return -first.Color * (second.Top < first.Top && second.Bottom > first.Bottom ? 100 : 80);
    }
}
