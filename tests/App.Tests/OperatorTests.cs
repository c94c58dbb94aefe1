using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A real session and the commands that talk to it.</summary>
public sealed class OperatorTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Launcher _program = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task ASessionDoesWhatItIsToldAndItsReplayDoesTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        Directory.CreateDirectory(_program.PathOf("strategies"));
        Save(3);
        _program.File("tradewind.json", """{ "symbols": ["ES"], "timeframe": "1s", "strategies": [{ "name": "strategies/Turns.cs" }] }""");
        using Process session = _program.Start("run", "--port", "0", "--speed", "5");
        Uri page = await Launcher.PageOf(session);

        await Launcher.Until(async _ => Says("status", "turns"));
        await AStrangerIsRefused(page);
        Tells("pause", "Trading is paused: only orders that reduce a position pass; tradewind resume lifts it.");
        Tells("pause", "Trading was paused already.");
        await Launcher.Until(async _ => Says("status", "trading ReduceOnly"));
        Tells("resume", "Trading goes on.");
        Tells("strategies resume turns", "turns on ES: it was not suspended.");
        _program.Run("strategies", "takeover", "turns").Refuses(1, "turns on ES: there is no other version to take over");
        _program.Run("strategies", "drop", "trns").Refuses(2, "There is no strategy \"trns\" in this session; near names: turns");
        _program.Run("strategies", "drop", "turns", "--symbol", "NQ").Refuses(2, "turns does not trade NQ in this session; it trades ES");
        await APositionIsSeenAndClosed();
        await AVersionGoesThereAndBack();
        Tells("kill", "nothing is traded any more in this session");
        _program.Run("resume").Refuses(1, "Trading is halted for the rest of this session");
        await Launcher.EndInOrder(session);

        Assert.False(File.Exists(_program.PathOf("data/control.json")));
        _program.Run("pause").Refuses(1, "No session runs in data: there is no control.json in it; start one with \"tradewind run\"");
        Ran replay = (await _program.RunProcessAsync("replay", "last", "--json")).Succeeds();
        Assert.True(replay.Json().GetProperty("identical").GetBoolean());
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("flatten")]
    [InlineData("kill")]
    [InlineData("strategies resume turns")]
    [InlineData("strategies rollback turns")]
    public void WithoutASessionTheCureIsSaid(string command)
    {
        _program.Run(command.Split(' ')).Refuses(1, "No session runs in data", "tradewind run", "--data-dir");
        Directory.CreateDirectory(_program.PathOf("data"));
        _program.File("data/control.json", """{"address":"http://127.0.0.1:1","token":"t","session":"s","process":1}""");
        _program.Run(command.Split(' ')).Refuses(1, "No engine answers at http://127.0.0.1:1", "start one with \"tradewind run\"");
        _program.File("data/control.json", "{");
        _program.Run(command.Split(' ')).Refuses(1, "control.json is not what a session writes there");
    }

    [Theory]
    [InlineData("positions")]
    [InlineData("orders")]
    [InlineData("status")]
    public void WithoutASessionThereIsNothingToShow(string command) => _program.Run(command, "--url", "http://127.0.0.1:1").Refuses(1, "No engine answers at http://127.0.0.1:1");

    /// <summary>Neither a web page nor another user can command a session.</summary>
    private async Task AStrangerIsRefused(Uri page)
    {
        string path = _program.PathOf("data/control.json");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        string token = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("token").GetString()!;
        Assert.Matches("^[0-9a-f]{64}$", token);
        Assert.DoesNotContain(token, await _http.GetStringAsync(new Uri(page, "api/v1/status"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, await Post(page, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(page, "0" + token[1..] + "0"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(page, token[..^1]));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(page, token, request => request.Headers.Add("Origin", "https://attacker.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(page, token, request => request.Headers.Host = "attacker.example"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await Post(page, token, request => request.Method = HttpMethod.Get));
        Assert.False(Says("status", "trading ReduceOnly"));
    }

    private async Task<HttpStatusCode> Post(Uri page, string? token, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "api/v1/pause"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        using HttpResponseMessage reply = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return reply.StatusCode;
    }

    private async Task APositionIsSeenAndClosed()
    {
        await Launcher.Until(async _ => _program.Run("positions", "--json").Succeeds().Json().EnumerateArray().Any(row => row.GetProperty("strategies").GetArrayLength() > 0));
        Ran flat = _program.Run("flatten").Succeeds();
        Assert.Contains("Trading is paused, entry orders are canceled, and ", flat.Output, StringComparison.Ordinal);
        Assert.Contains("All positions are flat.", flat.Output, StringComparison.Ordinal);
        Tells("positions", "No position is open.");
        Assert.Contains("Market", _program.Run("orders", "--all").Succeeds().Output, StringComparison.Ordinal);
        JsonElement order = _program.Run("orders", "--all", "--json").Succeeds().Json()[0];
        Assert.Equal("ES", order.GetProperty("symbol").GetString());
        Tells("orders", "No order works now");
        Tells("resume", "Trading goes on.");
    }

    private async Task AVersionGoesThereAndBack()
    {
        Save(4);
        // It takes over by itself when flat, or when it is told; either way the way back is there then.
        await Launcher.Until(async _ => _program.Run("strategies", "takeover", "turns") is var there && (there.ExitCode == 0 || there.Error.Contains("traded before", StringComparison.Ordinal)));
        Tells("strategies rollback turns", "version of the start took over from");
        Tells("strategies drop turns", "is dropped");
    }

    private void Save(int bars) => _program.File("strategies/Turns.cs", $$"""
        public sealed class Turns : Strategy
        {
            private int _seen;

            protected override void OnBar(in Bar bar)
            {
                if (_seen++ / {{bars}} % 2 == 0) Buy("up"); else Close("down");
            }
        }
        """);

    private bool Says(string command, string text) => _program.Run(command) is { ExitCode: 0 } ran && ran.Output.Contains(text, StringComparison.Ordinal);

    private void Tells(string command, string sentence) => Assert.Contains(sentence, _program.Run(command.Split(' ')).Succeeds().Output, StringComparison.Ordinal);
}
