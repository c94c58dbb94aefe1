using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>A bar as candlestick patterns see it.</summary>
public readonly record struct Candle(double Open, double High, double Low, double Close)
{
    public Candle(in Bar bar) : this(bar.Open, bar.High, bar.Low, bar.Close)
    {
    }

    /// <summary>1 for a white candle (close not below open), −1 for a black one.</summary>
    public int Color => Close >= Open ? 1 : -1;

    public bool IsWhite => Close >= Open;

    public bool IsBlack => Close < Open;

    public double Top => Math.Max(Open, Close);

    public double Bottom => Math.Min(Open, Close);

    public double Body => Math.Abs(Close - Open);

    public double Range => High - Low;

    public double UpperShadow => High - Top;

    public double LowerShadow => Bottom - Low;

    /// <summary>The body stands wholly above that of the other.</summary>
    public bool BodyGapsUpFrom(in Candle other) => Bottom > other.Top;

    /// <summary>The body stands wholly below that of the other.</summary>
    public bool BodyGapsDownFrom(in Candle other) => Top < other.Bottom;

    /// <summary>The whole candle stands above the other.</summary>
    public bool GapsUpFrom(in Candle other) => Low > other.High;

    /// <summary>The whole candle stands below the other.</summary>
    public bool GapsDownFrom(in Candle other) => High < other.Low;
}
