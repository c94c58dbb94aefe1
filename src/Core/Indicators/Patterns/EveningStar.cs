using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Evening star: a long white candle, one that is not long with its body gapping up, then a long black one that closes well inside the first body. Ready with bar 13.</summary>
[Indicator("eveningStar", "TA-Lib CDLEVENINGSTAR")]
public sealed class EveningStar : CandlePattern
{
    private readonly double _penetration;

    /// <param name="penetration">How far the last candle closes into the body of the first, as a share of that body.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public EveningStar([Range(0.0, 10.0)] double penetration = 0.3, BarSource? bars = null) : base(bars, 13, penetration) => _penetration = penetration;

    protected override int Judge(Candles candles)
    {
        Candle first = candles[2], second = candles[1], third = candles[0];
        bool isStar = candles.HasLongBody(2) && first.IsWhite && second.Body <= candles.MeanBody(1) && second.BodyGapsUpFrom(in first);
        return isStar && candles.HasLongBody(0) && third.IsBlack && third.Close < first.Close - _penetration * first.Body ? -100 : 0;
    }
}
