using Tradewind.App.Running;
using Tradewind.Core.Engine;
using Tradewind.Strategies;
using Tradewind.UserCode;

namespace Tradewind.App.Tests;

/// <summary>Before a session begins, its way of a decision was walked: with orders, whatever it trades and however it cuts its bars.</summary>
public sealed class RehearsalTests
{
    [Theory]
    [InlineData("5s")]
    [InlineData("1m")]
    [InlineData("1h")]
    [InlineData("1d")]
    [InlineData("20t")]
    [InlineData("400v")]
    [InlineData("8r")]
    public Task OrdersAreDecidedOnBarsOfEveryKind(string timeframe) => Decides(new() { Timeframe = timeframe });

    [Theory]
    [InlineData("ES,NQ,CL")]
    [InlineData("6E")]
    [InlineData("SPY")]
    [InlineData("BTCUSD")]
    public Task OrdersAreDecidedForEveryKindOfInstrument(string symbols) => Decides(new() { Symbols = symbols.Split(','), Sizing = new() { Method = "fixed-fractional" } });

    [Fact]
    public async Task ItEndsWithEveryStrategyOfTheLibrary()
    {
        string[] names = [.. StrategyLibrary.BuiltIn.All.Select(each => each.Name)];
        var settings = new RunSettings { Symbols = ["ES", "NQ"], Strategies = [.. names.Select(name => new StrategyChoice { Name = name, Symbols = ["ES"], Parameters = name == "pairs" ? new Dictionary<string, string> { ["Other"] = "NQ" } : new Dictionary<string, string>() })] };

        Assert.True(await Walk(settings) > 0);
    }

    [Fact]
    public async Task OneThatIsCutShortLetsGo()
    {
        var settings = new RunSettings();
        var rehearsal = new Rehearsal(EngineOf(settings), settings, TimeProvider.System);

        await rehearsal.DisposeAsync();

        Assert.Equal(0, rehearsal.Decisions);
    }

    private static async Task Decides(RunSettings settings)
    {
        Assert.Empty(settings.Faults());
        Assert.True(await Walk(settings) > 0);
    }

    private static async Task<long> Walk(RunSettings settings)
    {
        await using var rehearsal = new Rehearsal(EngineOf(settings), settings, TimeProvider.System);
        await rehearsal.EndAsync().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return rehearsal.Decisions;
    }

    private static Engine EngineOf(RunSettings settings) => EngineFactory.Build(settings, new StrategyShelf(null));
}
