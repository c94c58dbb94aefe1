using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Venue;

/// <summary>An order as the venue has it: the truth that everything else is held against.</summary>
public sealed class TrueOrder(string venueId, string? clientId, int instrument, in OrderTerms terms, Timestamp taken)
{
    public string VenueId { get; } = venueId;

    /// <summary>Null for orders of other people.</summary>
    public string? ClientId { get; } = clientId;

    public int Instrument { get; } = instrument;

    public OrderTerms Terms { get; set; } = terms;

    public Timestamp Taken { get; } = taken;

    public Timestamp Updated { get; set; } = taken;

    public VenueOrderState State { get; set; } = VenueOrderState.Working;

    public decimal Filled { get; set; }

    public decimal FilledValue { get; set; }

    public bool IsTriggered { get; set; }

    /// <summary>A cancel or a change is on its way through the venue.</summary>
    public bool IsChanging { get; set; }

    /// <summary>What is on its way is a change.</summary>
    public bool IsModifying { get; set; }

    /// <summary>The program's own number of the decision that it comes from; 0 for orders of other people.</summary>
    public long Intent { get; init; }

    public decimal Remaining => Terms.Quantity - Filled;

    public bool IsLive => State.IsLive();

    public VenueOrder Row() => new(
        VenueId, ClientId, Instrument, Terms.Side, Terms.Type, Terms.Quantity, Filled, Filled == 0 ? null : FilledValue / Filled, Terms.LimitPrice, Terms.StopPrice, State, Updated);
}

/// <summary>Told of all that the venue's stream would carry, in its order.</summary>
public interface IVenueListener
{
    void OnOrder(TrueOrder order);

    void OnFill(in VenueFill fill);

    void OnPosition(in VenuePosition position);

    void OnAccount(in VenueAccount account);
}
