using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>What the venue says of one order, on its stream or in a reply.</summary>
/// <param name="VenueId">The venue's number of the order; unique within a session of the venue.</param>
/// <param name="ClientId">The id that the order was sent under; null where the row has none.</param>
/// <param name="Instrument">Index in the engine; below 0 for an instrument that this session does not know.</param>
/// <param name="Type">Null for a type that the engine does not have.</param>
/// <param name="Quantity">Units in all, filled ones among them.</param>
/// <param name="Filled">Units filled so far, as the order's row says; the fills themselves are <see cref="VenueFill"/>.</param>
/// <param name="AveragePrice">Mean price of what is filled; null where the row has none.</param>
/// <param name="LimitPrice">0 where the order or the row has none.</param>
/// <param name="StopPrice">0 where the order or the row has none.</param>
/// <param name="Updated">The venue's time of the last change. No order between two rows follows from it: some venues do not advance it with a fill.</param>
/// <param name="Parent">The venue's number of the order that this one is attached to; null where there is none.</param>
public readonly record struct VenueOrder(
    string VenueId, string? ClientId, int Instrument, Side Side, OrderType? Type, decimal Quantity, decimal Filled, decimal? AveragePrice,
    decimal LimitPrice, decimal StopPrice, VenueOrderState State, Timestamp Updated, string? Parent = null)
{
    /// <summary>A stop that the venue itself moves after the price: <see cref="StopPrice"/> says where it stands, where the venue tells that.</summary>
    public bool IsTrailing { get; init; }
}

/// <summary>Where an order stands at the venue.</summary>
public enum VenueOrderState
{
    /// <summary>A value that the adapter does not know. It is looked into, and never taken for the end of an order.</summary>
    Unknown = 0,

    /// <summary>The venue has it and does not work it yet; it still may refuse it.</summary>
    Pending = 1,
    Working = 2,

    /// <summary>Waits for another order, as the legs of a bracket do; some venues leave it out of their lists of open orders.</summary>
    Suspended = 3,

    /// <summary>A cancel is on its way; it still can fill.</summary>
    Canceling = 4,
    Filled = 5,
    Canceled = 6,
    Expired = 7,
    Rejected = 8,
}

/// <summary>One execution as the venue tells it.</summary>
/// <param name="ExecutionId">Unique in the account for ever, above 0.</param>
/// <param name="Quantity">Units, above 0.</param>
/// <param name="Fee">Commission and fees of this fill; negative is a rebate.</param>
/// <param name="Time">The venue's time of the execution.</param>
/// <param name="IsVoided">The venue took it back.</param>
public readonly record struct VenueFill(
    long ExecutionId, string VenueOrderId, int Instrument, Side Side, decimal Quantity, decimal Price, decimal Fee, Timestamp Time, bool IsVoided = false)
{
    public decimal SignedQuantity => Side == Side.Buy ? Quantity : -Quantity;
}

/// <summary>What the account holds of one instrument. No row means flat.</summary>
/// <param name="Quantity">Signed units.</param>
public readonly record struct VenuePosition(int Instrument, decimal Quantity, decimal AveragePrice);

/// <summary>The account as the venue tells it.</summary>
/// <param name="Balance">Cash, in the account's currency.</param>
/// <param name="CanTrade">False when the venue lets the account open nothing.</param>
public readonly record struct VenueAccount(decimal Balance, bool CanTrade);

public static class VenueOrderStateExtensions
{
    /// <summary>True when the venue works the order no more.</summary>
    public static bool IsFinal(this VenueOrderState state) => state >= VenueOrderState.Filled;

    /// <summary>True when the venue has the order and it may still fill.</summary>
    public static bool IsLive(this VenueOrderState state) => state is >= VenueOrderState.Pending and < VenueOrderState.Filled;
}
