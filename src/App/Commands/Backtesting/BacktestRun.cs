using System.Diagnostics;
using System.Globalization;
using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Simulation;
using Tradewind.Simulation.Fees;
using Tradewind.Simulation.Statistics;
using Tradewind.Storage;
using Tradewind.Strategies;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>One backtest: reads the data, runs the engine over it, writes what came of it.</summary>
internal static class BacktestRun
{
    // How many events pass between two looks at Ctrl-C and the progress line.
    private const int Stride = 1 << 15;
    public static int Execute(BacktestPlan plan, ChosenStrategy chosen, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop();
        // A file is compiled while the data are read.
        Task<StrategySettings> choosing = Task.Run(() => chosen.Configure(around, stop), CancellationToken.None);
        using BacktestData data = OpenData(plan, choosing, around);
        SimulatedRun run = Simulate(plan, choosing.GetAwaiter().GetResult(), data, around, stop);
        Write(run, around);
        if (run.Failure is null) return ExitCode.Done;
        around.SayError(run.Failure);
        return ExitCode.Failed;
    }

    /// <exception cref="InputException">The data, or the strategy which is prepared meanwhile, cannot be used; the message says all that is wrong with both.</exception>
    public static BacktestData OpenData(BacktestPlan plan, Task<StrategySettings>? meanwhile, Surroundings around)
    {
        try
        {
            return BacktestData.Open(plan, around);
        }
        catch (InputException fault) when (meanwhile is not null && OutcomeOf(meanwhile) is { } other)
        {
            throw new InputException($"{fault.Message}\n{other.Message}", fault);
        }
    }

    /// <summary>One run over the data.</summary>
    /// <exception cref="InputException">Data, instruments, strategy and terms do not fit together.</exception>
    public static SimulatedRun Simulate(BacktestPlan plan, StrategySettings strategy, BacktestData data, Surroundings around, CancellationToken stop)
    {
        IReadOnlyList<BacktestMarket> markets = BacktestMarket.Find(plan, data, out Timeframe timeframe);
        Engine engine = Assemble(plan, strategy, markets, timeframe);
        var backtest = new Backtest(engine, new()
        {
            Fills = Composition.FillModels[plan.FillModel](),
            Fees = new PerUnit(plan.Commission),
            SlippageTicks = plan.SlippageTicks,
            Latency = plan.Latency,
        });
        long start = Stopwatch.GetTimestamp();
        try
        {
            using var stall = new StallWatch(() => backtest.Tally.Marks, () => $"the event after {backtest.Tally.Last}", around);
            if (markets.Count == 1) Run(backtest, markets[0], timeframe, around, stop);
            else RunJointly(backtest, markets, timeframe, around, stop);
            backtest.Finish();
        }
        finally
        {
            foreach (string fault in engine.Release()) around.SayNote(fault);
        }
        var elapsed = Stopwatch.GetElapsedTime(start);
        StrategyView view = engine.Strategy(0);
        if (view.Failure is null) DemandDecisions(view, backtest.Tally, plan, timeframe, markets.Count == 1 && data.Main.Timeframe == timeframe);
        string? failure = view.Failure is { } thrown ? $"{view.Name} was suspended: it failed with {StrategyFailure.Describe(thrown)}; it decided nothing after that." : null;
        return new(new(plan, strategy, markets, timeframe, BacktestResult.Of(engine, backtest.Tally), elapsed), backtest.Tally.Trades, failure) { Refusals = backtest.Tally.Refusals };
    }

    private static Exception? OutcomeOf(Task<StrategySettings> choosing)
    {
        ((IAsyncResult)choosing).AsyncWaitHandle.WaitOne();
        return choosing.Exception?.InnerException;
    }

    private static Engine Assemble(BacktestPlan plan, StrategySettings strategy, IReadOnlyList<BacktestMarket> markets, Timeframe timeframe)
    {
        foreach (Instrument each in markets.Select(market => market.Instrument))
        {
            if (plan.Sizing is { Method: "fixed-quantity", Quantity: var units } && each.RoundDownToLot(units) != units) throw new InputException($"--quantity: found {units}, expected a multiple of {each.LotSize}, the lot of {each.Symbol}.");
        }
        Engine engine = Composition.BacktestEngine([.. markets.Select(market => market.Instrument)], plan.Cash, plan.Sizing, plan.AllowShort, plan.CallRounds, plan.Rules());
        try
        {
            engine.Add(strategy.Create(markets[0].Instrument), 0, timeframe, strategy.Description.Name);
        }
        catch (MissingLegException fault)
        {
            string others = plan.Legs.Count == 0 ? "or name another instrument in its parameters" : $"or name {string.Join(" or ", plan.Legs.Select(leg => leg.Symbol))} in its parameters";
            throw new InputException($"{fault.Strategy} trades {fault.Symbol} beside {fault.Own}, and there are no data of {fault.Symbol}; add --leg {fault.Symbol}=FILE, {others}.", fault);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message, fault);
        }
        HashSet<int> traded = [.. Enumerable.Range(0, engine.StrategyCount).Select(index => engine.Strategy(index).Instrument)];
        string[] idle = [.. markets.Where((_, index) => !traded.Contains(index)).Select(market => market.Instrument.Symbol)];
        return idle.Length == 0 ? engine : throw new InputException($"--leg: {strategy.Description.Name} does not trade {string.Join(" and ", idle)}; leave the leg out, or name it in the strategy's parameters.");
    }

    private static void Run(Backtest backtest, BacktestMarket market, Timeframe timeframe, Surroundings around, CancellationToken stop)
    {
        MarketDataFile file = market.File;
        var progress = new ProgressLine(around, file.Kind.ToString().ToLowerInvariant());
        (int first, int count) = market.Events.GetOffsetAndLength(file.Count);
        for (int done = 0; done < count; done += Stride)
        {
            stop.ThrowIfCancellationRequested();
            progress.Show(done, count);
            int size = Math.Min(Stride, count - done);
            switch (file.Kind)
            {
                case MarketDataKind.Bars: backtest.Run(0, file.Bars.Span.Slice(first + done, size)); break;
                case MarketDataKind.Trades: backtest.Run(0, file.Trades.Span.Slice(first + done, size)); break;
                default: backtest.Run(0, file.Quotes.Span.Slice(first + done, size), timeframe); break;
            }
        }
        stop.ThrowIfCancellationRequested();
        progress.Finish(count);
    }

    private static void RunJointly(Backtest backtest, IReadOnlyList<BacktestMarket> markets, Timeframe timeframe, Surroundings around, CancellationToken stop)
    {
        var progress = new ProgressLine(around, "events");
        var run = new JointRun(backtest, [.. markets.Select((market, index) => market.ToHistory(index, timeframe))]);
        int done = 0;
        do
        {
            stop.ThrowIfCancellationRequested();
            progress.Show(done, run.Count);
            done += Stride;
        }
        while (run.Advance(Stride));
        stop.ThrowIfCancellationRequested();
        progress.Finish(run.Count);
    }

    /// <exception cref="InputException">The strategy was never asked, because its indicators need more bars than there are.</exception>
    private static void DemandDecisions(StrategyView strategy, Tally tally, BacktestPlan plan, Timeframe timeframe, bool areOwnBars)
    {
        if (strategy.IsReady || strategy.Indicators.MaxBy(each => each.WarmUp) is not { } slowest) return;
        long bars = areOwnBars ? tally.Marks : tally.BuiltBars;
        throw new InputException($"{plan.DataFile}: {strategy.Name} needs {slowest.WarmUp:N0} bars of {timeframe} before its first decision ({slowest.Name}), found {bars:N0}: {Math.Max(1, slowest.WarmUp - bars):N0} bars are missing; use more data, shorter bars or shorter periods.");
    }

    private static string Denials(BacktestResult result)
    {
        string rules = string.Join(", ", result.Denials.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Value:N0}")));
        return string.Create(CultureInfo.InvariantCulture, $"{result.DeniedOrders:N0} orders were denied by risk rules ({rules}); more --cash, a smaller --quantity, other limits or --risk none lets them pass.");
    }

    private static string Refusals(IReadOnlyDictionary<SignalRefusal, long> refusals)
    {
        string reasons = string.Join("; ", refusals.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key.Sentence()}: {each.Value:N0}")));
        return string.Create(CultureInfo.InvariantCulture, $"{refusals.Values.Sum():N0} wishes were refused, so that no order came of them ({reasons}).");
    }

    private static void Write(SimulatedRun run, Surroundings around)
    {
        BacktestOutcome outcome = run.Outcome;
        BacktestPlan plan = outcome.Plan;
        if (BacktestMarket.UnevenEnd(outcome.Markets) is { } uneven) around.SayNote(uneven);
        if (outcome.Result.DeniedOrders > 0) around.SayNote(Denials(outcome.Result));
        if (run.Refusals.Count > 0) around.SayNote(Refusals(run.Refusals));
        if (plan.TradesFile is { } trades) ResultFile.Write(around.PathOf(trades), writer => RoundTripList.Write(run.Trades, [.. outcome.Markets.Select(market => market.Instrument.Symbol)], writer));
        if (plan.JsonFile is { } json && json != "-") ResultFile.Write(around.PathOf(json), writer => Json.Write(writer, outcome.WriteJson));
        if (plan.JsonFile == "-") Json.Write(around.Output, outcome.WriteJson);
        else outcome.WriteText(around.Output);
    }
}

/// <summary>A finished run.</summary>
/// <param name="Trades">Closed round trips in the order of their ends.</param>
/// <param name="Failure">A sentence when the strategy was suspended on the way; null otherwise.</param>
internal sealed record SimulatedRun(BacktestOutcome Outcome, IReadOnlyList<ClosedTrade> Trades, string? Failure)
{
    /// <summary>Wishes that were not taken, by their reason.</summary>
    public required IReadOnlyDictionary<SignalRefusal, long> Refusals { get; init; }
}
