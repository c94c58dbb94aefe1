using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Storage.Sqlite;

/// <summary>A wish of a strategy, as stored.</summary>
/// <param name="Sequence">Journal sequence of the input that caused it; in all other rows likewise.</param>
public sealed record StoredSignal(
    long Sequence, Timestamp Time, long Id, string Strategy, string Instrument, SignalAction Action, double Confidence, decimal? Quantity,
    OrderType OrderType, TimeInForce TimeInForce, decimal? LimitPrice, decimal? StopPrice, decimal? StopLoss, decimal? TakeProfit, Timestamp Expires, string Reason);

/// <summary>What an indicator showed to the strategy when it signaled.</summary>
/// <param name="Output">Index of the indicator's output.</param>
/// <param name="Value">Null where the indicator had none.</param>
public sealed record StoredIndicator(long Signal, string Name, int Output, double? Value);

/// <summary>A wish that was not taken.</summary>
public sealed record StoredRefusal(long Sequence, Timestamp Time, string Strategy, string Instrument, SignalAction Action, SignalRefusal Reason);

/// <summary>One vote of a decision.</summary>
/// <param name="Weight">The strategy's weight; the vote counts confidence × weight.</param>
public sealed record StoredVote(long Sequence, long Decision, string Strategy, long Signal, SignalAction Action, double Confidence, double Weight, decimal Target, decimal Held);

/// <summary>What all strategies together decided.</summary>
public sealed record StoredDecision(long Sequence, Timestamp Time, long Id, string Instrument, SignalAction Action, double Confidence, decimal Target, decimal Held);

/// <summary>One risk rule's answer to an order.</summary>
public sealed record StoredCheck(long Sequence, long Decision, string Instrument, string Rule, RiskDecision Result);

/// <summary>An order with its latest state.</summary>
/// <param name="Decision">0 for protective orders.</param>
public sealed record StoredOrder(
    long Sequence, Timestamp Time, long Id, long Decision, string Instrument, Side Side, OrderType Type, TimeInForce TimeInForce, OrderPurpose Purpose,
    decimal Quantity, decimal? LimitPrice, decimal? StopPrice, OrderStatus Status, decimal Filled, string? BrokerOrderId)
{
    /// <summary>The execution of which it fills a part; null for none.</summary>
    public long? Parent { get; init; }
}

/// <summary>What became of an execution.</summary>
/// <param name="Events">How it began and ended.</param>
/// <param name="Children">Its orders, the first one first.</param>
public sealed record ExecutionStory(long Number, IReadOnlyList<StoredEvent> Events, IReadOnlyList<StoredOrder> Children);

/// <summary>A strategy's part of an order, signed.</summary>
public sealed record StoredShare(string Strategy, decimal Quantity);

/// <summary>A step in an order's life.</summary>
/// <param name="Cause">What happened to it, and the words of who said so if there are any.</param>
public sealed record StoredChange(long Sequence, Timestamp Time, long Order, OrderStatus Status, OrderStatus Before, decimal Filled, string? Cause);

/// <summary>An order that a risk rule denied.</summary>
public sealed record StoredDenial(
    long Sequence, Timestamp Time, long Decision, string Instrument, RiskCode Code, Side Side, OrderType Type, OrderPurpose Purpose, decimal Quantity, decimal? LimitPrice, decimal? StopPrice);

/// <summary>An execution booked to a strategy.</summary>
/// <param name="Order">Null for a crossing between two of our own strategies.</param>
public sealed record StoredFill(
    long Sequence, Timestamp Time, long? Order, long Execution, string Strategy, string Instrument, Side Side, decimal Quantity, decimal Price, decimal Fee, decimal RealizedPnl, decimal PositionAfter);

/// <summary>A strategy's way from flat to flat.</summary>
public sealed record StoredRoundTrip(
    long Sequence, string Strategy, string Instrument, Timestamp Entered, Timestamp Exited, Side EntrySide, decimal Quantity, decimal EntryPrice, decimal ExitPrice, decimal GrossPnl, decimal Fees);

/// <summary>A strategy's latest position, signed; the account's is the sum over the strategies.</summary>
public sealed record StoredPosition(string Instrument, string Strategy, decimal Quantity, Timestamp Time);

/// <summary>Something a person should know: an alert, a strategy suspended or resumed, another trading state.</summary>
public sealed record StoredEvent(long Sequence, Timestamp Time, string Kind, string? Strategy, string? Instrument, string Text);

/// <summary>Why an order exists and what became of it.</summary>
/// <param name="Decision">Null for protective orders, which follow from a fill.</param>
/// <param name="Votes">In the order in which they were cast.</param>
/// <param name="Signals">The wishes behind the votes, with what their indicators showed.</param>
/// <param name="Checks">Every risk rule that was asked, in order.</param>
public sealed record OrderStory(
    StoredOrder Order, IReadOnlyList<StoredShare> Shares, StoredDecision? Decision, IReadOnlyList<StoredVote> Votes,
    IReadOnlyList<(StoredSignal Signal, IReadOnlyList<StoredIndicator> Indicators)> Signals, IReadOnlyList<StoredCheck> Checks,
    IReadOnlyList<StoredChange> Changes, IReadOnlyList<StoredFill> Fills)
{
    /// <summary>What was said of the position's protection, and alerts, when the order was made or changed.</summary>
    public IReadOnlyList<StoredEvent> Events { get; init; } = [];

    /// <summary>The execution of which the order fills a part; null for none.</summary>
    public ExecutionStory? Execution { get; init; }
}
