namespace Tradewind.Core.Indicators;

/// <summary>Belt hold: a long white body without a lower shadow (100), or a long black one without an upper shadow (−100). Ready with bar 11.</summary>
[Indicator("beltHold", "TA-Lib CDLBELTHOLD")]
public sealed class BeltHold : CandlePattern
{
    public BeltHold(BarSource? bars = null) : base(bars, warmUp: 11)
    {
    }

    protected override int Judge(Candles candles)
    {
        Candle candle = candles[0];
        return candles.HasLongBody(0) && (candle.IsWhite ? candles.HasNoLowerShadow(0) : candles.HasNoUpperShadow(0)) ? 100 * candle.Color : 0;
    }
}
