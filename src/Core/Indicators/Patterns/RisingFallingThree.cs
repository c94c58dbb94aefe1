namespace Tradewind.Core.Indicators;

/// <summary>Rising or falling three methods: a long candle, three short ones of the other colour drifting back within its range, and a long one that opens beyond the last close and closes beyond the first. Ready with bar 15.</summary>
[Indicator("risingFallingThree", "TA-Lib CDLRISEFALL3METHODS")]
public sealed class RisingFallingThree : CandlePattern
{
    public RisingFallingThree(BarSource? bars = null) : base(bars, warmUp: 15)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[4], last = candles[0];
        int color = first.Color;
        if (!candles.HasLongBody(4) || !candles.HasLongBody(0) || last.Color != color) return 0;
        for (int age = 3; age >= 1; age--)
        {
            Candle rest = candles[age];
            if (rest.Color == color || !candles.HasShortBody(age) || rest.Bottom >= first.High || rest.Top <= first.Low) return 0;
            if (age < 3 && rest.Close * color >= candles[age + 1].Close * color) return 0;
        }
        return last.Open * color > candles[1].Close * color && last.Close * color > first.Close * color ? 100 * color : 0;
    }
}
