using System.CommandLine;
using Tradewind.App.Grammar;
using Tradewind.App.Running;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class ReplayCommand
{
    public const string Name = "replay";
    public const string Purpose = "Runs a recorded session again and compares every output, bit for bit.";

    public static Command Create(Surroundings around)
    {
        Argument<string> session = Opt.Argument("SESSION", "A journal's path, a session's id, or last.");
        Option<string> data = Opt.Text("--data-dir", "FOLDER", "Where the session was recorded, ./data where left out.");
        Option<bool> json = Opt.Flag("--json", "As one JSON object.");
        var command = new TradewindCommand(Name, Purpose, "tradewind replay last", "tradewind replay 20260302-143000-kfwmqrtx") { session, data, json };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string wanted = given.Required(session);
            given.ThrowIfFaulty();
            CancellationToken stop = around.WatchForStop();
            string path = RunDatabase.Journals(around.PathOf(given.Text(data) ?? "data")).Find(wanted);
            long started = around.Time.GetTimestamp();
            ReplayResult result = ReplaySession.Run(path, around, stop);
            Show(result, path, around.Time.GetElapsedTime(started), given.Flag(json), around);
            return result.Difference is null ? ExitCode.Done : ExitCode.Difference;
        });
        return command;
    }

    private static void Show(ReplayResult result, string path, TimeSpan elapsed, bool asJson, Surroundings around)
    {
        if (result.Note is { } note) around.SayNote(note);
        if (asJson)
        {
            Json.Write(around.Output, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("journal", path);
                writer.WriteNumber("inputs", result.Inputs);
                writer.WriteBoolean("identical", result.Difference is null);
                writer.WriteString("difference", result.Difference);
                writer.WriteString("outputHash", result.FinalHash.ToString("x16"));
                writer.WriteNumber("elapsedSeconds", elapsed.TotalSeconds);
                writer.WriteEndObject();
            });
        }
        else if (result.Difference is null) around.Output.WriteLine($"{result.Inputs:N0} inputs gave the recorded outputs again, bit for bit, in {elapsed.TotalSeconds:F2} s; output hash {result.FinalHash:x16}.");
        if (result.Difference is { } difference) around.SayError(difference);
    }
}
