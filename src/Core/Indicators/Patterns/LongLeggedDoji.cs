namespace Tradewind.Core.Indicators;

/// <summary>Long-legged doji: a doji with a shadow longer than its body on one side at least. Ready with bar 11.</summary>
[Indicator("longLeggedDoji", "TA-Lib CDLLONGLEGGEDDOJI")]
public sealed class LongLeggedDoji : CandlePattern
{
    public LongLeggedDoji(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.IsDoji(0) && (candle.LowerShadow > candle.Body || candle.UpperShadow > candle.Body) ? 100 : 0;
    }
}
