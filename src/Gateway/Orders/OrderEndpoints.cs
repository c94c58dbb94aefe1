using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Core.Model;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Orders;

/// <summary>All of /api/Order.</summary>
internal sealed class OrderEndpoints(TradingGate gate, CommandLog log, FaultDesk faults, RecentPast past)
{
    private sealed record PlaceReply(long? OrderId) : Reply;

    public void Map(IEndpointRouteBuilder routes)
    {
        Answer<PlaceRequest>(routes, "place", request => Placed(Place(request)));
        Answer<ModifyRequest>(routes, "modify", request => Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Order/modify", request.AccountId, contractId: null, request.OrderId, request.Size, venue.Entry.Modify(request)))));
        Answer<CancelRequest>(routes, "cancel", request => Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Order/cancel", request.AccountId, contractId: null, request.OrderId, size: null, venue.Entry.Cancel(request)))));
        Answer<SpanRequest>(routes, "search", request => gate.Ask(venue => Search(venue, "Order/search", request.AccountId).Any(venue.AccountOf(request.AccountId), request)));
        Answer<AccountRequest>(routes, "searchOpen", request => gate.Ask(venue => Search(venue, "Order/searchOpen", request.AccountId).Open(venue.AccountOf(request.AccountId))));
        Answer<OrderByIdRequest>(routes, "searchById", request => gate.Ask(venue => OrderSearch.ById(venue.AccountOf(request.AccountId), request.OrderId)));
        Answer<OrderQueryRequest>(routes, "v2/query", request => gate.Ask(venue =>
            Search(venue, "Order/v2/query", request.Filter.AccountId).Query(venue.AccountOf(request.Filter.AccountId), request)), OrderSearch.FaultOf);
    }

    public static Reply Answer(Outcome outcome) => new() { ErrorCode = outcome.Code, ErrorMessage = outcome.Text };

    public static Reply Placed(Outcome outcome) => new PlaceReply(outcome.OrderId) { ErrorCode = outcome.Code, ErrorMessage = outcome.Text };

    private Outcome Place(PlaceRequest request)
    {
        Outcome outcome = gate.Ask(venue => log.Note(venue.Now, "Order/place", request, venue.Entry.Place(request)));
        bool isDoubted = outcome.Code == 0 && !string.IsNullOrEmpty(request.CustomTag) && faults.Strike(FaultKind.TagInUse, "Order/place", request.AccountId) is not null;
        return isDoubted ? new(PlaceCode.OrderRejected, Texts.TagInUse) : outcome;
    }

    private OrderSearch Search(TradingVenue venue, string path, int accountId)
    {
        Timestamp? asOf = past.AsOf(path, accountId, venue.Now);
        return new(venue.Quirks.Has(Quirk.SuspendedInSearches), asOf is { } time ? rows => past.Orders(rows, accountId, time) : null);
    }

    private static void Answer<T>(IEndpointRouteBuilder routes, string name, Func<T, Reply> answer, Func<T, (string Member, string Fault)?>? check = null) where T : class =>
        routes.MapPost($"/api/Order/{name}", (HttpContext http) => Body.Handle(http, answer, check)).Limited(RateLimit.General).NeedsToken();
}
