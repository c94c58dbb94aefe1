using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Venue;

/// <summary>What really is at the venue.</summary>
/// <param name="Balance">Realised, fees taken off.</param>
/// <param name="Net">Signed units of the instrument.</param>
/// <param name="Orders">All orders ever taken, oldest first.</param>
/// <param name="Commands">What reached the venue, oldest first, whether or not its answer arrived; empty where the venue does not tell.</param>
public sealed record VenueTruth(decimal Balance, decimal Net, IReadOnlyList<TrueOrder> Orders, IReadOnlyList<TrueFill> Fills, IReadOnlyList<TrueCommand> Commands)
{
    public IEnumerable<TrueOrder> Live => Orders.Where(order => order.IsLive);

    /// <summary>Executions that count, of one order.</summary>
    public decimal FilledOf(TrueOrder order) => Fills.Where(fill => fill.OrderId == order.Id && !fill.IsVoided).Sum(fill => fill.Quantity);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"balance {Balance}, net {Net}; orders: {string.Join(" | ", Orders.Select(order => $"{order.Id} {order.ClientId} {order.Side} {order.Type} {order.State} {order.Filled}/{order.Quantity} {order.LimitPrice}{order.StopPrice}"))}");
}

public enum TrueState
{
    Working = 0,

    /// <summary>Held back until another order fills.</summary>
    Suspended = 1,
    Filled = 2,
    Canceled = 3,
    Expired = 4,
    Rejected = 5,

    /// <summary>Taken, and not looked at yet.</summary>
    Pending = 6,
}

/// <param name="ClientId">Null where it has none: the platform's own, or placed by hand.</param>
public sealed record TrueOrder(string Id, string? ClientId, TrueState State, Side Side, OrderType? Type, decimal Quantity, decimal Filled, decimal LimitPrice, decimal StopPrice)
{
    public bool IsLive => State is TrueState.Working or TrueState.Suspended or TrueState.Pending;
}

public sealed record TrueFill(string Id, string OrderId, Side Side, decimal Quantity, decimal Price, decimal Fee, bool IsVoided);

/// <param name="WasTaken">The venue did what it says.</param>
public sealed record TrueCommand(VenueCall Call, string? ClientId, string? OrderId, bool WasTaken);
