using System.Collections.Concurrent;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Live;

/// <summary>What a running engine looks like at one moment. Immutable; money in the account's currency.</summary>
/// <param name="Time">The engine's time of this picture.</param>
/// <param name="Drawdown">How far the equity is below its peak.</param>
public sealed record RunView(
    Timestamp Time, TradingState State, decimal StartingCash, decimal Cash, decimal Equity, double Drawdown, double MaxDrawdown,
    long Inputs, ulong OutputHash,
    IReadOnlyList<InstrumentRow> Instruments, IReadOnlyList<StrategyRow> Strategies,
    IReadOnlyList<SignalRow> Signals, IReadOnlyList<OrderRow> Orders, IReadOnlyList<AlertRow> Alerts, IReadOnlyList<EquityPoint> EquityCurve)
{
    /// <summary>All orders that work now, by instrument; <see cref="Orders"/> has the latest, ended ones too.</summary>
    public IReadOnlyList<OrderRow> Working { get; init; } = [];

    /// <summary>How well the venue's account is known.</summary>
    public AccountRow Account { get; init; } = new(AccountState.Synced, null);

    /// <summary>All strategies of the account together.</summary>
    public required UnprotectedRow Unprotected { get; init; }
}

/// <summary>How well the engine knows the venue's account: only when synced may an order add risk.</summary>
/// <param name="Why">In words, where it is not synced and the broker said why.</param>
public sealed record AccountRow(AccountState State, string? Why);

/// <summary>An instrument as it stands; null where nothing is known yet.</summary>
/// <param name="DataAgeSeconds">Time since its market data last said anything.</param>
public sealed record InstrumentRow(
    string Symbol, string Description, double? Last, double? Bid, double? Ask, double? DataAgeSeconds, bool IsFeedDown,
    decimal Position, decimal AveragePrice, decimal UnrealizedPnl, int WorkingOrders)
{
    /// <summary>The part of the position that no strategy made.</summary>
    public decimal External { get; init; }
}

/// <summary>A strategy as it stands.</summary>
public sealed record StrategyRow(
    string Name, string Symbol, string Timeframe, string State, decimal Position, string Wish, double Weight,
    long Signals, long RoundTrips, long Wins, decimal RealizedPnl, decimal Fees, IReadOnlyList<IndicatorValue> Indicators)
{
    public required StrategyMetrics Metrics { get; init; }

    /// <summary>How its wish is worked, running or over; null where the wish names no execution.</summary>
    public ExecutionRow? Execution { get; init; }
}

/// <summary>An execution as it stands.</summary>
/// <param name="Number">Its children name it as their parent; 0 while it waits for orders of an earlier wish to end.</param>
/// <param name="Words">The algorithm and its settings.</param>
/// <param name="State">Waiting, Running, Done, Over or Stopped.</param>
/// <param name="Filled">Units that its children filled.</param>
/// <param name="Working">Units that its children could still fill at most.</param>
/// <param name="Ends">When its time is over, at the latest with the wish.</param>
/// <param name="Why">Why it was stopped; null where it was not.</param>
public sealed record ExecutionRow(long Number, string Algorithm, string Words, string State, string Side, decimal Quantity, decimal Filled, decimal Working, Timestamp Started, Timestamp Ends, string? Why)
{
    internal static ExecutionRow? Of(ExecutionView? view) => view is not { } seen ? null : new(
        seen.Number, seen.Algorithm, seen.Words, seen.State.ToString(), seen.Side.ToString(), seen.Quantity, seen.Filled, seen.Working, seen.Start, seen.End, seen.Why);
}

/// <summary>How well a strategy does its work.</summary>
/// <param name="Priority">Of two on one series, the higher one is asked first.</param>
/// <param name="Refused">Wishes that were not taken.</param>
/// <param name="HitRate">Share of its round trips that earned money; null before the first.</param>
/// <param name="AverageConfidence">Over its signals; null before the first.</param>
/// <param name="Suspensions">How often it was suspended.</param>
/// <param name="LastError">What it threw last; null before the first time.</param>
/// <param name="Calls">How long it took; null where nobody measures, and before the first call.</param>
public sealed record StrategyMetrics(int Priority, long Refused, double? HitRate, double? AverageConfidence, long Suspensions, string? LastError, CallTimes? Calls)
{
    /// <summary>Time that its position stood without a confirmed stop although it was to have one.</summary>
    public required UnprotectedRow Unprotected { get; init; }

    /// <summary>Its position is being closed, because its protection failed or by command.</summary>
    public bool IsClosing { get; init; }
}

/// <summary>Time that positions stood without a confirmed stop although they were to have one.</summary>
/// <param name="CurrentSeconds">Of the period that lasts now; 0 while protected or flat.</param>
/// <param name="LongestSeconds">Of one period.</param>
/// <param name="Count">Periods longer than nothing.</param>
public sealed record UnprotectedRow(double CurrentSeconds, double LongestSeconds, double TotalSeconds, long Count)
{
    internal static UnprotectedRow Of(UnprotectedTime time) => new(time.Current.TotalSeconds, time.Longest.TotalSeconds, time.Total.TotalSeconds, time.Count);
}

/// <summary>A value of an indicator; null until ready. The name of one in a strategy with a second instrument begins with its own instrument: <c>ES sma(20)</c>.</summary>
public sealed record IndicatorValue(string Name, double? Value);

/// <summary>A signal that was raised.</summary>
public sealed record SignalRow(Timestamp Time, string Strategy, string Symbol, string Action, double Confidence, string Reason);

/// <summary>An order as it stands.</summary>
public sealed record OrderRow(long Id, Timestamp Time, string Symbol, string Side, decimal Quantity, string Type, string Purpose, string Status, decimal Filled, decimal AveragePrice)
{
    /// <summary>The broker's number; null until it told us.</summary>
    public string? BrokerOrderId { get; init; }

    /// <summary>The execution of which it fills a part; null for none.</summary>
    public long? Parent { get; init; }

    /// <summary>The id under which an earlier session sent it; null for an order of this session.</summary>
    public string? ClientId { get; init; }

    /// <summary>Null where its type has none.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Null where its type has none.</summary>
    public decimal? StopPrice { get; init; }
}

/// <summary>Something a person should know.</summary>
public sealed record AlertRow(Timestamp Time, string Text);

/// <summary>The equity at one moment.</summary>
public sealed record EquityPoint(Timestamp Time, double Equity);

/// <summary>Keeps the latest happenings and publishes a picture of the engine each time the clock ticks. Any thread may read the picture.</summary>
public sealed class StatusBoard(Engine engine) : IOutputSink
{
    private const int Kept = 30;
    private const int CurvePoints = 720;
    private static readonly TimeSpan CurveStep = TimeSpan.FromSeconds(5);

    private readonly List<SignalRow> _signals = [];
    private readonly List<Order> _orders = [];
    private readonly List<AlertRow> _alerts = [];
    private readonly List<EquityPoint> _curve = [];
    private readonly ConcurrentQueue<string> _warnings = new();
    private string? _accountWhy;
    private string _denial = "";
    private RunView? _view;

    /// <summary>The latest picture; null before the first.</summary>
    public RunView? View => Volatile.Read(ref _view);

    /// <summary>Shows something that did not come from the engine among the alerts. From any thread.</summary>
    public void Warn(string text) => _warnings.Enqueue(text);

    public void On(long sequence, in Input input, ReadOnlySpan<Output> outputs)
    {
        foreach (ref readonly Output output in outputs) Note(in output);
        if (input.Kind != InputKind.Timer) return;
        while (_warnings.TryDequeue(out string? text)) Keep(_alerts, new(engine.Now, text));
        Volatile.Write(ref _view, Draw());
    }

    private void Note(in Output output)
    {
        switch (output.Kind)
        {
            case OutputKind.SignalRaised:
                Signal signal = output.Signal;
                Keep(_signals, new(signal.Time, engine.Strategy(signal.Strategy).Name, SymbolOf(signal.Instrument), signal.Action.ToString(), signal.Confidence, signal.Reason));
                break;
            case OutputKind.OrderSubmitted when output.Order.Sends == 1: Keep(_orders, output.Order); break;
            case OutputKind.OrderCarried: Keep(_orders, output.Order); break;
            case OutputKind.AccountStateChanged: _accountWhy = output.AccountStateChanged.State == AccountState.Synced ? null : output.Text ?? _accountWhy; break;
            case OutputKind.Alert: Keep(_alerts, new(output.Time, output.Text!)); break;
            case OutputKind.StrategySuspended: Keep(_alerts, new(output.Time, $"{engine.Strategy(output.Strategy).Name} is suspended: {output.Text}")); break;
            case OutputKind.RiskChecked when output.RiskChecked.Result.Outcome == RiskOutcome.Deny: _denial = $"by {output.Text}: {output.RiskChecked.Result.Sentence()}"; break;
            case OutputKind.OrderDenied: Keep(_alerts, new(output.Time, $"An order for {SymbolOf(output.Instrument)} was denied {_denial}.")); break;
        }
    }

    private RunView Draw()
    {
        Account account = engine.Account;
        // Before the first market data a followed market has no time yet.
        bool hasTime = engine.Now.Nanoseconds > 0;
        if (hasTime && (_curve.Count == 0 || engine.Now - _curve[^1].Time >= CurveStep))
        {
            if (_curve.Count == CurvePoints) _curve.RemoveAt(0);
            _curve.Add(new(engine.Now, account.Equity));
        }
        return new(engine.Now, engine.State, account.StartingCash, account.Cash, account.ExactEquity(), account.Drawdown, account.MaxDrawdown,
            engine.InputCount, engine.OutputHash,
            [.. Enumerable.Range(0, engine.Options.Instruments.Count).Select(DrawInstrument)],
            [.. Enumerable.Range(0, engine.StrategyCount).Select(DrawStrategy)],
            [.. Enumerable.Reverse(_signals)], [.. Enumerable.Reverse(_orders).Select(DrawOrder)], [.. Enumerable.Reverse(_alerts)], [.. _curve])
        {
            Working = [.. Enumerable.Range(0, engine.Options.Instruments.Count).SelectMany(index => engine.Market(index).Working).Select(DrawOrder)],
            Account = new(engine.AccountState, _accountWhy),
            Unprotected = UnprotectedRow.Of(engine.UnprotectedTime),
        };
    }

    private InstrumentRow DrawInstrument(int index)
    {
        MarketView market = engine.Market(index);
        Position position = engine.Account.PositionOf(index);
        bool hasQuote = market.Quote.Time.Nanoseconds != 0;
        return new(market.Instrument.Symbol, market.Instrument.Description, Known(market.Mark),
            hasQuote ? market.Quote.Bid : null, hasQuote ? market.Quote.Ask : null,
            market.LastData == Timestamp.MinValue ? null : (engine.Now - market.LastData).TotalSeconds, market.IsFeedDown,
            position.Quantity, position.AveragePrice, engine.Account.UnrealizedPnlOf(index), market.Working.Count)
        { External = market.External };
    }

    private StrategyRow DrawStrategy(int index)
    {
        StrategyView strategy = engine.Strategy(index);
        string state = strategy.IsClosing ? "closing" : strategy.IsSuspended ? "suspended" : strategy.IsReduceOnly ? "reduce only" : strategy.IsRefused ? "refused by the broker" : strategy.IsReady ? "running" : "warming up";
        string of = strategy.IsLinked ? SymbolOf(strategy.Instrument) + " " : "";
        Tradewind.Core.Strategies.StrategyCounters counters = strategy.Counters;
        return new(strategy.Name, SymbolOf(strategy.Instrument), strategy.Timeframe.ToString(), state, strategy.Position.Quantity,
            strategy.Wish?.Action.ToString() ?? "none", strategy.Weight, counters.Signals, counters.RoundTrips, counters.Wins, counters.RealizedPnl, counters.Fees,
            [.. strategy.Indicators.SelectMany(indicator => Enumerable.Range(0, indicator.OutputCount).Select(i => new IndicatorValue(of + indicator.ColumnName(i), Known(indicator[i]))))])
        {
            Metrics = new(strategy.Priority, counters.Refused, counters.HitRate, counters.AverageConfidence, counters.Suspensions, strategy.LastError, (engine.Options.Watch as StrategyWatch)?.Times(index))
            {
                Unprotected = UnprotectedRow.Of(strategy.UnprotectedTime),
                IsClosing = strategy.IsClosing,
            },
            Execution = ExecutionRow.Of(strategy.Execution),
        };
    }

    private OrderRow DrawOrder(Order order) => new(order.Id.Value, order.Created, SymbolOf(order.Instrument), order.Side.ToString(), order.Quantity,
        order.Type.ToString(), order.Purpose.ToString(), order.Status.ToString(), order.FilledQuantity, order.AverageFillPrice)
    {
        BrokerOrderId = order.BrokerOrderId,
        ClientId = order.ClientId,
        Parent = order.Parent == 0 ? null : order.Parent,
        LimitPrice = order.Type is OrderType.Limit or OrderType.StopLimit ? order.LimitPrice : null,
        StopPrice = order.Type is OrderType.Stop or OrderType.StopLimit ? order.StopPrice : null,
    };

    private string SymbolOf(int instrument) => engine.Options.Instruments[instrument].Symbol;

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static void Keep<T>(List<T> rows, T row)
    {
        if (rows.Count == Kept) rows.RemoveAt(0);
        rows.Add(row);
    }
}
