using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running.Recovering;

/// <summary>Finds what the last session of an account left in a data folder.</summary>
internal sealed class EarlierSessions(string folder)
{
    private const string Fresh = "or start with --fresh: then nothing of it is taken over, on paper it is gone, and what an account holds belongs to no strategy";

    /// <summary>
    /// Null where the last session ended flat, in order and without a trade of late, or there was none. One that ended flat and in order leaves its latest executions alone (the
    /// venue tells of them again, and they are nobody else's), and what its strategies' trades came to where the sizing looks at that.
    /// </summary>
    /// <param name="account">As <see cref="RunSettings.Ledger"/> names it.</param>
    /// <param name="cash">With what the next session begins where the last one ended flat and in order.</param>
    /// <param name="say">Hears what a person should know.</param>
    /// <exception cref="InputException">Its journal cannot be used; the sentence says the cure.</exception>
    public Carry? FindLeft(string account, decimal cash, Action<string> say, CancellationToken stop)
    {
        foreach (string path in Journals())
        {
            if (HeaderOf(path, say) is not { } header || !IsOf(account, header, path)) continue;
            EarlierSession session = Run(path, stop);
            if (session.Note is { } note) say(note);
            if (!session.EndedInOrder) JournalReader.GiveBackReserve(path);
            if (session.Inputs == 0) continue;
            return session is { EndedInOrder: true, IsFlat: true } ? Settled(LeftBy(session), cash) : LeftBy(session);
        }
        return null;
    }

    private static Carry? Settled(Carry left, decimal cash) => left.Executions.Count == 0 && left.Results is null ? null : left with
    {
        Account = new(cash, cash, 0m, 0m, (double)cash, 0, 0),
        Instruments = [.. left.Instruments.Select(instrument => instrument with { Mark = null })],
        Strategies = [],
        Orders = [],
    };

    private static Carry LeftBy(EarlierSession session)
    {
        string name = session.Header.Session;
        return session.Books.Complete(session.Engine.Leave(name, order => order.ClientId ?? ClientIdOf(name, order.Id.Value)))
            with
        { IsPaused = !session.EndedInOrder && session.Engine.State != TradingState.Active };
    }

    /// <summary>As brokers send it.</summary>
    public static string ClientIdOf(string session, long order) => FormattableString.Invariant($"tw-{session}-{order}");

    /// <summary>The latest first. Sessions are named by their start.</summary>
    private IEnumerable<string> Journals()
    {
        string journals = RunDatabase.Journals(folder).PathOf("");
        string directory = Path.GetDirectoryName(journals)!;
        if (!Directory.Exists(directory)) return [];
        return Directory.EnumerateFiles(directory, "*" + JournalDirectory.Extension).OrderByDescending(Path.GetFileNameWithoutExtension, SessionName.Order);
    }

    private static JournalHeader? HeaderOf(string path, Action<string> say)
    {
        try
        {
            using var reader = new JournalReader(path);
            return reader.Header;
        }
        catch (InputException) when (JournalReader.NeverBegan(path))
        {
            say($"{path}: a session ended before its first input; nothing was recorded, delete the file.");
            return null;
        }
        catch (InputException fault)
        {
            throw Unusable(fault.Message, fault);
        }
    }

    private static bool IsOf(string account, JournalHeader header, string path)
    {
        try
        {
            return RunSettings.FromJson(header.Configuration, path).Ledger == account;
        }
        catch (InputException fault)
        {
            throw Unusable(fault.Message, fault);
        }
    }

    private static EarlierSession Run(string path, CancellationToken stop)
    {
        try
        {
            return SessionReplay.Run(path, stop);
        }
        catch (InputException fault)
        {
            throw Unusable(fault.Message, fault);
        }
        catch (InvalidOperationException fault)
        {
            throw Unusable($"{path}: the session cannot be run again ({fault.Message.TrimEnd('.')})", fault);
        }
    }

    private static InputException Unusable(string what, Exception fault) =>
        new($"What the last session left cannot be known, and nothing is traded without it. {what.TrimEnd('.')}; {Fresh}.", fault);
}
