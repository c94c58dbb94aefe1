using Tradewind.Storage.Sqlite;

namespace Tradewind.App.Running;

/// <summary>Tells what became of an execution: how it began and ended, and its orders.</summary>
internal static class ExecutionExplanation
{
    public static void Write(ExecutionStory execution, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"Execution {execution.Number}"));
        foreach (StoredEvent said in execution.Events) output.WriteLine(FormattableString.Invariant($"  {said.Time}  {said.Text}   [journal {said.Sequence}]"));
        // It ended with its session; what came over from there are its orders alone.
        if (execution.Events.Count == 0) output.WriteLine("  of an earlier session");
        foreach (StoredOrder child in execution.Children) output.WriteLine(FormattableString.Invariant($"  {child.Time}  order {child.Id}: {child.Side} {child.Quantity} · {child.Status}, filled {child.Filled}"));
    }
}
