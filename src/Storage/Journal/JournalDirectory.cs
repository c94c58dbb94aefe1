using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>The journals of a directory, one file a session, named by it.</summary>
public sealed class JournalDirectory(string directory)
{
    public const string Extension = ".twj";

    /// <summary>Where the journal of a session is or would be.</summary>
    public string PathOf(string session) => Path.Combine(directory, session + Extension);

    /// <summary>The sessions whose names begin so.</summary>
    public IEnumerable<string> NamesFrom(string beginning) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, beginning + "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)) : [];

    /// <summary>The readable headers with their files, the latest start first. Files that are no journals are left out.</summary>
    public IReadOnlyList<(string Path, JournalHeader Header)> List()
    {
        if (!Directory.Exists(directory)) return [];
        List<(string Path, JournalHeader Header)> found = [];
        foreach (string path in Directory.EnumerateFiles(directory, "*" + Extension))
        {
            if (TryReadHeader(path) is { } header) found.Add((path, header));
        }
        found.Sort((a, b) => b.Header.Started.CompareTo(a.Header.Started));
        return found;
    }

    /// <summary>The file that the user means by a path, a session's id or <c>last</c>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public string Find(string session)
    {
        if (File.Exists(session)) return session;
        if (session != "last" && session.IndexOfAny(['/', '\\']) < 0 && File.Exists(PathOf(session))) return PathOf(session);
        IReadOnlyList<(string Path, JournalHeader Header)> all = List();
        if (session == "last" && all.Count > 0) return all[0].Path;
        if (all.Count == 0) throw new InputException($"{directory}: found no session journal, expected {(session == "last" ? "one or more" : session)}; record one with tradewind run, or name a journal's path.");
        const int Shown = 3;
        string some = string.Join(", ", all.Take(Shown).Select(entry => entry.Header.Session));
        throw new InputException($"Session {session}: found neither a file of that name nor a session in {directory}, expected a path, last, or one of {all.Count} sessions ({some}{(all.Count > Shown ? ", …" : "")}); check the name.");
    }

    private static JournalHeader? TryReadHeader(string path)
    {
        try
        {
            using var reader = new JournalReader(path);
            return reader.Header;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
