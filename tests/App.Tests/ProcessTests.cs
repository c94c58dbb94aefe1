using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The built executable as a process of its own.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task ResultsGoToStandardOutputAndTheExitCodeIsZero()
    {
        _program.File("bars.csv", Samples.Bars(300));

        Ran ran = await _program.RunProcessAsync("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross", "--json", "-");

        Assert.Equal(300, ran.Succeeds().Json().GetProperty("data").GetProperty("events").GetInt32());
        Assert.Empty(ran.Error);
    }

    [Fact]
    public async Task WrongInputGoesToStandardErrorWithExitCodeTwo()
    {
        Ran ran = await _program.RunProcessAsync("backtest", "--data", "missing.csv", "--symbol", "ES", "--strategy", "moving-average-cross");

        ran.Refuses(2, "missing.csv: there is no such file");
        Assert.Empty(ran.Output);
    }

    [Fact]
    public async Task CtrlCEndsABacktestWith130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes in the file system and SIGINT are Unix.");
        string pipe = _program.PathOf("bars.csv");
        await Command("mkfifo", pipe);
        using Process process = _program.Start("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross");

        // Opening for writing waits until the program opened it for reading; it then waits for data that never come.
        using FileStream writer = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write), TestContext.Current.CancellationToken);
        await Launcher.Signal(process, "INT");
        Ran ran = await Launcher.EndOf(process);

        Assert.Equal(130, ran.ExitCode);
        Assert.Empty(ran.Output);
    }

    [Fact]
    public async Task TheSimulatorSaysWhereItIsTakesALoginAndEndsInOrder()
    {
        using Process process = _program.Start("simulator", "--user", "me", "--key", "mine");
        string? address = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(address!) };

        using HttpResponseMessage answer = await client.PostAsJsonAsync("api/Auth/loginKey", new { userName = "me", apiKey = "mine" }, TestContext.Current.CancellationToken);
        JsonElement login = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        await Launcher.EndInOrder(process, "INT");

        Assert.Equal("127.0.0.1", client.BaseAddress.Host);
        Assert.True(login.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task TheSimulatorPlaysARecording()
    {
        _program.File("trades.csv", Samples.Trades(200));
        using Process process = _program.Start("simulator", "--replay", "trades.csv", "--symbol", "ES", "--speed", "max");

        Assert.StartsWith("http://127.0.0.1:", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Launcher.EndInOrder(process, "INT");
    }

    [Fact]
    public async Task AnOccupiedPortIsWrongInput()
    {
        using var occupier = new TcpListener(IPAddress.Loopback, 0);
        occupier.Start();
        string port = ((IPEndPoint)occupier.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        Ran ran = await _program.RunProcessAsync("simulator", "--port", port);

        ran.Refuses(2, $"Port {port} of 127.0.0.1 is in use by another program");
    }

    [Fact]
    public async Task ARequestToEndThatArrivesTwiceIsOneRequest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGINT is Unix.");
        using Process process = _program.Start("run", "--port", "0", "--data-dir", "data");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("Ctrl-C", StringComparison.Ordinal)) continue;
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        await Command("sh", "-c", $"kill -INT {id}; kill -TERM {id}");
        Ran ran = await Launcher.EndOf(process);

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.Contains("ended:", ran.Output, StringComparison.Ordinal);
    }

    private static async Task Command(string name, params string[] arguments)
    {
        using Process process = Process.Start(name, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
