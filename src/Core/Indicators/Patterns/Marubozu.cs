namespace Tradewind.Core.Indicators;

/// <summary>Marubozu: a long body with hardly any shadow; 100 white, −100 black. Ready with bar 11.</summary>
[Indicator("marubozu", "TA-Lib CDLMARUBOZU")]
public sealed class Marubozu : CandlePattern
{
    public Marubozu(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        return candles.IsMarubozu(0) ? 100 * candles[0].Color : 0;
    }
}
