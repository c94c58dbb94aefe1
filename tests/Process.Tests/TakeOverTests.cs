using Tradewind.Processes.Tests.Support;

namespace Tradewind.Processes.Tests;

/// <summary>
/// Two engines on one account: on its data folder the second is refused, from another folder it looks on, a dead one holds nothing, and one that stood still while another took
/// over sends nothing more (F58).
/// </summary>
public sealed class TakeOverTests : IAsyncLifetime
{
    private readonly Workbench _bench = new();
    private readonly HttpClient _http = new();
    private Venue _venue = null!;

    public TakeOverTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");

    public async ValueTask InitializeAsync()
    {
        _bench.Configure(KillRun.Settings);
        _venue = await Venue.StartAsync(_bench, "--no-rate-limits", "--symbols", "ES,NQ", "--seed", "1", "--account", "150k,id=1001,max=100,dll=1000000");
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        _venue?.Dispose();
        _bench.Dispose();
        return ValueTask.CompletedTask;
    }

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
        Session session = _venue.Trade("data", "order-sended");

        Assert.Equal(2, await session.EndAsync());
        Assert.Contains("TRADEWIND_CRASH_AT: found \"order-sended\"", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEngineOfAnotherFolderLooksOnAndSendsNothing()
    {
        Session first = Run();
        await first.PageAsync();
        Session second = _venue.Trade("data-of-the-second");
        Uri page = await second.PageAsync();

        Truth truth = await _venue.UntilAsync(truth => truth.Trades >= 4);
        EngineView looking = (await EngineView.OfAsync(_http, page))!;

        Assert.Equal("READ-ONLY", looking.Mode);
        Assert.Contains($"process {first.Id}", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(truth.Placed, tag => tag.Contains(looking.Session, StringComparison.Ordinal));
    }

    private Session Run(params string[] more) => _venue.Trade("data", null, more);
}
