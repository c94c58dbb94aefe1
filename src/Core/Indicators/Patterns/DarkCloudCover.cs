using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Dark cloud cover: a long white candle, then a black one that opens above its high and closes well inside its body. Ready with bar 12.</summary>
[Indicator("darkCloudCover", "TA-Lib CDLDARKCLOUDCOVER")]
public sealed class DarkCloudCover : CandlePattern
{
    private readonly double _penetration;

    /// <param name="penetration">How far the last candle closes into the body of the first, as a share of that body.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public DarkCloudCover([Range(0.0, 10.0)] double penetration = 0.5, BarSource? bars = null) : base(bars, 12, penetration) => _penetration = penetration;

    protected override int Judge(Candles candles)
    {
        Candle first = candles[1], second = candles[0];
        bool isCover = first.IsWhite && candles.HasLongBody(1) && second.IsBlack && second.Open > first.High;
        return isCover && second.Close > first.Open && second.Close < first.Close - _penetration * first.Body ? -100 : 0;
    }
}
