namespace Tradewind.Core.Indicators;

/// <summary>Three black crows: after a white candle three black ones with lower closes and hardly a lower shadow, each opening inside the body before it, the first closing below the high of the white one. Ready with bar 14.</summary>
[Indicator("threeBlackCrows", "TA-Lib CDL3BLACKCROWS")]
public sealed class ThreeBlackCrows : CandlePattern
{
    public ThreeBlackCrows(BarSource? bars = null) : base(bars, warmUp: 14)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle before = candles[3], first = candles[2], second = candles[1], third = candles[0];
        bool areBlack = before.IsWhite && first.IsBlack && second.IsBlack && third.IsBlack && before.High > first.Close && first.Close > second.Close && second.Close > third.Close;
        bool areFull = candles.HasNoLowerShadow(2) && candles.HasNoLowerShadow(1) && candles.HasNoLowerShadow(0);
        bool open = second.Open < first.Open && second.Open > first.Close && third.Open < second.Open && third.Open > second.Close;
        return areBlack && areFull && open ? -100 : 0;
    }
}
