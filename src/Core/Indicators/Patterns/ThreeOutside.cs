namespace Tradewind.Core.Indicators;

/// <summary>Three outside up or down: an engulfing pattern with both ends beyond the first body, then a close further on. Ready with bar 4.</summary>
[Indicator("threeOutside", "TA-Lib CDL3OUTSIDE")]
public sealed class ThreeOutside : CandlePattern
{
    public ThreeOutside(BarSource? bars = null) : base(bars, warmUp: 4)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[2], second = candles[1], third = candles[0];
        bool engulfs = second.Color == -first.Color && second.Top > first.Top && second.Bottom < first.Bottom;
        return engulfs && (third.Close - second.Close) * second.Color > 0 ? 100 * second.Color : 0;
    }
}
