using Tradewind.App.Running;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Core.Signals;
using Tradewind.Simulation.Fills;
using Tradewind.UserCode;

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

    public static readonly IReadOnlyDictionary<string, Func<RunSettings, ISignalCombiner>> Combiners = new Dictionary<string, Func<RunSettings, ISignalCombiner>>
    {
        ["consensus"] = settings => new Consensus(settings.MinimumConsensus),
        ["netting"] = _ => Netting.Instance,
    };

    public static readonly IReadOnlyDictionary<string, Func<SizingSettings, ISizing>> Sizings = new Dictionary<string, Func<SizingSettings, ISizing>>
    {
        ["fixed-quantity"] = settings => new FixedQuantity(settings.Quantity),
        ["fixed-fractional"] = settings => new FixedFractional(settings.Fraction),
        ["kelly"] = settings => new FractionalKelly(settings.Kelly),
        ["volatility"] = settings => new VolatilityTarget(settings.Fraction, settings.Ranges, settings.RangePeriod),
    };

    /// <summary>The rules of the risk gate, in the order in which they are asked: the limits of the settings, then the user's own.</summary>
    /// <exception cref="InputException">A file of the user's own cannot be used.</exception>
    public static IReadOnlyList<IRiskRule> Rules(RiskSettings risk, StrategyShelf shelf) =>
    [
        new MaxOrderQuantity(risk.MaxOrderQuantity),
        new MaxPosition(risk.MaxPosition),
        new MaxExposure(risk.MaxExposure),
        new BuyingPower(),
        new OrderRate(risk.MaxOrdersPerMinute, TimeSpan.FromMinutes(1)),
        new DuplicateOrder(TimeSpan.FromSeconds(risk.DuplicateWindowSeconds)),
        new MarketHours(TimeSpan.FromMinutes(risk.QuietMinutesBeforeClose)),
        new StaleData(TimeSpan.FromSeconds(risk.MaxDataAgeSeconds)),
        new SlippageLimit(risk.MaxSlippage),
        new DrawdownHalt(risk.MaxDrawdown),
        .. risk.Rules.Select(own => own.Create(shelf)),
    ];

    /// <summary>Bars that are kept of each series to warm up a strategy file that is saved while the session runs.</summary>
    private const int WarmUpBars = 2000;

    /// <summary>The engine of a session and of its replay.</summary>
    public static EngineOptions SessionEngine(RunSettings settings, IReadOnlyList<Instrument> instruments, StrategyShelf shelf) => new()
    {
        Instruments = instruments,
        StartingCash = settings.Cash,
        AllowShort = settings.AllowShort,
        StartsSynced = settings.IsPaper,
        Combiner = Combiners[settings.Combiner](settings),
        Sizing = Sizings[settings.Sizing.Method](settings.Sizing),
        Rules = Rules(settings.Risk, shelf),
        ProtectionLimit = TimeSpan.FromSeconds(settings.Risk.ProtectionSeconds),
        PlansBrackets = !settings.IsPaper && !settings.Brackets.Equals(BracketNames.Engine, StringComparison.OrdinalIgnoreCase),
        TrailsAtVenue = TrailingNames.AreNative(settings),
        CallRounds = settings.CallRounds,
        Versions = shelf,
        RecentBars = settings.Strategies.Any(one => one.Reference.File is not null) ? WarmUpBars : 0,
    };

    /// <summary>The engine of a backtest.</summary>
    public static Engine BacktestEngine(IReadOnlyList<Instrument> instruments, decimal cash, SizingSettings sizing, bool allowShort, int callRounds, IReadOnlyList<IRiskRule> rules) => new(new EngineOptions
    {
        Instruments = instruments,
        StartingCash = cash,
        Sizing = Sizings[sizing.Method](sizing),
        AllowShort = allowShort,
        CallRounds = callRounds,
        Rules = rules,
    });
}
