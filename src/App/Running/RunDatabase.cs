using Tradewind.Core.Model;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Sqlite;

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

    public static JournalDirectory Journals(string folder) => new(Path.Combine(folder, "journal"));
}
