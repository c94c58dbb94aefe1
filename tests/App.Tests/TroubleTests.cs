using System.Diagnostics;
using System.Globalization;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>What can go wrong with a session from outside, as processes: each ends in one sentence and the promised exit code.</summary>
public sealed class TroubleTests : IDisposable
{
    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task AWrongKeyIsOneSentenceWithTheCure()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGINT is Unix.");
        using Process simulator = _program.Start("simulator", "--user", "me", "--key", "mine");
        string? gateway = await simulator.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        _program.Variables["TRADEWIND_PROJECTX_USER"] = "me";
        _program.Variables["TRADEWIND_PROJECTX_KEY"] = "canary-key-77d1";

        Ran ran = await _program.RunProcessAsync("run", "--gateway", gateway!, "--port", "0");
        await Launcher.EndInOrder(simulator, "INT");

        ran.Refuses(2, "ProjectX refused the login of user 'me'", "Check TRADEWIND_PROJECTX_USER", "TRADEWIND_PROJECTX_KEY");
        Assert.DoesNotContain("canary", ran.Error + ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingCredentialsNameTheirVariables()
    {
        Ran ran = await _program.RunProcessAsync("run", "--gateway", "http://127.0.0.1:1", "--port", "0");

        ran.Refuses(2, "TRADEWIND_PROJECTX_USER", "TRADEWIND_PROJECTX_KEY");
        Assert.False(Directory.Exists(_program.PathOf("data")), "a session that cannot begin leaves no database behind");
    }

    [Fact]
    public async Task AGatewayThatCannotBeReachedIsAFailureOfTheWork()
    {
        _program.Variables["TRADEWIND_PROJECTX_USER"] = _program.Variables["TRADEWIND_PROJECTX_KEY"] = "demo";

        Ran ran = await _program.RunProcessAsync("run", "--gateway", "http://127.0.0.1:1", "--port", "0");

        ran.Refuses(1, "http://127.0.0.1:1", "Check that the gateway runs");
    }

    [Fact]
    public async Task ADiskThatIsFullAtTheStartIsOneSentence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Limits of file sizes are Unix.");
        using Process session = _program.StartWithFullDisk(8, "run", "--port", "0");

        Ran ran = await Launcher.EndOf(session);

        ran.Refuses(1, "the disk (or the quota) is full, the session's journal, which needs 64 MiB, was not created; free some space and try again.");
    }

    /// <summary>First no new risk, then the end; what was said to be safe can be run again.</summary>
    [Fact]
    public async Task ADiskThatFillsUpPausesTradingAndThenEndsTheSession()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Limits of file sizes are Unix.");
        using Process session = _program.StartWithFullDisk(4, "run", "--port", "0", "--journal-reserve", "1", "--timeframe", "1s", "--speed", "200");

        Ran ran = await Launcher.EndOf(session);
        Assert.Contains("note: The disk is nearly full: trading is paused", ran.Error, StringComparison.Ordinal);
        ran.Refuses(1, "the disk (or the quota) is full, the journal ends: inputs up to sequence", "are safe");

        string sentence = ran.Error.Split('\n').First(line => line.Contains("up to sequence", StringComparison.Ordinal));
        long safe = long.Parse(sentence.Split("sequence ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Ran replay = (await _program.RunProcessAsync("replay", "last", "--json")).Succeeds();
        Assert.True(replay.Json().GetProperty("identical").GetBoolean());
        Assert.True(replay.Json().GetProperty("inputs").GetInt64() >= safe, replay.Output);
    }
}
