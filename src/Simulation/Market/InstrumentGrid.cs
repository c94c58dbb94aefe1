using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>Whole ticks of one instrument to prices, and its place among the instruments of a market.</summary>
internal sealed class InstrumentGrid(int index, Instrument instrument)
{
    public int Index => index;

    /// <summary>A whole number for all instruments with a profile, so that dividing by it gives the double nearest to the decimal price.</summary>
    public double TicksPerPoint { get; } = Math.Round(instrument.TicksPerPoint);

    public double Price(long ticks) => ticks / TicksPerPoint;
}
