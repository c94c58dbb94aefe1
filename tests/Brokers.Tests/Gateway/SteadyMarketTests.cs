using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.Core.Engine;
using Tradewind.Gateway;
using Tradewind.Gateway.Market;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class SteadyMarketTests
{
    private static readonly GatewayOptions Steady = new() { Symbols = ["ES", "NQ", "CL"], Rate = 20_000 };

    [Fact]
    public void AtARateTheMessagesComeAtEqualDistances()
    {
        Input[] inputs = [.. new SteadyMarket(new(Steady, TimeProvider.System), 20_000).Read().Take(20_001)];

        Assert.All(inputs.Zip(inputs.Skip(1)), pair => Assert.Equal(50_000, pair.Second.Time.Nanoseconds - pair.First.Time.Nanoseconds));
        Assert.All([0, 1, 2], instrument => Assert.True(inputs.Count(input => input.Instrument == instrument) > 1_000));
        Assert.InRange(inputs.Count(input => input.Kind == InputKind.Quote), 1_000, 19_000);
        Assert.All(inputs, input => Assert.True(input.Kind is InputKind.Trade or InputKind.Quote));
    }

    /// <summary>So that what was sent can be counted from what was published.</summary>
    [Fact]
    public async Task EveryInputIsOneMessageToThoseWhoTakeNoDepth()
    {
        await using GatewayServer server = GatewayServer.Create(Steady with { Speed = 10 });
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };

        await Until(() => server.Counters.Market.Events > 2_000);
        await Control(http, "pause");
        await Until(() => server.Counters.Market.State == "paused");
        var counters = server.Counters;

        Assert.Equal(counters.Market.Events, counters.Contracts.Sum(contract => contract.Quotes.Published + contract.Trades.Published));
    }

    [Fact]
    public async Task APausedMarketStandsStillAndGoesOnWhereItStood()
    {
        await using GatewayServer server = GatewayServer.Create(Steady);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        await Until(() => server.Counters.Market.Events > 100);

        await Control(http, "pause");
        await Until(() => server.Counters.Market.State == "paused");
        var paused = server.Counters.Market;
        Assert.Equal(paused.Events, server.Counters.Market.Events);
        Assert.Equal(paused.Time, server.Counters.Market.Time);

        string state = (await Control(http, "resume")).GetProperty("state").GetString()!;
        await Until(() => server.Counters.Market.Events > paused.Events);
        Assert.True(state is "streaming" or "paused", state);
        Assert.True(server.Counters.Market.Time - paused.Time < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e9)]
    [InlineData(double.NaN)]
    public void ARateOutOfRangeIsRefused(double rate) => Assert.Contains("The rate is", Assert.Single((Steady with { Rate = rate }).Faults()), StringComparison.Ordinal);

    private static async Task<JsonElement> Control(HttpClient http, string word)
    {
        using HttpResponseMessage answer = await http.PostAsync(new Uri($"control/{word}", UriKind.Relative), null, TestContext.Current.CancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition()) await pause.WaitForNextTickAsync(limit.Token);
    }
}
