using System.CommandLine;
using System.Globalization;
using Tradewind.App.Grammar;
using Tradewind.App.Running;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Sqlite;

namespace Tradewind.App.Commands;

internal static class ExplainCommand
{
    public const string Name = "explain";
    public const string Purpose = "Why an order exists: market, indicators, signals, vote, risk checks, broker.";

    public static Command Create(Surroundings around)
    {
        Argument<string> order = Opt.Argument("ORDER", "An order's number, or last.");
        Option<string> session = Opt.Text("--session", "SESSION", "A session's id, its journal's path, or last (where left out).");
        Option<string> data = Opt.Text("--data-dir", "FOLDER", "Where the session was recorded, ./data where left out.");
        var command = new TradewindCommand(Name, Purpose, "tradewind explain last", "tradewind explain 17 --session 20260302-143000-kfwmqrtx") { order, session, data };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string wanted = given.Required(order);
            given.ThrowIfFaulty();
            Explain(wanted, given.Text(session) ?? "last", around.PathOf(given.Text(data) ?? "data"), around);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Explain(string wanted, string session, string folder, Surroundings around)
    {
        using RunQueries database = RunDatabase.Open(folder, mustExist: true).Ask();
        StoredRun run = database.Find(IdOf(session));
        long number = OrderId(wanted, run, database);
        if (database.Explain(run.Id, number) is not { } story)
        {
            Explain(run, database.Execution(run.Id, number), wanted, around);
            return;
        }
        around.Output.WriteLine($"Session {run.Id}");
        OrderExplanation.Write(story, Causes(run, OrderExplanation.Sequences(story), folder), RunSettings.FromJson(run.Configuration, $"the settings of session {run.Id}").Sizing, around.Output);
    }

    /// <summary>Executions have numbers from the same counter as orders.</summary>
    private static void Explain(StoredRun run, ExecutionStory? execution, string wanted, Surroundings around)
    {
        if (execution is null) throw new InputException($"Session {run.Id} has no order {wanted}; \"tradewind explain last\" explains its latest.");
        around.Output.WriteLine($"Session {run.Id}");
        ExecutionExplanation.Write(execution, around.Output);
    }

    /// <summary>A session goes by its id, and by the path of its journal, which bears the id.</summary>
    private static string IdOf(string session) => session.EndsWith(".twj", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(session) : session;

    private static long OrderId(string wanted, StoredRun run, RunQueries database)
    {
        if (wanted == "last") return database.Orders(run.Id, 1) is [var latest, ..] ? latest.Id : throw new InputException($"Session {run.Id} has no orders.");
        return long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : throw new InputException($"ORDER: found \"{wanted}\", expected an order's number or last.");
    }

    /// <summary>The inputs of the story, from the journal where it still lies.</summary>
    private static Dictionary<long, JournalEntry> Causes(StoredRun run, HashSet<long> wanted, string folder)
    {
        Dictionary<long, JournalEntry> found = [];
        string path = RunDatabase.Journals(folder).PathOf(run.Id);
        if (!File.Exists(path)) return found;
        using var journal = new JournalReader(path);
        while (found.Count < wanted.Count && journal.TryRead(out JournalEntry entry))
        {
            if (wanted.Contains(entry.Sequence)) found.Add(entry.Sequence, entry);
        }
        return found;
    }
}
