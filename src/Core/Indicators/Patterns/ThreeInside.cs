namespace Tradewind.Core.Indicators;

/// <summary>Three inside up or down: a long candle, one that is not long inside its body, then one of the other colour that closes beyond the open of the first. Ready with bar 13.</summary>
[Indicator("threeInside", "TA-Lib CDL3INSIDE")]
public sealed class ThreeInside : CandlePattern
{
    public ThreeInside(BarSource? bars = null) : base(bars, warmUp: 13)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[2], second = candles[1], third = candles[0];
        bool isHarami = candles.HasLongBody(2) && second.Body <= candles.MeanBody(1) && second.Top < first.Top && second.Bottom > first.Bottom;
        bool closesOut = first.IsWhite ? third.IsBlack && third.Close < first.Open : third.IsWhite && third.Close > first.Open;
        return isHarami && closesOut ? -100 * first.Color : 0;
    }
}
