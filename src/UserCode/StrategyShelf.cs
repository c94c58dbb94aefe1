using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;

namespace Tradewind.UserCode;

/// <summary>Keeps the sources of a session's strategies and risk rules, each under its hash, so that a replay compiles the same text; and makes strategies of their versions.</summary>
/// <remarks>May be asked from several threads.</remarks>
/// <param name="folder">Where the sources are kept once the session has begun. Null keeps them only in memory.</param>
public sealed class StrategyShelf(string? folder) : IStrategyVersions
{
    private readonly Lock _lock = new();
    private readonly SourceFolder _sources = new(folder);
    private readonly Dictionary<string, StrategyFile> _openByPath = [];
    private readonly Dictionary<(string Name, string Symbol), KeptStrategy> _inSession = [];
    private readonly Dictionary<string, RiskRuleFile> _rulesByVersion = [];

    /// <summary>The session has begun: what was kept so far, and what comes, goes into the folder. One that is refused before leaves nothing there.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public void Begin() => _sources.Begin();

    /// <summary>Keeps the source under its hash and compiles it, so that the engine finds it ready.</summary>
    /// <exception cref="InputException">It does not compile or breaks a rule, or cannot be kept.</exception>
    public void Keep(StrategySource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        StrategyFile file = StrategyFile.Compile(source, cancel);
        _sources.Keep(source);
        lock (_lock) Put(file);
    }

    /// <summary>The same for a file of risk rules.</summary>
    /// <exception cref="InputException">It does not compile or breaks a rule for authors, holds no risk rule, or cannot be kept.</exception>
    public void KeepRules(StrategySource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        RiskRuleFile file = RiskRuleFile.Compile(source, cancel);
        _sources.Keep(source);
        lock (_lock) _rulesByVersion[source.Hash] = file;
    }

    /// <summary>A new risk rule of a version, for one engine.</summary>
    /// <exception cref="InputException">The version is not here, or cannot be used.</exception>
    public IRiskRule CreateRule(string path, string? name, string version, IReadOnlyDictionary<string, string> parameters)
    {
        RiskRuleFile? file;
        lock (_lock)
        {
            if (!_rulesByVersion.TryGetValue(version, out file)) _rulesByVersion.Add(version, file = RiskRuleFile.Compile(_sources.Read(path, version), CancellationToken.None));
        }
        return file.Create(name, parameters);
    }

    /// <summary>A strategy of a version, with the parameters that it will have in every later version too.</summary>
    /// <exception cref="InputException">The version is not here, or cannot be used.</exception>
    public StrategySettings Open(string path, string? name, string version, IReadOnlyDictionary<string, string> parameters)
    {
        return Configure(FileOf(path, version).Find(name), parameters);
    }

    /// <summary>Remembers what a strategy of the session is made of, for its later versions.</summary>
    /// <param name="inSession">Its name in the session, which with the symbol is its alone.</param>
    public void Remember(string inSession, string symbol, string path, string? name, IReadOnlyDictionary<string, string> parameters)
    {
        lock (_lock) _inSession[(inSession, symbol)] = new(path, name, parameters);
    }

    /// <inheritdoc/>
    public Strategy Create(string strategy, string version, Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        try
        {
            KeptStrategy? kept;
            lock (_lock) kept = _inSession.GetValueOrDefault((strategy, instrument.Symbol));
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
            return Put(StrategyFile.Compile(_sources.Read(path, version), CancellationToken.None));
        }
    }

    private StrategyFile Put(StrategyFile file)
    {
        // The one before goes once nothing runs of it any more.
        if (_openByPath.TryGetValue(file.Path, out StrategyFile? before)) before.Dispose();
        return _openByPath[file.Path] = file;
    }

    private sealed record KeptStrategy(string Path, string? Name, IReadOnlyDictionary<string, string> Parameters);
}
