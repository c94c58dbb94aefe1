using System.Diagnostics;
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
        await Command("kill", "-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Ran ran = await Launcher.EndOf(process);

        Assert.Equal(130, ran.ExitCode);
        Assert.Empty(ran.Output);
    }

    private static async Task Command(string name, params string[] arguments)
    {
        using Process process = Process.Start(name, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
