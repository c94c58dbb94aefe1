using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;

namespace Tradewind.UserCode;

/// <summary>Keeps the sources of a session's strategies, each under its hash, so that a replay compiles the same text; and makes strategies of their versions.</summary>
/// <remarks>May be asked from several threads.</remarks>
/// <param name="folder">Where the sources are kept; made when the first one comes. Null keeps them only in memory.</param>
public sealed class StrategyShelf(string? folder) : IStrategyVersions
{
    // A hash in full is 64 digits; nothing else may become the name of a folder.
    private const int HashLength = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, StrategyFile> _openByPath = [];
    private readonly Dictionary<string, KeptStrategy> _byName = [];

    /// <summary>Writes the source under its hash and compiles it, so that the engine finds it ready.</summary>
    /// <exception cref="InputException">It does not compile or breaks a rule, or cannot be kept.</exception>
    public void Keep(StrategySource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        StrategyFile file = StrategyFile.Compile(source, cancel);
        if (folder is not null) Write(source, folder);
        lock (_lock) Put(file);
    }

    /// <summary>A strategy of a version, with the parameters that it will have in every later version too.</summary>
    /// <exception cref="InputException">The version is not here, or cannot be used.</exception>
    public StrategySettings Open(string path, string? name, string version, IReadOnlyDictionary<string, string> parameters)
    {
        StrategyDescription description = FileOf(path, version).Find(name);
        lock (_lock) _byName[description.Name] = new(path, name, parameters);
        return Configure(description, parameters);
    }

    /// <inheritdoc/>
    public Strategy Create(string strategy, string version, Instrument instrument)
    {
        try
        {
            KeptStrategy? kept;
            lock (_lock) kept = _byName.GetValueOrDefault(strategy);
            if (kept is null) throw new ArgumentException($"{strategy} is not of a file");
            return Configure(FileOf(kept.Path, version).Find(kept.Name), kept.Parameters).Create(instrument);
        }
        catch (InputException fault)
        {
            throw new ArgumentException(fault.Message, fault);
        }
    }

    private static StrategySettings Configure(StrategyDescription description, IReadOnlyDictionary<string, string> parameters)
    {
        try
        {
            return description.Configure(parameters);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private StrategyFile FileOf(string path, string version)
    {
        lock (_lock)
        {
            if (_openByPath.TryGetValue(path, out StrategyFile? open) && open.Hash == version) return open;
            return Put(StrategyFile.Compile(Read(path, version), CancellationToken.None));
        }
    }

    private StrategyFile Put(StrategyFile file)
    {
        // The one before goes once nothing runs of it any more.
        if (_openByPath.TryGetValue(file.Path, out StrategyFile? before)) before.Dispose();
        return _openByPath[file.Path] = file;
    }

    private static void Write(StrategySource source, string folder)
    {
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

    private StrategySource Read(string path, string version)
    {
        if (version.Length != HashLength || !version.All(char.IsAsciiHexDigitLower)) throw new InputException($"{path}: found the version \"{version}\", expected a hash of {HashLength} hexadecimal digits.");
        if (folder is null) throw new InputException($"{path}: there is no version {version} of it.");
        StrategySource kept = StrategySource.Read(Path.Combine(folder, version, Path.GetFileName(path)));
        if (kept.Hash != version) throw new InputException($"{Path.Combine(folder, version)}: the source that was kept has been changed; a replay needs it as it was.");
        return StrategySource.Of(path, kept.Files);
    }

    private sealed record KeptStrategy(string Path, string? Name, IReadOnlyDictionary<string, string> Parameters);
}
