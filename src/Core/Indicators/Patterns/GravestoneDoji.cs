namespace Tradewind.Core.Indicators;

/// <summary>Gravestone doji: a doji without a lower shadow and with an upper one. 100, although it is read as bearish. Ready with bar 11.</summary>
[Indicator("gravestoneDoji", "TA-Lib CDLGRAVESTONEDOJI")]
public sealed class GravestoneDoji : CandlePattern
{
    public GravestoneDoji(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        return candles.IsDoji(0) && candles.HasNoLowerShadow(0) && candles[0].UpperShadow > candles.VeryShort(0) ? 100 : 0;
    }
}
