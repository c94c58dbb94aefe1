namespace Tradewind.Core.Indicators;

/// <summary>Counterattack: two long candles of opposite colours with equal closes; the sign is that of the second. Ready with bar 12.</summary>
[Indicator("counterattack", "TA-Lib CDLCOUNTERATTACK")]
public sealed class Counterattack : CandlePattern
{
    public Counterattack(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        bool areLong = first.Color == -second.Color && candles.HasLongBody(1) && candles.HasLongBody(0);
        return areLong && second.Close <= first.Close + candles.Equal(1) && second.Close >= first.Close - candles.Equal(1) ? 100 * second.Color : 0;
    }
}
