using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Abandoned baby: a long candle, a doji wholly beyond it, then a long one of the other colour wholly back, that closes well inside the first body. Ready with bar 13.</summary>
[Indicator("abandonedBaby", "TA-Lib CDLABANDONEDBABY")]
public sealed class AbandonedBaby : CandlePattern
{
    private readonly double _penetration;

    /// <param name="penetration">How far the last candle closes into the body of the first, as a share of that body.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public AbandonedBaby([Range(0.0, 10.0)] double penetration = 0.3, BarSource? bars = null) : base(bars, 13, penetration) => _penetration = penetration;

    protected override int Judge(Candles candles)
    {
        Candle first = candles[2], baby = candles[1], third = candles[0];
        if (!candles.HasLongBody(2) || !candles.IsDoji(1) || !candles.HasLongBody(0) || third.Color == first.Color) return 0;
        bool isAbandoned = first.IsWhite ? baby.GapsUpFrom(in first) && third.GapsDownFrom(in baby) : baby.GapsDownFrom(in first) && third.GapsUpFrom(in baby);
        return isAbandoned && (first.Close - third.Close) * first.Color > _penetration * first.Body ? 100 * third.Color : 0;
    }
}
