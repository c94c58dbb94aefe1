using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The worlds from the command line: what is written down, and when.</summary>
public sealed class ChaosCommandTests : IDisposable
{
    private const string Table = "# Evidence\n\n<!-- worlds: written by tradewind chaos --evidence -->\nfrom before\n<!-- end of worlds -->\n";

    private readonly Launcher _launcher = new();

    public void Dispose() => _launcher.Dispose();

    [Fact]
    public void TheTableOfARunTakesThePlaceOfTheOneBefore()
    {
        _launcher.File("evidence.md", Table);

        Ran ran = _launcher.Run("chaos", "--seeds", "2", "--first-seed", "7", "--seconds", "5", "--evidence", "evidence.md");

        string written = File.ReadAllText(_launcher.PathOf("evidence.md"));
        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("`tradewind chaos --seeds 2 --first-seed 7 --seconds 5 --instruments 2 --strategies 2 --workers ", written, StringComparison.Ordinal);
        Assert.Contains("2 worlds from seed 7 on, 0 of them broke an invariant", written, StringComparison.Ordinal);
        Assert.DoesNotContain("from before", written, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatIsStoppedBeforeAnyWorldLeavesTheTableAsItWas()
    {
        _launcher.File("evidence.md", Table);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Ran ran = _launcher.Run(stop.Token, "chaos", "--seeds", "1000", "--evidence", "evidence.md");

        Assert.Equal(130, ran.ExitCode);
        Assert.Equal(Table, File.ReadAllText(_launcher.PathOf("evidence.md")));
    }

    [Theory]
    [InlineData("nowhere/evidence.md")]
    [InlineData(".")]
    public void AFileThatCannotBeWrittenIsRefusedBeforeAnyWorldRuns(string file)
    {
        Ran ran = _launcher.Run("chaos", "--seeds", "1", "--seconds", "1", "--evidence", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains($"--evidence: {file} cannot be written", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void SeedsBeyondTheLastOneAreRefused()
    {
        Ran ran = _launcher.Run("chaos", "--seeds", "2", "--first-seed", "18446744073709551615");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("--first-seed: from 18446744073709551615 on there are no 2 seeds", ran.Error, StringComparison.Ordinal);
    }
}
