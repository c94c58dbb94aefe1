using System.Diagnostics;
using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static int Execute(BacktestPlan plan, ChosenStrategy chosen, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop(Patience);
        // A file is compiled while the data are read.
        Task<StrategySettings> choosing = Task.Run(() => chosen.Configure(around, stop), CancellationToken.None);
        using MarketDataFile file = OpenData(plan, choosing, around);
        SimulatedRun run = Simulate(plan, choosing.GetAwaiter().GetResult(), file, around, stop);
        Write(run, around);
        if (run.Failure is null) return ExitCode.Done;
        around.SayError(run.Failure);
        return ExitCode.Failed;
    }

    /// <exception cref="InputException">The data, or the strategy which is prepared meanwhile, cannot be used; the message says all that is wrong with both.</exception>
    public static MarketDataFile OpenData(BacktestPlan plan, Task<StrategySettings>? meanwhile, Surroundings around)
    {
        try
        {
            MarketDataFile file = MarketDataFile.Open(around.PathOf(plan.DataFile), new() { Symbol = plan.Instrument.Symbol });
            foreach (string note in file.Notes) around.SayNote(note);
            return file;
        }
        catch (InputException fault) when (meanwhile is not null && OutcomeOf(meanwhile) is { } other)
        {
            throw new InputException($"{fault.Message}\n{other.Message}", fault);
        }
    }

    /// <summary>One run over the file.</summary>
    /// <exception cref="InputException">Data, instrument, strategy and terms do not fit together.</exception>
    public static SimulatedRun Simulate(BacktestPlan plan, StrategySettings strategy, MarketDataFile file, Surroundings around, CancellationToken stop)
    {
        Instrument instrument = plan.Instrument.Find(file);
        Timeframe timeframe = BarSeries.LengthFor(file, plan.Timeframe);
        Engine engine = Assemble(plan, strategy, instrument, timeframe);
        var backtest = new Backtest(engine, new()
        {
            Fills = Composition.FillModels[plan.FillModel](),
            Fees = new PerUnit(plan.Commission),
            SlippageTicks = plan.SlippageTicks,
            Latency = plan.Latency,
        });
        Range events = DataRange.Of(file, plan.From, plan.To);
        long start = Stopwatch.GetTimestamp();
        Run(backtest, file, events, timeframe, around, stop);
        var elapsed = Stopwatch.GetElapsedTime(start);
        StrategyView view = engine.Strategy(0);
        if (view.Failure is null) DemandDecisions(view, backtest.Tally, plan, timeframe, file.Timeframe == timeframe);
        string? failure = view.Failure is { } thrown ? $"{view.Name} was suspended: it failed with {StrategyFailure.Describe(thrown)}; it decided nothing after that." : null;
        return new(new(plan, strategy, instrument, timeframe, BacktestResult.Of(engine, backtest.Tally), elapsed), backtest.Tally.Trades, failure);
    }

    private static Exception? OutcomeOf(Task<StrategySettings> choosing)
    {
        ((IAsyncResult)choosing).AsyncWaitHandle.WaitOne();
        return choosing.Exception?.InnerException;
    }

    private static Engine Assemble(BacktestPlan plan, StrategySettings strategy, Instrument instrument, Timeframe timeframe)
    {
        if (instrument.RoundDownToLot(plan.Quantity) != plan.Quantity) throw new InputException($"--quantity: found {plan.Quantity}, expected a multiple of {instrument.LotSize}, the lot of {instrument.Symbol}.");
        Engine engine = Composition.BacktestEngine(instrument, plan.Cash, plan.Quantity, plan.AllowShort, plan.Rules);
        try
        {
            engine.Add(strategy.Create(instrument), 0, timeframe, strategy.Description.Name);
            return engine;
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private static void Run(Backtest backtest, MarketDataFile file, Range events, Timeframe timeframe, Surroundings around, CancellationToken stop)
    {
        var progress = new ProgressLine(around, file.Kind.ToString().ToLowerInvariant());
        (int first, int count) = events.GetOffsetAndLength(file.Count);
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

    /// <exception cref="InputException">The strategy was never asked, because its indicators need more bars than there are.</exception>
    private static void DemandDecisions(StrategyView strategy, Tally tally, BacktestPlan plan, Timeframe timeframe, bool areOwnBars)
    {
        if (strategy.IsReady || strategy.Indicators.MaxBy(each => each.WarmUp) is not { } slowest) return;
        long bars = areOwnBars ? tally.Marks : tally.BuiltBars;
        throw new InputException($"{plan.DataFile}: {strategy.Name} needs {slowest.WarmUp:N0} bars of {timeframe} before its first decision ({slowest.Name}), found {bars:N0}: {Math.Max(1, slowest.WarmUp - bars):N0} bars are missing; use more data, shorter bars or shorter periods.");
    }

    private static void Write(SimulatedRun run, Surroundings around)
    {
        BacktestOutcome outcome = run.Outcome;
        BacktestPlan plan = outcome.Plan;
        if (outcome.Result.DeniedOrders > 0) around.SayNote($"{outcome.Result.DeniedOrders:N0} orders were denied by risk rules; more --cash, a smaller --quantity or --risk none lets them pass.");
        if (plan.TradesFile is { } trades) OutputFile.Write(around.PathOf(trades), writer => RoundTripList.Write(run.Trades, writer));
        if (plan.JsonFile is { } json && json != "-") OutputFile.Write(around.PathOf(json), writer => Json.Write(writer, outcome.WriteJson));
        if (plan.JsonFile == "-") Json.Write(around.Output, outcome.WriteJson);
        else outcome.WriteText(around.Output);
    }
}

/// <summary>A finished run.</summary>
/// <param name="Trades">Closed round trips in the order of their ends.</param>
/// <param name="Failure">A sentence when the strategy was suspended on the way; null otherwise.</param>
internal sealed record SimulatedRun(BacktestOutcome Outcome, IReadOnlyList<ClosedTrade> Trades, string? Failure);
