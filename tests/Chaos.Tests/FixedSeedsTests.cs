using System.Globalization;
using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;

namespace Tradewind.Chaos.Tests;

/// <summary>The worlds that every run of the tests goes through. A failure names the smallest world that shows it and the command that repeats that.</summary>
public sealed class FixedSeedsTests
{
    private const int Count = 500;
    private const int Piece = 50;

    public static TheoryData<int> FirstSeeds => new(Enumerable.Range(0, Count / Piece).Select(index => 1 + index * Piece));

    [Theory]
    [MemberData(nameof(FirstSeeds))]
    public void NoInvariantBreaksInFiftyWorlds(int first)
    {
        SeedResult? failed = WorldRun.Over(new() { Seed = (ulong)first, Without = OpenFindings.Kinds }, Piece, 1, _ => { }, TestContext.Current.CancellationToken);

        Assert.True(failed is null, failed is null ? null : Sentence(failed));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(77)]
    [InlineData(1_000_003)]
    public void TheSameSeedIsTheSameWorld(ulong seed)
    {
        SeedResult first = SeededWorld.Run(new() { Seed = seed }), second = SeededWorld.Run(new() { Seed = seed });

        Assert.Equal((first.Hash, first.Events, first.Violations.Count), (second.Hash, second.Events, second.Violations.Count));
    }

    [Fact]
    public void AnotherSeedIsAnotherWorld() =>
        Assert.Equal(20, Enumerable.Range(1, 20).Select(seed => SeededWorld.Run(Short((ulong)seed)).Hash).Distinct().Count());

    [Theory]
    [MemberData(nameof(OpenFindings.All), MemberType = typeof(OpenFindings))]
    public void AnOpenFindingIsSaid(FaultKind kind, ulong seed, string sentence)
    {
        SeedResult result = SeededWorld.Run(new() { Seed = seed });

        if (!result.IsGood) Assert.Skip($"{FaultNames.Of(kind)}, seed {seed}: {sentence} {result.Violations[0].Invariant}: {result.Violations[0].Text}");
    }

    private static WorldOptions Short(ulong seed) => new() { Seed = seed, Chaos = TimeSpan.FromSeconds(20), Settle = TimeSpan.FromMinutes(2) };

    private static string Sentence(SeedResult failed)
    {
        SeedResult smallest = Minimiser.Minimise(failed, TestContext.Current.CancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"seed {failed.Options.Seed}: {smallest.Violations[0].Invariant}: {smallest.Violations[0].Text}\n{smallest.Options.Command}");
    }
}
