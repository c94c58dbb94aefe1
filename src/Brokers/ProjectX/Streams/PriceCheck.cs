using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Why a tick is not believed.</summary>
internal enum Doubt : byte
{
    None = 0,
    NotFinite,
    NotPositive,
    OffGrid,
    Size,
    Crossed,
    Jump,
    DepthType,

    /// <summary>Trades and quotes disagree.</summary>
    Disagreement,

    /// <summary>The tick is kept, its time replaced by the clock's.</summary>
    Time,
}

/// <summary>What can be said of one price alone, and whether two are close.</summary>
internal sealed class PriceCheck(Instrument instrument, SanityOptions options)
{
    /// <summary>Parts of a tick that arithmetic on the way may have added.</summary>
    private const double GridTolerance = 1e-3;

    private readonly bool _mayBeNegative = options.NegativePrices.Contains(instrument.Symbol);

    public Doubt Of(double price)
    {
        if (!double.IsFinite(price)) return Doubt.NotFinite;
        if (price <= 0 && !_mayBeNegative) return Doubt.NotPositive;
        double ticks = price * instrument.TicksPerPoint;
        return Math.Abs(ticks - Math.Round(ticks)) <= GridTolerance ? Doubt.None : Doubt.OffGrid;
    }

    public bool IsNear(double price, double other) =>
        Math.Abs(price - other) <= Math.Max(options.JumpFraction * Math.Abs(other), options.JumpTicks * instrument.TickSizeAsDouble);
}
