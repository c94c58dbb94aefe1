namespace Tradewind.Core.Indicators;

/// <summary>Kicking: two marubozu of opposite colours with a gap between them, in the direction of the second. Ready with bar 12.</summary>
[Indicator("kicking", "TA-Lib CDLKICKING")]
public sealed class Kicking : CandlePattern
{
    public Kicking(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        bool gaps = first.IsBlack ? second.GapsUpFrom(in first) : second.GapsDownFrom(in first);
        return first.Color == -second.Color && gaps && candles.IsMarubozu(1) && candles.IsMarubozu(0) ? 100 * second.Color : 0;
    }
}
