using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A session that ends by itself and is compared with the simulator that it traded at.</summary>
public sealed class VerifiedSessionTests : IDisposable
{
    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task AfterSomeSecondsWithEveryFaultEngineDatabaseAndSimulatorAgree()
    {
        Ran ran = await _program.RunProcessAsync("run", "--for", "6s", "--verify", "--fault", "all:0.02", "--port", "0");

        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
        Assert.Contains("Engine, database and simulator agree.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("position in ES", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--verify needs --for", "run", "--verify")]
    [InlineData("--paper trades none", "run", "--for", "1m", "--verify", "--paper")]
    [InlineData("expected a time like 30s, 10m or 8h", "run", "--for", "soon")]
    public void AComparisonNeedsALengthAndAnAccount(string refusal, params string[] line) => _program.Run(line).Refuses(2, refusal);
}
