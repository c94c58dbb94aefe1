using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.App.Running;

/// <summary>Builds the same engine from the same settings, for a live session and for its replay.</summary>
internal static class EngineFactory
{
    /// <exception cref="InputException">The settings are wrong; all faults in one message, a line each.</exception>
    public static Engine Build(RunSettings settings)
    {
        if (settings.Faults() is { Count: > 0 } faults) throw new InputException(string.Join('\n', faults));
        var engine = new Engine(Composition.SessionEngine(settings, [.. settings.Symbols.Select(InstrumentOf)]));
        for (int instrument = 0; instrument < settings.Symbols.Count; instrument++)
        {
            foreach (StrategyChoice one in settings.Strategies) engine.Add(one.Configure().Create(engine.Options.Instruments[instrument]), instrument, settings.BarLength, one.Name);
        }
        return engine;
    }

    private static Instrument InstrumentOf(string symbol) =>
        Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new InputException($"There is no instrument \"{symbol}\".");
}
