namespace Tradewind.Core.Indicators;

/// <summary>Matching low: two black candles with equal closes. Ready with bar 7.</summary>
[Indicator("matchingLow", "TA-Lib CDLMATCHINGLOW")]
public sealed class MatchingLow : CandlePattern
{
    public MatchingLow(BarSource? bars = null) : base(bars, warmUp: 7)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        return first.IsBlack && second.IsBlack && second.Close <= first.Close + candles.Equal(1) && second.Close >= first.Close - candles.Equal(1) ? 100 : 0;
    }
}
