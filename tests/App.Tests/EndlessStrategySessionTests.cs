using System.Diagnostics;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A session in which one strategy of the user's own begins a loop that never ends: it alone is suspended, the one beside it goes on, and the replay does the same.</summary>
public sealed class EndlessStrategySessionTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task TheEndlessOneAloneIsSuspendedAndTheReplayIsTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        Write();
        using Process session = _program.Start("run", "--port", "0", "--speed", "5", "--data-dir", "data");
        Uri page = await Launcher.PageOf(session);

        await Launcher.UntilStatusHas(page, "the loop at Endless.cs:8 was still going round when all 200,000 rounds of this call were spent");
        (Shown endless, Shown sound) = await Strategies(page);
        await Launcher.Until(async _ => (await Strategies(page)).Sound.Signals >= sound.Signals + 4);

        (Shown after, Shown still) = await Strategies(page);
        Assert.Equal(("suspended", 1, endless.Signals), (after.State, after.Suspensions, after.Signals));
        Assert.Equal(("running", 0, null), (still.State, still.Suspensions, still.LastError));
        await Launcher.EndInOrder(session);
        await TheReplayIsTheSame();
    }

    private async Task TheReplayIsTheSame()
    {
        JsonElement replay = (await _program.RunProcessAsync("replay", "last", "--json")).Succeeds().Json();
        Assert.True(replay.GetProperty("identical").GetBoolean(), replay.GetRawText());
        Assert.True(replay.GetProperty("inputs").GetInt64() > 20, replay.GetRawText());
    }

    private void Write()
    {
        Directory.CreateDirectory(_program.PathOf("strategies"));
        _program.File("strategies/Endless.cs", """
            public sealed class Endless : Strategy
            {
                private int _bars;

                protected override void OnBar(in Bar bar)
                {
                    if (++_bars < 6) { if (_bars % 2 == 0) Buy("even"); else Close("odd"); }
                    else while (_bars > 0) try { _bars++; _bars--; } catch (Exception) { }
                }
            }
            """);
        _program.File("strategies/Sound.cs", """
            public sealed class Sound : Strategy
            {
                private int _bars;

                protected override void OnBar(in Bar bar)
                {
                    if (++_bars % 2 == 0) Buy("even"); else Close("odd");
                }
            }
            """);
        _program.File("tradewind.json", """
            { "symbols": ["ES"], "timeframe": "1s", "callRounds": 200000, "strategies": [{ "name": "strategies/Endless.cs" }, { "name": "strategies/Sound.cs" }] }
            """);
    }

    private static async Task<(Shown Endless, Shown Sound)> Strategies(Uri page)
    {
        using var client = new HttpClient();
        using var limit = new CancellationTokenSource(Generous);
        using var status = JsonDocument.Parse(await client.GetStringAsync(new Uri(page, "api/v1/status"), limit.Token));
        JsonElement[] shown = [.. status.RootElement.GetProperty("view").GetProperty("strategies").EnumerateArray()];
        return (Shown.Of(shown.Single(one => one.GetProperty("name").GetString() == "endless")), Shown.Of(shown.Single(one => one.GetProperty("name").GetString() == "sound")));
    }

    private sealed record Shown(string State, long Signals, int Suspensions, string? LastError)
    {
        public static Shown Of(JsonElement strategy)
        {
            JsonElement metrics = strategy.GetProperty("metrics");
            return new(strategy.GetProperty("state").GetString()!, strategy.GetProperty("signals").GetInt64(), metrics.GetProperty("suspensions").GetInt32(), metrics.GetProperty("lastError").GetString());
        }
    }
}
