using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>What a broker does by itself. What it does not is run by us, with our delays, and ends with us.</summary>
public sealed record BrokerCapabilities
{
    /// <summary>Working orders change under their number; otherwise a change is a cancel and a new order, with a moment without either.</summary>
    public bool Modifies { get; init; }

    /// <summary>An entry can carry its stop and target, which the venue keeps back until it fills and of which one cancels the other.</summary>
    public bool Brackets { get; init; }

    /// <summary>The venue moves a stop after the price.</summary>
    public bool TrailingStops { get; init; }

    public IReadOnlyList<OrderType> OrderTypes { get; init; } = [OrderType.Market, OrderType.Limit, OrderType.Stop, OrderType.StopLimit];

    /// <summary>Times in force that the venue itself keeps; the broker runs the others.</summary>
    public IReadOnlyList<TimeInForce> TimesInForce { get; init; } = [];
}
