using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.App.Running;

/// <summary>Builds the same engine from the same settings, for a live session and for its replay.</summary>
internal static class EngineFactory
{
    /// <exception cref="InputException">The settings are wrong; all faults in one message, a line each.</exception>
    /// <param name="watch">Who measures the strategies; null for a replay, which has nothing to measure.</param>
    /// <param name="workers">Threads for strategies; the outputs are the same without.</param>
    public static Engine Build(RunSettings settings, IStrategyWatch? watch = null, IWorkers? workers = null)
    {
        if (settings.Faults() is { Count: > 0 } faults) throw new InputException(string.Join('\n', faults));
        var engine = new Engine(Composition.SessionEngine(settings, [.. settings.Symbols.Select(InstrumentOf)]) with { Watch = watch, Workers = workers });
        for (int instrument = 0; instrument < settings.Symbols.Count; instrument++)
        {
            foreach (StrategyChoice one in settings.Strategies.Where(each => each.Trades(settings.Symbols[instrument]))) Add(engine, one, instrument, settings.BarLength);
        }
        return engine;
    }

    private static void Add(Engine engine, StrategyChoice one, int instrument, Timeframe timeframe)
    {
        try
        {
            engine.Add(one.Configure().Create(engine.Options.Instruments[instrument]), instrument, timeframe, one.Name, one.Priority);
        }
        catch (ArgumentException fault)
        {
            throw new InputException($"Strategies: {fault.Message}", fault);
        }
    }

    private static Instrument InstrumentOf(string symbol) =>
        Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new InputException($"There is no instrument \"{symbol}\".");
}
