using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Simulation.Fills;

namespace Tradewind.App;

/// <summary>All wiring: which parts there are under which name, and what an engine is made of. A new part of these kinds is one line here.</summary>
internal static class Composition
{
    public static readonly IReadOnlyDictionary<string, Func<IFillModel>> FillModels = new Dictionary<string, Func<IFillModel>>(StringComparer.OrdinalIgnoreCase)
    {
        ["next-open"] = () => new NextOpen(),
        ["this-close"] = () => new ThisClose(),
        ["intrabar"] = () => new Intrabar(),
    };

    /// <summary>The engine of a backtest: one instrument, always the same quantity.</summary>
    public static Engine BacktestEngine(Instrument instrument, decimal cash, decimal quantity, bool allowShort, IReadOnlyList<IRiskRule> rules) => new(new EngineOptions
    {
        Instruments = [instrument],
        StartingCash = cash,
        Sizing = new FixedQuantity(quantity),
        AllowShort = allowShort,
        Rules = rules,
    });
}
