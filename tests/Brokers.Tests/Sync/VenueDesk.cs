using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>What goes wrong between a request and its reply.</summary>
/// <param name="IsFailure">Told as a failure, such as a closed connection.</param>
/// <param name="IsLost">Never told at all.</param>
/// <param name="Age">The reply shows the account as it was that long ago.</param>
/// <param name="IsEmpty">An empty list, with success.</param>
/// <param name="Rows">The reply ends after so many rows.</param>
/// <param name="SaysWhole">Whether a cut reply claims to be complete.</param>
internal sealed record RestFault(bool IsFailure = false, bool IsLost = false, TimeSpan Delay = default, TimeSpan Age = default, bool IsEmpty = false, int Rows = int.MaxValue, bool SaysWhole = false, TimeSpan? Wait = null)
{
    public static readonly RestFault None = new();

    public static readonly RestFault Failure = new(IsFailure: true);
}

/// <summary>When the three parts of a sending happen; null for never.</summary>
/// <param name="Request">When the venue gets it.</param>
/// <param name="Reply">When its answer comes, after that.</param>
/// <param name="Timeout">When the sender gives up waiting.</param>
internal sealed record SendFault(TimeSpan? Request, TimeSpan? Reply, TimeSpan? Timeout)
{
    public static readonly SendFault None = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20), null);

    /// <summary>The venue has it, and its answer is lost.</summary>
    public static readonly SendFault ReplyLost = new(TimeSpan.FromMilliseconds(20), null, TimeSpan.FromSeconds(2));

    /// <summary>The venue never gets it, and nobody knows.</summary>
    public static readonly SendFault RequestLost = new(null, null, TimeSpan.FromSeconds(2));
}

/// <summary>The venue's desk for orders and questions, in its plainest form.</summary>
internal static class VenueDesk
{
    public static VenueAnswer Place(TruthVenue venue, in OrderIntent intent)
    {
        if (venue.ByClientId(intent.ClientId) is not null) return VenueAnswer.IdInUse("Specified custom tag is already in use.");
        return VenueAnswer.Taken(venue.Place(intent.ClientId, intent.Instrument, intent.Side, intent.Type, intent.Quantity, intent.LimitPrice, intent.StopPrice).VenueId);
    }

    public static VenueAnswer Cancel(TruthVenue venue, string clientId)
    {
        if (venue.ByClientId(clientId) is not { } order || order.State.IsFinal()) return VenueAnswer.NotFound("Order not found.");
        venue.End(order.VenueId, VenueOrderState.Canceled);
        return VenueAnswer.Taken();
    }

    public static VenueAnswer Modify(TruthVenue venue, string clientId, in OrderTerms terms)
    {
        if (venue.ByClientId(clientId) is not { } order || order.State.IsFinal()) return VenueAnswer.NotFound("Order not found.");
        (decimal quantity, decimal limit) = (terms.Quantity, terms.LimitPrice);
        if (quantity <= order.Filled) return VenueAnswer.Refused("The size is below what is filled.");
        venue.Change(order.VenueId, row => row with { Quantity = quantity, LimitPrice = limit });
        return VenueAnswer.Taken();
    }

    /// <summary>Reads the account now; the returned action hands the reply over later.</summary>
    public static Action<Timestamp> Answer(TruthVenue venue, AccountSynchroniser sync, SyncRequest request, RestFault fault)
    {
        Timestamp seen = venue.Now - fault.Age;
        bool isWhole = fault.Rows == int.MaxValue || fault.SaysWhole;
        switch (request.Query)
        {
            case SyncQuery.Positions:
                VenuePosition[] positions = Cut(venue.PositionsAsOf(seen), fault);
                return clock => sync.OnPositions(in request, positions, clock);
            case SyncQuery.FillsSince:
                VenueFill[] fills = Cut(venue.FillsAsOf(seen).Where(fill => fill.Time >= request.Since), fault);
                return clock => sync.OnFills(in request, fills, clock, isWhole);
            case SyncQuery.Account:
                VenueAccount account = venue.Account;
                return clock => sync.OnAccount(in request, in account, clock);
            case SyncQuery.CancelStray:
                VenueAnswer answer = CancelById(venue, request.VenueId!);
                return clock => sync.OnStrayCanceled(in request, in answer, clock);
            default:
                VenueOrder[] orders = Cut(venue.OrdersAsOf(seen).Where(order => IsAsked(in request, in order)), fault);
                return clock => sync.OnOrders(in request, orders, clock, isWhole);
        }
    }

    private static bool IsAsked(in SyncRequest request, in VenueOrder order) => request.Query switch
    {
        SyncQuery.OpenOrders => order.State is VenueOrderState.Working or VenueOrderState.Unknown or VenueOrderState.Canceling,
        SyncQuery.OrdersSince => order.Updated >= request.Since && order.State != VenueOrderState.Suspended,
        _ => order.VenueId == request.VenueId || (request.ClientId is not null && order.ClientId == request.ClientId),
    };

    private static VenueAnswer CancelById(TruthVenue venue, string venueId)
    {
        if (venue.Order(venueId).State.IsFinal()) return VenueAnswer.NotFound("Order not found.");
        venue.End(venueId, VenueOrderState.Canceled);
        return VenueAnswer.Taken();
    }

    private static T[] Cut<T>(IEnumerable<T> rows, RestFault fault) => fault.IsEmpty ? [] : [.. rows.Take(fault.Rows)];
}
