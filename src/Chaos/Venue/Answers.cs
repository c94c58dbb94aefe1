using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Venue;

/// <summary>Answers questions about the account: as it is, or empty, or as it was.</summary>
public sealed class Answers(Chance chance, FaultMix mix, OracleVenue venue)
{
    private VenueOrder[] _oldOpen = [];
    private VenuePosition[] _oldPositions = [];

    /// <summary>Remembers what a lagging list will show from now on.</summary>
    public void Age()
    {
        _oldOpen = Open();
        _oldPositions = [.. venue.PositionRows()];
    }

    public VenueOrder[] OpenOrders() => Distort(Open(), _oldOpen);

    public VenueOrder[] OrdersSince(Timestamp since) => Distort([.. venue.Orders.Where(order => order.Updated >= since || order.Taken >= since).Select(order => order.Row())], null);

    /// <summary>The look-up of one order is truthful: a venue that lies there too leaves no way to know.</summary>
    public VenueOrder[] OneOrder(string? clientId, string? venueId)
    {
        TrueOrder? order = clientId is not null ? venue.ByClientId(clientId) : null;
        order ??= venueId is not null ? venue.ByVenueId(venueId) : null;
        return order is null ? [] : [order.Row()];
    }

    public VenueFill[] FillsSince(Timestamp since) => [.. venue.Fills.Where(fill => fill.Time >= since)];

    public VenuePosition[] Positions() => Distort([.. venue.PositionRows()], _oldPositions);

    private VenueOrder[] Open() => [.. venue.Orders.Where(order => order.IsLive).Select(order => order.Row())];

    private T[] Distort<T>(T[] now, T[]? before)
    {
        if (chance.Happens(mix[FaultKind.SnapshotEmpty])) return [];
        return before is not null && chance.Happens(mix[FaultKind.SnapshotStale]) ? before : now;
    }
}
