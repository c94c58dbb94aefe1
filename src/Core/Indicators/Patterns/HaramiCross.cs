namespace Tradewind.Core.Indicators;

/// <summary>Harami cross: a long candle, then a doji inside its body; 80 or −80 where one end of both is equal. The sign is opposite to the long candle. Ready with bar 12.</summary>
[Indicator("haramiCross", "TA-Lib CDLHARAMICROSS")]
public sealed class HaramiCross : CandlePattern
{
    public HaramiCross(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        if (!candles.HasLongBody(1) || !candles.IsDoji(0) || second.Top > first.Top || second.Bottom < first.Bottom) return 0;
        return -first.Color * (second.Top < first.Top && second.Bottom > first.Bottom ? 100 : 80);
    }
}
