namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Which prices are believed.</summary>
public sealed record SanityOptions
{
    /// <summary>A price further from the last than this share of it waits for two more that agree, 0.001 to 1.</summary>
    public double JumpFraction { get; init; } = 0.05;

    /// <summary>A price within so many ticks of the last is never a jump, 1 to 100,000; matters where prices are near 0.</summary>
    public double JumpTicks { get; init; } = 40;

    /// <summary>Trades further than so many ticks beyond bid or ask disagree with the quotes, 1 to 1,000.</summary>
    public double DisagreementTicks { get; init; } = 4;

    /// <summary>Where trades and quotes disagree for so long, nothing of the symbol is believed until they agree, 100 ms to 1 min. It is found up to <see cref="LivenessOptions.CheckEvery"/> later.</summary>
    public TimeSpan DisagreementPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Symbols whose price may be zero or negative, as crude oil's was on 20 April 2020.</summary>
    public IReadOnlyCollection<string> NegativePrices { get; init; } = ["CL", "MCL", "QM"];

    internal void Check(OptionFaults faults)
    {
        faults.Range("Sanity.JumpFraction", JumpFraction, 0.001, 1);
        faults.Range("Sanity.JumpTicks", JumpTicks, 1, 100_000);
        faults.Range("Sanity.DisagreementTicks", DisagreementTicks, 1, 1_000);
        faults.Range("Sanity.DisagreementPatience", DisagreementPatience, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
    }
}
