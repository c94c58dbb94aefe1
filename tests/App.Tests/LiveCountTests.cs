using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The live path under load in short: what the simulator's process sent is what the session's process received and its engine saw.</summary>
public sealed class LiveCountTests : IDisposable
{
    private const long Enough = 10_000;
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Launcher _program = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task NothingIsLostBetweenTheSimulatorAndTheEngine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGINT is Unix.");
        _program.Variables["TRADEWIND_PROJECTX_USER"] = _program.Variables["TRADEWIND_PROJECTX_KEY"] = "demo";
        _program.File("tradewind.json", """{ "timeframe": "20t", "cash": 100000000, "combiner": "netting", "strategies": [ { "name": "moving-average-cross", "parameters": { "Fast": "2", "Slow": "5" } } ] }""");
        using Process simulator = _program.Start("simulator", "--symbols", "ES,NQ,CL", "--rate", "5000");
        var gateway = new Uri((await simulator.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        using Process session = _program.Start("run", "--gateway", gateway.ToString(), "--market-time", "--symbols", "ES,NQ,CL", "--port", "0");
        Uri page = await Launcher.PageOf(session);

        await Launcher.Until(async _ => Symbols(await Status(page)) is { Count: 3 } symbols && symbols.All(symbol => symbol.GetProperty("isLive").GetBoolean()));
        await Launcher.Until(async _ => Feed(await Status(page), "messages") > Enough && (await Status(page)).GetProperty("decisionLatency").ValueKind == JsonValueKind.Object);
        (await _http.PostAsync(new Uri(gateway, "control/pause"), null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode().Dispose();
        await Launcher.Until(async _ => IsStill(await Counters(gateway)));
        long sent = Sent(await Counters(gateway));
        await Launcher.Until(async _ => Feed(await Status(page), "messages") == sent && (await Status(page)).GetProperty("inboxDepth").GetInt64() == 0);
        JsonElement status = await Status(page);

        Assert.Equal(sent, Feed(status, "messages"));
        Assert.Equal(Feed(status, "delivered"), status.GetProperty("marketInputs").GetInt64());
        Assert.True(Feed(status, "delivered") + Feed(status, "tradesCovered") + Feed(status, "quotesConflated") >= sent, "a message vanished inside the feed");
        Assert.Equal((0, 0, 0), (Feed(status, "unreadable"), Feed(status, "dropped"), Feed(status, "reconnects")));
        Assert.True(status.GetProperty("journal").GetProperty("appended").GetInt64() >= status.GetProperty("marketInputs").GetInt64());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("store").GetProperty("fault").ValueKind);
        await Launcher.EndInOrder(session, "INT");
        await Launcher.EndInOrder(simulator, "INT");
    }

    private Task<JsonElement> Status(Uri page) => _http.GetFromJsonAsync<JsonElement>(new Uri(page, "api/v1/status"), TestContext.Current.CancellationToken);

    private Task<JsonElement> Counters(Uri gateway) => _http.GetFromJsonAsync<JsonElement>(new Uri(gateway, "control/counters"), TestContext.Current.CancellationToken);

    private static long Feed(JsonElement status, string count) => status.GetProperty("feed").GetProperty(count).GetInt64();

    private static IReadOnlyList<JsonElement> Symbols(JsonElement status) =>
        [.. status.GetProperty("feed").GetProperty("symbols").EnumerateArray()];

    private static bool IsStill(JsonElement counters) =>
        counters.GetProperty("market").GetProperty("state").GetString() == "paused" && counters.GetProperty("connections").GetProperty("waiting").GetInt64() == 0;

    private static long Sent(JsonElement counters) =>
        counters.GetProperty("contracts").EnumerateArray().Sum(contract => contract.GetProperty("quotes").GetProperty("sent").GetInt64() + contract.GetProperty("trades").GetProperty("sent").GetInt64());
}
