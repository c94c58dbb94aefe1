namespace Tradewind.Core.Indicators;

/// <summary>Shooting star: a short body that gaps up, an upper shadow longer than the body, hardly a lower one. Ready with bar 12.</summary>
[Indicator("shootingStar", "TA-Lib CDLSHOOTINGSTAR")]
public sealed class ShootingStar : CandlePattern
{
    public ShootingStar(BarSource? bars = null) : base(bars, warmUp: 12)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.HasShortBody(0) && candle.UpperShadow > candle.Body && candles.HasNoLowerShadow(0) && candle.BodyGapsUpFrom(candles[1]) ? -100 : 0;
    }
}
