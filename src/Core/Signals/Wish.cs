using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;

namespace Tradewind.Core.Signals;

/// <summary>What a strategy hands over; the engine checks it and makes a <see cref="Signal"/> of it when it says something new.</summary>
public readonly record struct Wish
{
    public Wish(SignalAction action, string reason, double confidence = 1)
    {
        Action = action;
        Reason = reason;
        Confidence = confidence;
    }

    public SignalAction Action { get; }

    /// <summary>Words for people; constant text costs nothing.</summary>
    public string Reason { get; }

    /// <summary>0 to 1.</summary>
    public double Confidence { get; }

    /// <summary>Units wished for; 0 leaves it to the sizing.</summary>
    public decimal Quantity { get; init; }

    public OrderType OrderType { get; init; }

    public TimeInForce TimeInForce { get; init; }

    /// <summary>When the order ends; needed for <see cref="TimeInForce.Gtd"/>, and only there.</summary>
    public Timestamp? GoodTill { get; init; }

    /// <summary>Limit price, rounded to the tick size; needed for limit and stop-limit orders.</summary>
    public double? LimitPrice { get; init; }

    /// <summary>Trigger price, rounded to the tick size; needed for stop and stop-limit orders.</summary>
    public double? StopPrice { get; init; }

    /// <summary>Price of the protective stop, rounded to the tick size.</summary>
    public double? StopLoss { get; init; }

    /// <summary>Price at which profit is taken, rounded to the tick size.</summary>
    public double? TakeProfit { get; init; }

    /// <summary>One to four prices at which parts of the position are closed, nearest first; what they leave is closed at <see cref="TakeProfit"/>, or by the stop.</summary>
    public IReadOnlyList<ProfitTarget>? Targets { get; init; }

    /// <summary>Lets the protective stop follow the price. Without <see cref="StopLoss"/> the stop begins at its distance from the fill.</summary>
    public TrailingStop? Trail { get; init; }

    /// <summary>Moves the protective stop to the entry once there is profit.</summary>
    public BreakEven? BreakEven { get; init; }

    /// <summary>Only takes off what is held: whatever else fills meanwhile, the order never opens, adds or turns round.</summary>
    public bool IsReduceOnly { get; init; }

    /// <summary>How the order is worked: sliced over time or volume, or shown in parts. Null for one order at once.</summary>
    public ExecutionAlgorithm? Execution { get; init; }

    /// <summary>One cancels the other: a second entry that works beside this one. The first of both that fills stands, the other is canceled.</summary>
    public LinkedWish? Or { get; init; }

    /// <summary>One triggers the other: what is wished for once the position is what this wish asked for.</summary>
    public LinkedWish? Then { get; init; }

    /// <summary>How long the wish counts; null means until the session ends.</summary>
    public TimeSpan? Validity { get; init; }

    /// <summary>What every wish says, whatever its terms.</summary>
    internal Gist Said => new(Action, Reason, Confidence, Validity);

    /// <summary>A wish for a side and nothing else: market order, day, no quantity, no prices.</summary>
    internal bool IsPlain => OrderType == OrderType.Market && TimeInForce == TimeInForce.Day && Quantity.IsZero
        && LimitPrice is null && StopPrice is null && StopLoss is null && TakeProfit is null && GoodTill is null && Targets is null && Trail is null && BreakEven is null && !IsReduceOnly && Or is null && Then is null && Execution is null;

    /// <summary>A wish without the terms of its order.</summary>
    /// <param name="Confidence">0 to 1.</param>
    /// <param name="Validity">How long it counts; null means until the session ends.</param>
    internal readonly record struct Gist(SignalAction Action, string Reason, double Confidence, TimeSpan? Validity = null)
    {
        public bool IsSound => Confidence is >= 0 and <= 1;
    }

    /// <summary>Everything about a wish that an order would be made of, in exact prices. Null stands for a plain wish.</summary>
    internal sealed class Prices : ISnapshot
    {
        private Fields _fields;
        private ExactLink? _or;
        private ExactLink? _then;
        private ExecutionAlgorithm? _execution;

        public Prices()
        {
        }

        public Prices(in Fields fields, ExactLink? or = null, ExactLink? then = null, ExecutionAlgorithm? execution = null) => (_fields, _or, _then, _execution) = (fields, or, then, execution);

        public ref readonly Fields Exact => ref _fields;

        public ExactLink? Or => _or;

        public ExactLink? Then => _then;

        public ExecutionAlgorithm? Execution => _execution;

        public bool Says(Prices other) => Equals(_execution, other._execution) && _fields.Equals(other._fields) && ExactLink.AreSame(_or, other._or) && ExactLink.AreSame(_then, other._then);

        public void Fold(ref StateHash hash)
        {
            hash.Fold((int)_fields.OrderType << 8 | (int)_fields.TimeInForce);
            hash.Fold(_fields.Quantity);
            hash.Fold(_fields.Limit);
            hash.Fold(_fields.Stop);
            hash.Fold(_fields.StopLoss);
            hash.Fold(_fields.TakeProfit);
            _fields.Exits.Fold(ref hash);
            _fields.Targets.Fold(ref hash);
            if (_fields.IsReduceOnly) hash.Fold(1);
            _or?.Fold(ref hash);
            _then?.Fold(ref hash);
            _execution?.Terms.Fold(ref hash);
            if (_fields.GoodTill != default) hash.Fold(_fields.GoodTill.Nanoseconds);
        }

        public void Sync(Snapshot stream)
        {
            stream.Sync(ref _fields);
            _or = ExactLink.Sync(stream, _or);
            _then = ExactLink.Sync(stream, _then);
            _execution = ExecutionLibrary.Sync(stream, _execution);
        }

        public static Prices? Sync(Snapshot stream, Prices? prices)
        {
            bool isThere = prices is not null;
            stream.Sync(ref isThere);
            if (stream.IsReading) prices = isThere ? new() : null;
            prices?.Sync(stream);
            return prices;
        }
    }

    /// <summary>Prices and quantity of 0 mean none.</summary>
    internal record struct Fields
    {
        public decimal Quantity;
        public decimal Limit;
        public decimal Stop;
        public decimal StopLoss;
        public decimal TakeProfit;
        public ExitTerms Exits;
        public ExactTargets Targets;
        public OrderType OrderType;
        public TimeInForce TimeInForce;
        public Timestamp GoodTill;
        public bool IsReduceOnly;
    }
}
