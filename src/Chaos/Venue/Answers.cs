using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Venue;

/// <summary>Answers questions about the account: as it is, or empty, or as it was.</summary>
public sealed class Answers(Agenda agenda, Chance chance, FaultMix mix, OracleVenue venue)
{
    private static readonly TimeSpan ShortHistory = TimeSpan.FromSeconds(30);

    private VenueOrder[] _oldOpen = [];
    private VenuePosition[] _oldPositions = [];

    /// <summary>Remembers what a lagging list will show from now on.</summary>
    public void Age()
    {
        _oldOpen = Open();
        _oldPositions = [.. venue.PositionRows()];
    }

    public VenueOrder[] OpenOrders() => Distort(Open(), _oldOpen);

    public VenueOrder[] OrdersSince(Timestamp since) => Distort([.. venue.Orders.Where(order => IsListed(order, since)).Select(order => order.Row())], null);

    /// <summary>As a venue lists them that knows when an order came, and not when it changed. Truthful: it is also how one order is looked up.</summary>
    public VenueOrder[] OrdersCreatedSince(Timestamp since) => [.. venue.Orders.Where(order => order.Taken >= since).Select(order => order.Row())];

    /// <summary>The look-up of one order is truthful: a venue that lies there too leaves no way to know.</summary>
    public VenueOrder[] OneOrder(string? clientId, string? venueId)
    {
        TrueOrder? order = clientId is not null ? venue.ByClientId(clientId) : null;
        order ??= venueId is not null ? venue.ByVenueId(venueId) : null;
        return order is null ? [] : [order.Row()];
    }

    public VenueFill[] FillsSince(Timestamp since)
    {
        Timestamp from = Reach(since);
        if (from > since && venue.Fills.Exists(fill => fill.Time >= since && fill.Time < from)) mix.Strikes.Hit(Fault.F26, agenda.Now);
        return [.. venue.Fills.Where(fill => fill.Time >= from)];
    }

    public VenuePosition[] Positions() => Distort([.. venue.PositionRows()], _oldPositions);

    private VenueOrder[] Open() => [.. venue.Orders.Where(order => order.IsLive).Select(order => order.Row())];

    private bool IsListed(TrueOrder order, Timestamp since)
    {
        Timestamp from = Reach(since);
        return order.Updated >= from || order.Taken >= from || (order.IsLive && order.Updated >= since);
    }

    private Timestamp Reach(Timestamp since)
    {
        Timestamp oldest = agenda.Now - ShortHistory;
        return mix.Has(FaultKind.HistoryShort) && oldest > since ? oldest : since;
    }

    private T[] Distort<T>(T[] now, T[]? before)
    {
        if (now.Length > 0 && Lies(FaultKind.SnapshotEmpty)) return [];
        if (now.Length > 0 && Lies(FaultKind.SnapshotTruncated)) return now[..(now.Length / 2)];
        return before is not null && Lies(FaultKind.SnapshotStale) ? before : now;
    }

    private bool Lies(FaultKind kind)
    {
        if (!chance.Happens(mix[kind])) return false;
        mix.Strikes.Hit(Fault.F25, agenda.Now);
        return true;
    }
}
