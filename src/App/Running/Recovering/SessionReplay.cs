using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live.Sync;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running.Recovering;

/// <summary>An earlier session as it stood when its journal ended.</summary>
/// <param name="EndedInOrder">It said so itself.</param>
/// <param name="Inputs">Inputs in its journal; 0 means that it never began.</param>
/// <param name="Note">Something that a person should know; null for nothing.</param>
internal sealed record EarlierSession(JournalHeader Header, string Path, Engine Engine, AccountBooks Books, bool EndedInOrder, long Inputs, string? Note)
{
    /// <summary>Nothing of it is left: no position, no order that may still work.</summary>
    public bool IsFlat => Enumerable.Range(0, Engine.Options.Instruments.Count).All(index => Engine.Account.PositionOf(index).IsFlat && Engine.Market(index).Working.Count == 0);
}

/// <summary>Runs the journal of an earlier session through an engine of its own settings: from its checkpoint on, or from the start where there is none that fits.</summary>
internal static class SessionReplay
{
    /// <exception cref="InputException">The journal is damaged, or this program does something else with it than the one that wrote it.</exception>
    public static EarlierSession Run(string path, CancellationToken stop) => FromCheckpoint(path, stop) ?? FromStart(path, null, stop)!;

    private static EarlierSession? FromCheckpoint(string path, CancellationToken stop) =>
        Checkpoint.TryRead(Checkpoint.PathOf(path), out _) is { } checkpoint && checkpoint.Build == BuildVersion.Text ? FromStart(path, checkpoint, stop) : null;

    /// <summary>Null where the checkpoint does not fit.</summary>
    private static EarlierSession? FromStart(string path, Checkpoint? from, CancellationToken stop)
    {
        using var journal = new JournalReader(path);
        Engine engine = EngineFactory.Build(RunSettings.FromJson(journal.Header.Configuration, path), RunDatabase.Shelf(path));
        var books = new AccountBooks();
        if (from is not null && !TryGoTo(from, journal, engine, books)) return null;
        long sequence = from?.Sequence ?? 0;
        JournalEntry before = default;
        while (journal.TryRead(out JournalEntry entry))
        {
            stop.ThrowIfCancellationRequested();
            if (engine.OutputHash != entry.OutputHash) return from is null ? throw Differs(path, journal.Header, before.Sequence) : null;
            Input input = entry.Input;
            books.On(engine, in input, engine.Process(in input));
            (before, sequence) = (entry, entry.Sequence);
        }
        JournalEnd end = journal.End!;
        if (end.FinalHash is { } final && final != engine.OutputHash) return from is null ? throw Differs(path, journal.Header, before.Sequence) : null;
        return new(journal.Header, path, engine, books, end.FinalHash is not null, sequence, end.Cut);
    }

    private static bool TryGoTo(Checkpoint from, JournalReader journal, Engine engine, AccountBooks books) =>
        from.Session == journal.Header.Session && journal.TrySkipTo(from.Sequence, from.Offset) && SessionState.TryRestore(from.State, engine, books) && engine.OutputHash == from.OutputHash;

    private static InputException Differs(string path, JournalHeader header, long sequence) => new(
        $"{path}: input {sequence} gives other outputs here than in the session, which Tradewind {header.Build} recorded (this is {BuildVersion.Text}); end what it left with that version");
}
