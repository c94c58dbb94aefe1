using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

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

    /// <summary>Limit price, rounded to the tick size; needed for limit and stop-limit orders.</summary>
    public double? LimitPrice { get; init; }

    /// <summary>Trigger price, rounded to the tick size; needed for stop and stop-limit orders.</summary>
    public double? StopPrice { get; init; }

    /// <summary>Price of the protective stop, rounded to the tick size.</summary>
    public double? StopLoss { get; init; }

    /// <summary>Price at which profit is taken, rounded to the tick size.</summary>
    public double? TakeProfit { get; init; }

    /// <summary>How long the wish counts; null means until the session ends.</summary>
    public TimeSpan? Validity { get; init; }

    /// <summary>The same in exact prices; set by the validator.</summary>
    internal Prices Terms { get; init; }

    /// <summary>Everything about a wish that an order would be made of.</summary>
    internal struct Prices : IEquatable<Prices>
    {
        public decimal Quantity;
        public decimal Limit;
        public decimal Stop;
        public decimal StopLoss;
        public decimal TakeProfit;
        public OrderType OrderType;
        public TimeInForce TimeInForce;

        public readonly bool HasQuantity => Quantity > 0m;

        public readonly bool Equals(Prices other) =>
            OrderType == other.OrderType && TimeInForce == other.TimeInForce && Quantity == other.Quantity
            && Limit == other.Limit && Stop == other.Stop && StopLoss == other.StopLoss && TakeProfit == other.TakeProfit;

        public override readonly bool Equals(object? obj) => obj is Prices other && Equals(other);

        public override readonly int GetHashCode() => (int)OrderType;

        public readonly void Fold(ref StateHash hash)
        {
            hash.Fold((int)OrderType << 8 | (int)TimeInForce);
            hash.Fold(Quantity);
            if (OrderType != OrderType.Market)
            {
                hash.Fold(Limit);
                hash.Fold(Stop);
            }
            hash.Fold(StopLoss);
            hash.Fold(TakeProfit);
        }
    }
}
