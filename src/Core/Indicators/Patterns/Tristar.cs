namespace Tradewind.Core.Indicators;

/// <summary>Tristar: three doji, the middle one with its body gapping away: up and the third lower than it −100, down and the third higher 100. Ready with bar 13.</summary>
/// <remarks>All three are measured on the candles before the first, as TA-Lib does.</remarks>
[Indicator("tristar", "TA-Lib CDLTRISTAR")]
public sealed class Tristar : CandlePattern
{
    public Tristar(BarSource? bars = null) : base(bars, warmUp: 13)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[2], second = candles[1], third = candles[0];
        double doji = candles.VeryShort(2);
        if (first.Body > doji || second.Body > doji || third.Body > doji) return 0;
        if (second.BodyGapsUpFrom(in first) && third.Top < second.Top) return -100;
        return second.BodyGapsDownFrom(in first) && third.Bottom > second.Bottom ? 100 : 0;
    }
}
