using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;
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
            foreach (StrategyChoice one in settings.Strategies.Where(each => each.Trades(settings.Symbols[instrument]))) Add(engine, one, instrument, settings.BarLength, shelf);
        }
        return engine;
    }

    /// <summary>What is traded, in the engine's order.</summary>
    /// <exception cref="InputException">There is no such instrument.</exception>
    public static IReadOnlyList<Instrument> InstrumentsOf(RunSettings settings) => [.. settings.Symbols.Select(InstrumentOf)];

    private static void Add(Engine engine, StrategyChoice one, int instrument, Timeframe timeframe, StrategyShelf shelf)
    {
        try
        {
            StrategySettings configured = one.Configure(shelf);
            engine.Add(configured.Create(engine.Options.Instruments[instrument]), instrument, timeframe, configured.Description.Name, one.Priority);
        }
        catch (ArgumentException fault)
        {
            throw new InputException($"Strategies: {fault.Message}", fault);
        }
    }

    /// <summary>The settings with the text of each strategy file as it is now, kept for the replay.</summary>
    /// <exception cref="InputException">A file cannot be used; all faults in one message, a line each.</exception>
    public static RunSettings Pin(RunSettings settings, StrategyShelf shelf, Surroundings around)
    {
        List<string> faults = [];
        Dictionary<string, string> hashes = [];
        foreach (string file in settings.Strategies.Select(one => one.Reference.File).OfType<string>().Distinct())
        {
            try
            {
                StrategySource source = StrategySource.Read(around.PathOf(file));
                shelf.Keep(StrategySource.Of(file, source.Files), CancellationToken.None);
                hashes.Add(file, source.Hash);
            }
            catch (InputException fault)
            {
                faults.Add(fault.Message);
            }
        }
        if (faults.Count > 0) throw new InputException(string.Join('\n', faults));
        return settings with { Strategies = [.. settings.Strategies.Select(one => one.Reference.File is { } file ? one with { Source = hashes[file] } : one)] };
    }

    private static Instrument InstrumentOf(string symbol) =>
        Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new InputException($"There is no instrument \"{symbol}\".");
}
