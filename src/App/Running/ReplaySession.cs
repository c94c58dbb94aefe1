using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running;

/// <summary>What a replay found.</summary>
/// <param name="Inputs">Inputs that were run again.</param>
/// <param name="Difference">A sentence naming the first event whose outputs differ; null when all are equal.</param>
/// <param name="FinalHash">The engine's hash at the end.</param>
/// <param name="Note">Something about the journal that is no difference; null when there is nothing.</param>
internal sealed record ReplayResult(long Inputs, string? Difference, ulong FinalHash, string? Note);

/// <summary>Runs a journal's inputs through a new engine and compares its hash before each input with the recorded one.</summary>
internal static class ReplaySession
{
    /// <exception cref="Core.Model.InputException">The journal is damaged, or of another version.</exception>
    public static ReplayResult Run(string path, Surroundings around, CancellationToken stop)
    {
        using var journal = new JournalReader(path);
        Engine engine = EngineFactory.Build(RunSettings.FromJson(journal.Header.Configuration, path), RunDatabase.Shelf(path));
        try
        {
            using var stall = new StallWatch(() => engine.InputCount, () => $"input {engine.InputCount}; it may not have in the session either", around);
            return Run(engine, journal, stop);
        }
        finally
        {
            engine.Release();
        }
    }

    private static ReplayResult Run(Engine engine, JournalReader journal, CancellationToken stop)
    {
        JournalEntry before = default;
        while (journal.TryRead(out JournalEntry entry))
        {
            stop.ThrowIfCancellationRequested();
            if (engine.OutputHash != entry.OutputHash) return new(engine.InputCount, Sentence(in before, engine.OutputHash, entry.OutputHash), engine.OutputHash, null);
            engine.Process(entry.Input);
            before = entry;
        }
        JournalEnd end = journal.End!;
        string? difference = end.FinalHash is { } final && final != engine.OutputHash ? Sentence(in before, engine.OutputHash, final) : null;
        string? note = end.Cut ?? (end.FinalHash is null ? "The session did not end in order, so the outputs of its last input could not be compared." : null);
        return new(engine.InputCount, difference, engine.OutputHash, note);
    }

    private static string Sentence(in JournalEntry entry, ulong found, ulong recorded) => entry.Sequence == 0
        ? $"The engine differs before the first input: hash {found:x16}, recorded {recorded:x16}."
        : $"Input {entry.Sequence} at byte {entry.Offset} ({entry.Input.Kind} of {entry.Input.Time}) gave other outputs: hash {found:x16}, recorded {recorded:x16}.";
}
