using System.CommandLine;
using System.Globalization;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Chaos.Checks;
using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;

namespace Tradewind.App.Commands;

/// <summary>Seeded worlds in which things go wrong: each is the whole engine against a simulated venue, held against the invariants.</summary>
internal static class ChaosCommand
{
    public const string Name = "chaos";
    public const string Purpose = "Runs the engine through seeded worlds full of faults and holds it against the invariants.";

    public static Command Create(Surroundings around)
    {
        Option<string> seeds = Opt.Text("--seeds", "N", "How many worlds (100).");
        Option<string> first = Opt.Text("--first-seed", "S", "The first world's seed (1); the others follow.");
        Option<string> seconds = Opt.Text("--seconds", "N", "Virtual seconds of faults in each world (240).");
        Option<string> workers = Opt.Text("--workers", "N", "Worlds at a time; as many as the machine has processors where left out.");
        Option<string> instruments = Opt.Text("--instruments", "N", "Instruments in each world, 1 or 2 (2).");
        Option<string> strategies = Opt.Text("--strategies", "N", "Strategies on each instrument, 1 to 4 (2).");
        Option<string> gateway = Opt.Text("--gateway", "WHICH", "Worlds in which the program speaks through the ProjectX adapter: all or none; each fourth where left out.");
        Option<string[]> without = Opt.Texts("--without", "KIND", "A kind of fault that is left out, as stream-row-lost. Repeatable.");
        Option<string> evidence = Opt.Text("--evidence", "FILE", "Goes on after a broken invariant, and writes the table of faults into this file.");
        Option<bool> json = Opt.Flag("--json", "The table of faults as JSON.");
        var command = new TradewindCommand(Name, Purpose, "tradewind chaos --seeds 1000", "tradewind chaos --seeds 1 --first-seed 4711")
        {
            Remarks = [$"Faults: {string.Join(", ", Enum.GetValues<FaultKind>().Select(FaultNames.Of))}.", "Exit code 3 and one command that repeats it at the first invariant that does not hold."],
        };
        foreach (Option option in new Option[] { seeds, first, seconds, workers, instruments, strategies, gateway, without, evidence, json }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            int count = given.Whole(seeds, 1, 100_000_000) ?? 100;
            ulong from = given.Seed(first) ?? 1;
            var options = new WorldOptions
            {
                Seed = from,
                Chaos = TimeSpan.FromSeconds(given.Whole(seconds, 1, 86_400) ?? 240),
                Instruments = given.Whole(instruments, 1, 2) ?? 2,
                Strategies = given.Whole(strategies, 1, 4) ?? 2,
                Gateway = GatewayOf(given, gateway),
                Without = given.Texts(without).Select(word => KindOf(word, given, without)).ToHashSet(),
            };
            if (from > ulong.MaxValue - (ulong)(count - 1)) given.Refuse($"{first.Name}: from {from} on there are no {count} seeds; the last one is {ulong.MaxValue}.");
            if (given.Text(evidence) is { } target && FaultOf(around.PathOf(target)) is { } fault) given.Refuse($"{evidence.Name}: {target} cannot be written ({fault}); name a file in a folder that is there and may be written to.");
            int threads = given.Whole(workers, 1, 1024) ?? Environment.ProcessorCount;
            given.ThrowIfFaulty();
            return given.Text(evidence) is { } file ? Testify(options, count, threads, file, around) : Run(options, count, threads, given.Flag(json), around);
        });
        return command;
    }

    private static bool? GatewayOf(Given given, Option<string> option)
    {
        string? word = given.Text(option);
        if (word is not (null or "all" or "none")) given.Refuse($"{option.Name}: found \"{word}\", expected all or none.");
        return word is null ? null : word == "all";
    }

    private static FaultKind KindOf(string word, Given given, Option option)
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            if (FaultNames.Of(kind) == word) return kind;
        }
        given.Refuse($"{option.Name}: there is no fault \"{word}\"; tradewind chaos --help lists them.");
        return default;
    }

    /// <summary>Why a file cannot be written, which is to be known before hours of worlds and not after them; null where it can.</summary>
    private static string? FaultOf(string path)
    {
        bool isNew = !File.Exists(path);
        try
        {
            File.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite).Dispose();
            if (isNew) File.Delete(path);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    private static int Run(WorldOptions options, int count, int workers, bool asJson, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop(TimeSpan.FromSeconds(2));
        var report = new ChaosReport();
        long started = around.Time.GetTimestamp();
        SeedResult? failed = WorldRun.Over(options, count, workers, report.Add, stop);
        report.Elapsed = around.Time.GetElapsedTime(started);
        if (failed is null)
        {
            report.Write(around, asJson);
            return ExitCode.Done;
        }
        around.SayNote($"Seed {failed.Options.Seed} broke {failed.Violations[0].Invariant}; looking for the smallest world that does.");
        SeedResult smallest = Minimiser.Minimise(failed, stop);
        foreach (Violation violation in smallest.Violations) around.Output.WriteLine($"{violation.Time}  {violation.Invariant}  {violation.Text}");
        around.SayError($"{smallest.Violations[0].Invariant} does not hold in the world of seed {failed.Options.Seed}; faults: {string.Join(", ", smallest.Faults.Select(FaultNames.Of))}. Repeat it by: {smallest.Options.Command}");
        return ExitCode.Difference;
    }

    /// <summary>Runs all worlds and writes down what became of them, whatever it was, also when it is stopped before all have run.</summary>
    private static int Testify(WorldOptions options, int count, int workers, string file, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop(TimeSpan.FromSeconds(2));
        var evidence = new Evidence();
        long started = around.Time.GetTimestamp();
        SeedResult? failed = null;
        try
        {
            failed = WorldRun.Over(options, count, workers, Note, stop, goesOn: true);
        }
        catch (OperationCanceledException) when (evidence.Worlds > 0)
        {
            around.SayNote($"Stopped by Ctrl-C: what ran until then is written down.");
        }
        string path = around.PathOf(file);
        string command = string.Create(CultureInfo.InvariantCulture, $"{options.CommandOver(count)} --workers {workers} --evidence {file}");
        string text = evidence.WriteInto(
            File.Exists(path) ? File.ReadAllText(path) : null, command, VersionCommand.Commit, DateOnly.FromDateTime(around.Time.GetUtcNow().UtcDateTime), around.Time.GetElapsedTime(started), workers);
        File.WriteAllText(path, text);
        around.SayNote($"{file} is written.");
        if (stop.IsCancellationRequested) return ExitCode.Stopped;
        if (failed is null) return ExitCode.Done;
        around.SayError($"{failed.Violations[0].Invariant} does not hold in the world of seed {failed.Options.Seed}: {failed.Violations[0].Text}. Repeat it by: {failed.Options.Command}");
        return ExitCode.Difference;

        void Note(SeedResult result)
        {
            evidence.Add(result);
            if (!result.IsGood) around.SayNote($"Seed {result.Options.Seed} broke {result.Violations[0].Invariant}: {result.Violations[0].Text}");
        }
    }
}
