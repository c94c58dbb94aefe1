using Tradewind.Conformance.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Conformance.Desk;

/// <summary>What the engine holds, at one instant.</summary>
/// <param name="Net">Signed units of the account, those that no strategy made included.</param>
/// <param name="External">Signed units that no strategy made.</param>
/// <param name="Denials">Orders that the risk gate denied, so far.</param>
/// <param name="Adjustments">Positions that were taken over from the venue without an execution, so far.</param>
public sealed record Standing(AccountState State, decimal Cash, decimal Net, decimal External, IReadOnlyList<OrderLine> Orders, IReadOnlyList<RiskCode> Denials, int Adjustments)
{
    /// <summary>Lines of what was sent, and booked, so far.</summary>
    public IReadOnlyList<BookedFill> Fills { get; init; } = [];

    /// <summary>Before anything has happened.</summary>
    public static Standing At(Engine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return new(engine.AccountState, engine.Account.Cash, 0, 0, [], [], 0);
    }

    public bool IsQuiet => State == AccountState.Synced && Orders.All(order => order.Status.IsFinal());

    public IEnumerable<OrderLine> Open => Orders.Where(order => !order.Status.IsFinal());
}

/// <summary>An order as the engine has it.</summary>
public sealed record OrderLine(long Id, string? ClientId, OrderPurpose Purpose, OrderStatus Status, Side Side, OrderType Type, decimal Quantity, decimal Filled, decimal LimitPrice, decimal StopPrice, string? VenueId, decimal AveragePrice)
{
    public OrderDoubt Doubt { get; init; }

    public decimal Remaining => Quantity - Filled;

    /// <summary>Whether the venue's order is this one: by the client id, or by the venue's number where the venue made it for us under an id of its own.</summary>
    public bool IsAt(TrueOrder there)
    {
        ArgumentNullException.ThrowIfNull(there);
        return there.ClientId == ClientId || (VenueId is not null && there.Id == VenueId);
    }
}

/// <param name="Quantity">Signed units; the venue's taking back has the opposite sign.</param>
/// <param name="Order">0 for one that is not ours.</param>
public readonly record struct BookedFill(long Execution, long Order, decimal Quantity, decimal Price, decimal Fee);
