namespace Tradewind.Core.Indicators;

/// <summary>Doji: open and close are equal but for a tenth of the mean range. 100 whatever came before. Ready with bar 11.</summary>
[Indicator("doji", "TA-Lib CDLDOJI")]
public sealed class Doji : CandlePattern
{
    public Doji(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        return candles.IsDoji(0) ? 100 : 0;
    }
}
