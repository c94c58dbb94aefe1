using Tradewind.Core.Model;

namespace Tradewind.UserCode;

/// <summary>Keeps sources under their hashes: in memory, and from <see cref="Begin"/> on in a folder too, where a replay finds them.</summary>
/// <param name="folder">Made when the first source goes there. Null keeps them only in memory.</param>
internal sealed class SourceFolder(string? folder)
{
    // A hash in full is 64 digits; nothing else may become the name of a folder.
    private const int HashLength = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, StrategySource> _kept = [];
    private bool _hasBegun;

    /// <exception cref="InputException">It cannot be written.</exception>
    public void Keep(StrategySource source)
    {
        lock (_lock)
        {
            if (_kept.TryAdd(source.Hash, source) && _hasBegun) Write(source);
        }
    }

    /// <summary>What was kept so far goes into the folder, and from now on all that comes.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public void Begin()
    {
        lock (_lock)
        {
            _hasBegun = true;
            foreach (StrategySource source in _kept.Values) Write(source);
        }
    }

    /// <param name="path">As the user names the file.</param>
    /// <exception cref="InputException">There is no such version, or it was changed since.</exception>
    public StrategySource Read(string path, string version)
    {
        if (version.Length != HashLength || !version.All(char.IsAsciiHexDigitLower)) throw new InputException($"{path}: found the version \"{version}\", expected a hash of {HashLength} hexadecimal digits.");
        lock (_lock)
        {
            if (_kept.TryGetValue(version, out StrategySource? known)) return StrategySource.Of(path, known.Files);
        }
        if (folder is null) throw new InputException($"{path}: there is no version {version} of it.");
        StrategySource kept = StrategySource.Read(Path.Combine(folder, version, Path.GetFileName(path)));
        if (kept.Hash != version) throw new InputException($"{Path.Combine(folder, version)}: the source that was kept has been changed; a replay needs it as it was.");
        return StrategySource.Of(path, kept.Files);
    }

    private void Write(StrategySource source)
    {
        if (folder is null) return;
        try
        {
            string place = Path.Combine(folder, source.Hash);
            string shared = Path.Combine(place, StrategySource.SharedFolder);
            Directory.CreateDirectory(source.Files.Count > 1 ? shared : place);
            for (int i = 0; i < source.Files.Count; i++) File.WriteAllText(Path.Combine(i == 0 ? place : shared, Path.GetFileName(source.Files[i].Path)), source.Files[i].Text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the source of {source.Path} cannot be kept for the replay ({fault.Message.TrimEnd('.')}); make room, or check the permissions.", fault);
        }
    }
}
