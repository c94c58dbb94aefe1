namespace Tradewind.Core.Indicators;

/// <summary>Dragonfly doji: a doji without an upper shadow and with a lower one. Ready with bar 11.</summary>
[Indicator("dragonflyDoji", "TA-Lib CDLDRAGONFLYDOJI")]
public sealed class DragonflyDoji : CandlePattern
{
    public DragonflyDoji(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        return candles.IsDoji(0) && candles.HasNoUpperShadow(0) && candles[0].LowerShadow > candles.VeryShort(0) ? 100 : 0;
    }
}
