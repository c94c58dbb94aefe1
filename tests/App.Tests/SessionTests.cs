using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A whole session as a process: simulator, SignalR, engine, broker, journal, database, status page; then its replay and its explanation.</summary>
public sealed class SessionTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task ASessionTradesEndsOnRequestWithZeroReplaysBitForBitAndExplainsItsOrders()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        using Process session = _program.Start("run", "--port", "0", "--timeframe", "1s", "--speed", "5", "--data-dir", "data");
        Uri page = await Launcher.PageOf(session);
        await AwaitFills(page);
        await ThePageShowsTheAccount(page);
        Assert.Contains("ended:", (await Launcher.EndInOrder(session)).Output, StringComparison.Ordinal);

        Ran replay = (await _program.RunProcessAsync("replay", "last", "--json")).Succeeds();
        Assert.True(replay.Json().GetProperty("identical").GetBoolean());
        Assert.True(replay.Json().GetProperty("inputs").GetInt64() > 100);

        Ran explained = (await _program.RunProcessAsync("explain", "last")).Succeeds();
        foreach (string part in (string[])["Order ", "Signals", "sma(10)", "Sizing", "fixed-quantity: 1 a signal", "Risk checks", "position-limit", "[journal ", "at byte "]) Assert.Contains(part, explained.Output, StringComparison.Ordinal);

        await ADamagedJournalIsRefused();
    }

    [Fact]
    public async Task ThePageAnswersOnlyItsOwnHostAndSite()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        using Process session = _program.Start("run", "--port", "0", "--data-dir", "data");
        Uri page = await Launcher.PageOf(session);
        using var client = new HttpClient();
        string html = await client.GetStringAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("<title>Tradewind</title>", html, StringComparison.Ordinal);

        using var foreignHost = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "api/v1/status")) { Headers = { Host = "attacker.example" } };
        using HttpResponseMessage rebound = await client.SendAsync(foreignHost, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, rebound.StatusCode);

        using var foreignSite = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "api/v1/status"));
        foreignSite.Headers.Add("Origin", "https://attacker.example");
        using HttpResponseMessage crossSite = await client.SendAsync(foreignSite, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, crossSite.StatusCode);
        await Launcher.EndInOrder(session);
    }

    [Fact]
    public async Task AnOccupiedPortIsOneSentence()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        string port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Ran ran = await _program.RunProcessAsync("run", "--port", port, "--data-dir", "data");
        ran.Refuses(2, $"Port {port} on 127.0.0.1 is taken");
    }

    [Fact]
    public void StatusWithoutAnEngineSaysWhatToDo()
    {
        Ran ran = _program.Run("status", "--url", "http://127.0.0.1:1");
        ran.Refuses(1, "No engine answers at http://127.0.0.1:1", "tradewind run");
    }

    [Fact]
    public async Task OnPaperThereIsNoAccountAndAReplayKnowsIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        using Process session = _program.Start("run", "--paper", "--port", "0", "--timeframe", "1s", "--speed", "5", "--data-dir", "data");
        Uri page = await Launcher.PageOf(session);
        await AwaitFills(page);
        using var client = new HttpClient();
        JsonElement status = await client.GetFromJsonAsync<JsonElement>(new Uri(page, "api/v1/status"), TestContext.Current.CancellationToken);
        Assert.Equal(("PAPER", "", "Synced"), (status.GetProperty("mode").GetString(), status.GetProperty("broker").GetProperty("account").GetString(), status.GetProperty("view").GetProperty("account").GetProperty("state").GetString()));
        await Launcher.EndInOrder(session);

        Assert.True((await _program.RunProcessAsync("replay", "last", "--json")).Succeeds().Json().GetProperty("identical").GetBoolean());
    }

    [Fact]
    public void PaperAndAnAccountExcludeEachOther()
    {
        _program.Run("run", "--paper", "--account", "PRAC-1").Refuses(2, "--paper trades no account; leave --account out, or --paper.");
        _program.Run("run", "--paper", "--live").Refuses(2, "leave --live out");
        _program.Run("run", "--gateway", "http://127.0.0.1:1", "--fault", "all").Refuses(2, "--fault is for the built-in simulator");
        _program.Run("run", "--fault", "gremlins").Refuses(2, "--fault: ", "gremlins");
    }

    [Fact]
    public async Task AnAccountThatIsNotThereIsRefusedBeforeTheSessionLeavesATrace()
    {
        (await _program.RunProcessAsync("run", "--account", "XFA-7", "--port", "0", "--data-dir", "data")).Refuses(2, "There is no account \"XFA-7\" at the gateway; expected the name or the number of one of: PRAC-V2-1001-SIM (1001).");
        Assert.False(Directory.Exists(Path.Combine(_program.Folder, "data", "journal")));
    }

    private static async Task ThePageShowsTheAccount(Uri page)
    {
        using var client = new HttpClient();
        JsonElement status = await client.GetFromJsonAsync<JsonElement>(new Uri(page, "api/v1/status"), TestContext.Current.CancellationToken);
        JsonElement broker = status.GetProperty("broker");
        Assert.Equal(("SIMULATED", "PRAC-V2-1001-SIM"), (status.GetProperty("mode").GetString(), broker.GetProperty("account").GetString()));
        Assert.True(broker.GetProperty("isConnected").GetBoolean());
        Assert.Equal("Synced", status.GetProperty("view").GetProperty("account").GetProperty("state").GetString());
        Assert.InRange(broker.GetProperty("requests").EnumerateArray().Single(use => use.GetProperty("name").GetString() == "other").GetProperty("used").GetInt32(), 1, 160);
    }

    private async Task ADamagedJournalIsRefused()
    {
        string journal = Directory.GetFiles(_program.PathOf("data/journal"), "*.twj").Single();
        byte[] bytes = await System.IO.File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await System.IO.File.WriteAllBytesAsync(journal, bytes, TestContext.Current.CancellationToken);
        Ran ran = await _program.RunProcessAsync("replay", journal);
        Assert.Equal(2, ran.ExitCode);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }

    private static async Task AwaitFills(Uri page)
    {
        using var client = new HttpClient();
        using var limit = new CancellationTokenSource(Generous);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await pause.WaitForNextTickAsync(limit.Token))
        {
            JsonElement view = (await client.GetFromJsonAsync<JsonElement>(new Uri(page, "api/v1/status"), limit.Token)).GetProperty("view");
            if (view.ValueKind == JsonValueKind.Null || view.GetProperty("orders").EnumerateArray().Count(order => order.GetProperty("status").GetString() == "Filled") < 3) continue;
            Assert.All(view.GetProperty("alerts").EnumerateArray(), alert => Assert.NotEqual(1970, alert.GetProperty("time").GetDateTimeOffset().Year));
            return;
        }
    }
}
