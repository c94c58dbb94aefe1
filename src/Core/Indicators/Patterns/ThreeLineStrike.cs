namespace Tradewind.Core.Indicators;

/// <summary>Three-line strike: three candles of one colour, each closing further and opening in or near the body before it, then one that opens beyond the last close and closes beyond the first open. The sign is that of the three. Ready with bar 9.</summary>
[Indicator("threeLineStrike", "TA-Lib CDL3LINESTRIKE")]
public sealed class ThreeLineStrike : CandlePattern
{
    public ThreeLineStrike(BarSource? bars = null) : base(bars, warmUp: 9)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[3], second = candles[2], third = candles[1], strike = candles[0];
        int color = third.Color;
        if (first.Color != color || second.Color != color || strike.Color == color) return 0;
        bool opensNear = IsNear(second.Open, in first, candles.Near(3)) && IsNear(third.Open, in second, candles.Near(2));
        bool runs = (third.Close - second.Close) * color > 0 && (second.Close - first.Close) * color > 0;
        bool strikes = (strike.Open - third.Close) * color > 0 && (strike.Close - first.Open) * color < 0;
        return opensNear && runs && strikes ? 100 * color : 0;

        static bool IsNear(double price, in Candle candle, double reach) => price >= candle.Bottom - reach && price <= candle.Top + reach;
    }
}
