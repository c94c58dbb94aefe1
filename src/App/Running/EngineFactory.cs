using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;

namespace Tradewind.App.Running;

/// <summary>Builds the same engine from the same settings, for a live session and for its replay.</summary>
internal static class EngineFactory
{
    /// <exception cref="InputException">The settings are wrong; all faults in one message, a line each.</exception>
    public static Engine Build(RunSettings settings)
    {
        List<string> faults = [.. settings.Faults()];
        Dictionary<StrategyChoice, Func<Strategy>> makers = FindStrategies(settings, faults);
        if (faults.Count > 0) throw new InputException(string.Join('\n', faults));
        Timeframe timeframe = settings.BarLength;
        var engine = new Engine(new EngineOptions
        {
            Instruments = [.. settings.Symbols.Select(InstrumentOf)],
            StartingCash = settings.Cash,
            AllowShort = settings.AllowShort,
            Combiner = settings.Combiner == "netting" ? Netting.Instance : new Consensus(settings.MinimumConsensus),
            Sizing = settings.Sizing.Method == "fixed-fractional" ? new FixedFractional(settings.Sizing.Fraction) : new FixedQuantity(settings.Sizing.Quantity),
            Rules = Rules(settings.Risk),
        });
        for (int instrument = 0; instrument < settings.Symbols.Count; instrument++)
        {
            foreach (StrategyChoice one in settings.Strategies) engine.Add(makers[one](), instrument, timeframe, one.Name);
        }
        return engine;
    }

    private static IReadOnlyList<IRiskRule> Rules(RiskSettings risk) =>
    [
        new MaxOrderQuantity(risk.MaxOrderQuantity),
        new MaxPosition(risk.MaxPosition),
        new MaxExposure(risk.MaxExposure),
        new BuyingPower(),
        new OrderRate(risk.MaxOrdersPerMinute, TimeSpan.FromMinutes(1)),
        new StaleData(TimeSpan.FromSeconds(risk.MaxDataAgeSeconds)),
        new DrawdownHalt(risk.MaxDrawdown),
    ];

    private static Dictionary<StrategyChoice, Func<Strategy>> FindStrategies(RunSettings settings, List<string> faults)
    {
        var makers = new Dictionary<StrategyChoice, Func<Strategy>>();
        foreach (StrategyChoice one in settings.Strategies)
        {
            try
            {
                makers[one] = StrategyLibrary.BuiltIn.Find(one.Name).Configure(one.Parameters).Create;
            }
            catch (ArgumentException fault)
            {
                faults.Add($"Strategies: {fault.Message}");
            }
        }
        return makers;
    }

    private static Instrument InstrumentOf(string symbol) =>
        Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new InputException($"There is no instrument \"{symbol}\".");
}
