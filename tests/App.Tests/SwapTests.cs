using System.Diagnostics;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A session with a strategy file that is saved while it runs: the new version takes over, and the replay does the same from the sources that were kept.</summary>
public sealed class SwapTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task ASavedVersionTakesOverWhileTheSessionRunsAndTheReplayIsTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        Directory.CreateDirectory(_program.PathOf("strategies"));
        Save(3);
        _program.File("tradewind.json", """{ "symbols": ["ES"], "timeframe": "1s", "strategies": [{ "name": "strategies/Turns.cs" }] }""");
        using Process session = _program.Start("run", "--port", "0", "--speed", "5", "--data-dir", "data");
        Uri page = await Launcher.PageOf(session);

        await Launcher.UntilStatusHas(page, "\"turns\"");
        _program.File("strategies/Turns.cs", "public sealed class Turns : Strategy { wrong }");
        Save(2);
        await Launcher.UntilStatusHas(page, "took over from the one of the start");
        await Launcher.EndInOrder(session);

        Assert.Equal(2, Directory.GetDirectories(Assert.Single(Directory.GetDirectories(_program.PathOf("data/journal")))).Length);
        Ran replay = (await _program.RunProcessAsync("replay", "last", "--json")).Succeeds();
        Assert.True(replay.Json().GetProperty("identical").GetBoolean());
        await ASourceThatWasChangedIsRefused();
    }

    [Fact]
    public void ASessionWithAFileThatDoesNotCompileDoesNotBegin()
    {
        _program.File("Wrong.cs", "public sealed class Wrong : Strategy { }");
        _program.File("tradewind.json", """{ "symbols": ["ES"], "strategies": [{ "name": "Wrong.cs" }] }""");

        _program.Run("run", "--port", "0", "--data-dir", "data").Refuses(2, "Wrong.cs:1:21: ", "(CS0534)");
    }

    private async Task ASourceThatWasChangedIsRefused()
    {
        foreach (string kept in Directory.GetFiles(_program.PathOf("data/journal"), "Turns.cs", SearchOption.AllDirectories)) await File.AppendAllTextAsync(kept, "// changed", TestContext.Current.CancellationToken);
        (await _program.RunProcessAsync("replay", "last")).Refuses(2, "the source that was kept has been changed");
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
}
