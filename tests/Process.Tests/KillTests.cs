using System.Globalization;
using Tradewind.Processes.Tests.Support;

namespace Tradewind.Processes.Tests;

/// <summary>
/// kill -9, at random and at each named step of journal and outbox: after each recovery no order is lost, doubled or nobody's, no position is without its stop, and engine,
/// venue and database hold the same (F9, F10, F11, F30). <c>TRADEWIND_KILLS</c> says how often, 50 where it is not set, and
/// <c>TRADEWIND_KILL_SEED</c> from which seed on, 1 where it is not set.
/// </summary>
public sealed class KillTests
{
    private const int AtOnce = 2;

    /// <summary>Each with the highest count at which it is taken: inputs come by the hundred, fills one by one.</summary>
    private static readonly (string Name, int Most)[] Points =
    [
        ("input-received", 3000), ("input-appended", 3000), ("reply-received", 12), ("reply-appended", 12), ("fill-received", 4), ("fill-appended", 4),
        ("order-posted", 10), ("order-durable", 10), ("order-sent", 10), ("journal-writing", 120), ("journal-written", 120), ("journal-synced", 120), ("checkpoint-written", 1),
    ];

    public KillTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");

    [Fact]
    public async Task NoKillLosesDoublesOrOrphansAnOrderOrLeavesAPositionUnprotected()
    {
        int kills = Setting("TRADEWIND_KILLS", 50), seed = Setting("TRADEWIND_KILL_SEED", 1);

        TimeSpan[][] times = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(lane => RunAsync(seed + lane, (kills + AtOnce - 1 - lane) / AtOnce)));

        TimeSpan[] all = [.. times.SelectMany(each => each).Order()];
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
            $"{kills} kills; from a start to agreement: median {all[all.Length / 2].TotalSeconds:0.0} s, longest {all[^1].TotalSeconds:0.0} s, over {all.Length} recoveries"));
    }

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>One account at one venue; the deaths follow from the seed.</summary>
    private static async Task<TimeSpan[]> RunAsync(int seed, int kills)
    {
        using var run = new KillRun();
        try
        {
            await run.OpenAsync(seed);
            var chance = new Random(seed);
            for (int kill = 0; kill < kills; kill++) await run.KillAsync(Next(chance, kill));
            await run.EndAsync();
            return [.. run.ToOrder];
        }
        catch (Exception failure)
        {
            // Said at once: the other lane may go on for an hour.
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"Seed {seed} failed after {run.Kills} kills. {failure}"));
            throw;
        }
    }

    /// <summary>Every other one at a named step, each of them in turn; the others from outside, some of them before the session is in order.</summary>
    private static Death Next(Random chance, int kill)
    {
        if (kill % 2 == 0)
        {
            (string name, int most) = Points[kill / 2 % Points.Length];
            return new($"{name}:{chance.Next(1, most + 1)}", TimeSpan.FromSeconds(5), IsEarly: false);
        }
        bool isEarly = chance.Next(3) == 0;
        return new(null, TimeSpan.FromMilliseconds(chance.Next(isEarly ? 300 : 0, isEarly ? 4000 : 2500)), isEarly);
    }
}
