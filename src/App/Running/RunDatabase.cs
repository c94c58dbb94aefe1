using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Leases;
using Tradewind.Storage.Sqlite;
using Tradewind.UserCode;

namespace Tradewind.App.Running;

/// <summary>Where sessions leave their database and journals.</summary>
internal static class RunDatabase
{
    /// <exception cref="InputException">There is none and one is needed, or it is damaged or of a newer version.</exception>
    public static SqliteStore Open(string folder, bool mustExist = false)
    {
        string path = Path.Combine(folder, "tradewind.db");
        if (mustExist && !File.Exists(path)) throw new InputException($"{path}: there is no database; run a session first (tradewind run), or name its folder with --data-dir.");
        Directory.CreateDirectory(folder);
        return SqliteStore.Open(path);
    }

    /// <summary>Makes the folder where needed and holds it for one session until disposed: two would write into one database.</summary>
    /// <param name="takeOver">Takes it from a session that has it, too.</param>
    /// <exception cref="InputException">It is no folder, cannot be written to, or another session has it.</exception>
    public static Lease Claim(string folder, string session, bool takeOver, TimeProvider time)
    {
        if (File.Exists(folder)) throw new InputException($"{folder}: found a file, expected a folder for the database and the journals; move the file, or name another folder with --data-dir.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: nothing can be written there ({fault.Message.TrimEnd('.')}); give this user the right to, or name another folder with --data-dir.", fault);
        }
        var claim = new LeaseHolder(0, Environment.ProcessId, session, Path.GetFullPath(folder), time.GetUtcNow());
        return Lease.TryTake(Path.Combine(folder, "lease"), "folder", claim, takeOver, time, out LeaseHolder? other)
            ?? throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{folder}: another session is writing there ({other!.Session}, process {other.Process}); stop it, name another folder with --data-dir, or take over with --take-over where it does not answer any more."));
    }

    /// <summary>Beside a journal, the sources of the strategy files that its session ran.</summary>
    public static StrategyShelf Shelf(string journal) => new(Path.ChangeExtension(journal, ".strategies"));

    public static JournalDirectory Journals(string folder) => new(Path.Combine(folder, "journal"));
}
