using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;
using Tradewind.Strategies.Basic;
using Tradewind.UserCode;

namespace Tradewind.App.Running;

/// <summary>Builds the same engine from the same settings, for a live session and for its replay.</summary>
internal static class EngineFactory
{
    /// <exception cref="InputException">The settings are wrong; all faults in one message, a line each.</exception>
    /// <param name="watch">Who measures the strategies; null for a replay, which has nothing to measure.</param>
    /// <param name="workers">Threads for strategies; the outputs are the same without.</param>
    public static Engine Build(RunSettings settings, StrategyShelf shelf, IStrategyWatch? watch = null, IWorkers? workers = null)
    {
        if (settings.Faults() is { Count: > 0 } faults) throw new InputException(string.Join('\n', faults));
        var engine = new Engine(Composition.SessionEngine(settings, InstrumentsOf(settings), shelf) with { Watch = watch, Workers = workers });
        for (int instrument = 0; instrument < settings.Symbols.Count; instrument++)
        {
            HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
            foreach (StrategyChoice one in settings.Strategies.Where(each => each.Trades(settings.Symbols[instrument])))
            {
                string name = Add(engine, one, instrument, settings.BarLength, shelf);
                if (!names.Add(name)) throw new InputException($"Strategies: found two that are named {name} for {settings.Symbols[instrument]}, expected a name for each, by which it is shown and commanded; give one another, as in {{ \"name\": \"{one.Name}\", \"as\": \"{name}-2\" }}.");
            }
        }
        foreach (CaretakerChoice one in settings.Caretakers) AddCaretaker(engine, one, settings);
        return engine;
    }

    /// <summary>What is traded, in the engine's order.</summary>
    /// <exception cref="InputException">There is no such instrument.</exception>
    public static IReadOnlyList<Instrument> InstrumentsOf(RunSettings settings) => [.. settings.Symbols.Select(InstrumentOf)];

    private static void AddCaretaker(Engine engine, CaretakerChoice one, RunSettings settings)
    {
        int instrument = settings.Symbols.ToList().FindIndex(symbol => symbol.Equals(one.Symbol, StringComparison.OrdinalIgnoreCase));
        if (instrument < 0) throw new InputException($"Caretakers: {one.Name} is for {one.Symbol}, which is not among Symbols.");
        engine.Add(new DoNothing(), instrument, settings.BarLength, one.Name);
    }

    /// <summary>Its name in the session.</summary>
    private static string Add(Engine engine, StrategyChoice one, int instrument, Timeframe timeframe, StrategyShelf shelf)
    {
        try
        {
            StrategySettings configured = one.Configure(shelf);
            string name = one.NameOf(configured), symbol = engine.Options.Instruments[instrument].Symbol;
            if (one.Reference is { File: { } file } reference) shelf.Remember(name, symbol, file, reference.Name, one.Parameters);
            engine.Add(configured.Create(engine.Options.Instruments[instrument]), instrument, timeframe, name, one.Priority);
            return name;
        }
        catch (ArgumentException fault)
        {
            throw new InputException($"Strategies: {fault.Message}", fault);
        }
    }

    /// <summary>The settings with the text of each file of the user's own as it is now, strategies and risk rules, kept for the replay.</summary>
    /// <exception cref="InputException">A file cannot be used; all faults in one message, a line each.</exception>
    public static RunSettings Pin(RunSettings settings, StrategyShelf shelf, Surroundings around)
    {
        List<string> faults = [];
        Dictionary<string, string> strategies = Keep(settings.Strategies.Select(one => one.Reference.File), shelf.Keep, around, faults);
        RiskSettings risk = Pin(settings.Risk, shelf, around, faults);
        if (faults.Count > 0) throw new InputException(string.Join('\n', faults));
        return settings with { Risk = risk, Strategies = [.. settings.Strategies.Select(one => one.Reference.File is { } file ? one with { Source = strategies[file] } : one)] };
    }

    /// <inheritdoc cref="Pin(RunSettings, StrategyShelf, Surroundings)"/>
    public static RiskSettings Pin(RiskSettings risk, StrategyShelf shelf, Surroundings around)
    {
        List<string> faults = [];
        RiskSettings pinned = Pin(risk, shelf, around, faults);
        return faults.Count == 0 ? pinned : throw new InputException(string.Join('\n', faults));
    }

    private static RiskSettings Pin(RiskSettings risk, StrategyShelf shelf, Surroundings around, List<string> faults)
    {
        Dictionary<string, string> rules = Keep(risk.Rules.Select(one => one.Reference.File), shelf.KeepRules, around, faults);
        return risk with { Rules = [.. risk.Rules.Select(one => rules.TryGetValue(one.Reference.File!, out string? hash) ? one with { Source = hash } : one)] };
    }

    /// <summary>Hash of each file's text, by its name; what cannot be used is one more fault.</summary>
    private static Dictionary<string, string> Keep(IEnumerable<string?> files, Action<StrategySource, CancellationToken> keep, Surroundings around, List<string> faults)
    {
        Dictionary<string, string> hashes = [];
        foreach (string file in files.OfType<string>().Distinct())
        {
            try
            {
                StrategySource source = StrategySource.Read(around.PathOf(file));
                keep(StrategySource.Of(file, source.Files), CancellationToken.None);
                hashes.Add(file, source.Hash);
            }
            catch (InputException fault)
            {
                faults.Add(fault.Message);
            }
        }
        return hashes;
    }

    private static Instrument InstrumentOf(string symbol) =>
        Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new InputException($"There is no instrument \"{symbol}\".");
}
