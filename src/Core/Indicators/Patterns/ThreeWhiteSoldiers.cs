namespace Tradewind.Core.Indicators;

/// <summary>Three white soldiers: three white candles with higher closes and hardly an upper shadow, each opening in or near the body before it, none far shorter than the one before, the last not short. Ready with bar 13.</summary>
[Indicator("threeWhiteSoldiers", "TA-Lib CDL3WHITESOLDIERS")]
public sealed class ThreeWhiteSoldiers : CandlePattern
{
    public ThreeWhiteSoldiers(BarSource? bars = null) : base(bars, warmUp: 13)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[2], second = candles[1], third = candles[0];
        bool areWhite = first.IsWhite && second.IsWhite && third.IsWhite && third.Close > second.Close && second.Close > first.Close;
        bool areFull = candles.HasNoUpperShadow(2) && candles.HasNoUpperShadow(1) && candles.HasNoUpperShadow(0) && candles.HasLongBody(0);
        bool open = second.Open > first.Open && second.Open <= first.Close + candles.Near(2) && third.Open > second.Open && third.Open <= second.Close + candles.Near(1);
        bool areAlike = second.Body > first.Body - candles.Far(2) && third.Body > second.Body - candles.Far(1);
        return areWhite && areFull && open && areAlike ? 100 : 0;
    }
}
