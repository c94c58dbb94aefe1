namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Which prices are believed.</summary>
public sealed record SanityOptions
{
    /// <summary>A price further from the last than this share of it waits for two more that agree, 0.001 to 1.</summary>
    public double JumpFraction { get; init; } = 0.05;

    /// <summary>A price within so many ticks of the last is never a jump, 1 to 100,000; matters where prices are near 0.</summary>
    public double JumpTicks { get; init; } = 40;

    /// <summary>Symbols whose price may be zero or negative, as crude oil's was on 20 April 2020.</summary>
    public IReadOnlyCollection<string> NegativePrices { get; init; } = ["CL", "MCL", "QM"];

    internal void Check(OptionFaults faults)
    {
        faults.Range("Sanity.JumpFraction", JumpFraction, 0.001, 1);
        faults.Range("Sanity.JumpTicks", JumpTicks, 1, 100_000);
    }
}
