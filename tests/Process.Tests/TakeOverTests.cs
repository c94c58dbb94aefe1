using Tradewind.Processes.Tests.Support;

namespace Tradewind.Processes.Tests;

/// <summary>Two engines on one data folder: the second is refused, a dead one holds nothing, and one that stood still while another took over sends nothing more (F58).</summary>
public sealed class TakeOverTests : IDisposable
{
    private readonly Workbench _bench = new();

    public TakeOverTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task ASecondSessionOnOneFolderIsRefusedAndNamesTheFirst()
    {
        Session first = Run();
        await first.PageAsync();
        Session second = Run();

        Assert.Equal(2, await second.EndAsync());
        Assert.Contains($"process {first.Id}", second.Error, StringComparison.Ordinal);
        Assert.Contains("--take-over", second.Error, StringComparison.Ordinal);
        Assert.False(first.HasEnded);
    }

    [Fact]
    public async Task AKilledSessionHoldsNothing()
    {
        Session first = Run();
        await first.PageAsync();
        first.Kill();
        await first.EndAsync();

        await Run().PageAsync();
    }

    [Fact]
    public async Task ASessionThatStoodStillWhileAnotherTookOverEndsWithASentence()
    {
        Session first = Run();
        await first.PageAsync();
        first.Stop();
        Session refused = Run();
        Assert.Equal(2, await refused.EndAsync());
        Session second = Run("--take-over");
        await second.PageAsync();

        first.Continue();

        Assert.Equal(1, await first.EndAsync());
        Assert.Contains($"Another engine took over (session ", first.Error, StringComparison.Ordinal);
        Assert.Contains($"process {second.Id}", first.Error, StringComparison.Ordinal);
        Assert.False(second.HasEnded);
        second.Interrupt();
        Assert.Equal(0, await second.EndAsync());
    }

    [Fact]
    public async Task AnUnknownCrashPointIsRefused()
    {
        Session session = _bench.Start(new Dictionary<string, string> { ["TRADEWIND_CRASH_AT"] = "order-sended" }, "run", "--port", "0");

        Assert.Equal(2, await session.EndAsync());
        Assert.Contains("TRADEWIND_CRASH_AT: found \"order-sended\"", session.Error, StringComparison.Ordinal);
    }

    private Session Run(params string[] more) => _bench.Start(["run", "--port", "0", "--symbols", "ES", "--data-dir", "data", .. more]);
}
