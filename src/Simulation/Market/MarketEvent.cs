using System.Runtime.InteropServices;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>The kinds of <see cref="MarketEvent"/>.</summary>
public enum MarketEventKind : byte
{
    None = 0,
    Trade = 1,
    Quote = 2,
    Depth = 3,
}

/// <summary>One thing that happened in the made-up market.</summary>
/// <remarks>A union: only the member that <see cref="Kind"/> names has a meaning.</remarks>
[StructLayout(LayoutKind.Explicit)]
public readonly struct MarketEvent
{
    [FieldOffset(0)] public readonly MarketEventKind Kind;

    /// <summary>Index in <see cref="MarketGeneratorOptions.Instruments"/>.</summary>
    [FieldOffset(4)] public readonly int Instrument;

    [FieldOffset(8)] public readonly Trade Trade;
    [FieldOffset(8)] public readonly Quote Quote;
    [FieldOffset(8)] public readonly DepthUpdate Depth;

    public MarketEvent(int instrument, in Trade trade)
    {
        Kind = MarketEventKind.Trade;
        Instrument = instrument;
        Trade = trade;
    }

    public MarketEvent(int instrument, in Quote quote)
    {
        Kind = MarketEventKind.Quote;
        Instrument = instrument;
        Quote = quote;
    }

    public MarketEvent(int instrument, in DepthUpdate depth)
    {
        Kind = MarketEventKind.Depth;
        Instrument = instrument;
        Depth = depth;
    }

    public Timestamp Time => Kind switch
    {
        MarketEventKind.Trade => Trade.Time,
        MarketEventKind.Quote => Quote.Time,
        _ => Depth.Time,
    };
}
