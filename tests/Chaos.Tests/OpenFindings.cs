using Tradewind.Chaos.Faults;

namespace Tradewind.Chaos.Tests;

/// <summary>Kinds of faults that still break an invariant: each is left out of the fixed seeds, loudly, by a test of its own that is skipped with these words.</summary>
public static class OpenFindings
{
    public static TheoryData<FaultKind, ulong, string> All => new()
    {
        { FaultKind.ModifySlow, 161, "A modification that takes effect seconds after two look-ups had shown the old terms can fill an order that is complete in the engine: the second execution is not booked." },
        { FaultKind.TradeBusted, 10, "An execution that the venue takes back while its order's fate is unknown is not always taken back in the engine." },
    };

    public static IReadOnlySet<FaultKind> Kinds => All.Select(row => row.Data.Item1).ToHashSet();
}
