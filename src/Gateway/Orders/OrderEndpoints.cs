using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Orders;

internal static class OrderEndpoints
{
    private sealed record PlaceReply(long? OrderId) : Reply;

    public static void MapOrders(this IEndpointRouteBuilder routes, TradingGate gate, CommandLog log)
    {
        routes.Answer<PlaceRequest>("place", request => Placed(gate.Ask(venue => log.Note(venue.Now, "Order/place", request, venue.Entry.Place(request)))));
        routes.Answer<ModifyRequest>("modify", request => Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Order/modify", request.AccountId, contractId: null, request.OrderId, request.Size, venue.Entry.Modify(request)))));
        routes.Answer<CancelRequest>("cancel", request => Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Order/cancel", request.AccountId, contractId: null, request.OrderId, size: null, venue.Entry.Cancel(request)))));
        routes.Answer<SpanRequest>("search", request => gate.Ask(venue => OrderSearch.Any(venue.AccountOf(request.AccountId), request, ShowsSuspended(venue))));
        routes.Answer<AccountRequest>("searchOpen", request => gate.Ask(venue => OrderSearch.Open(venue.AccountOf(request.AccountId), ShowsSuspended(venue))));
        routes.Answer<OrderByIdRequest>("searchById", request => gate.Ask(venue => OrderSearch.ById(venue.AccountOf(request.AccountId), request.OrderId)));
        routes.Answer<OrderQueryRequest>("v2/query", request => gate.Ask(venue => OrderSearch.Query(venue.AccountOf(request.Filter.AccountId), request)), OrderSearch.FaultOf);
    }

    public static Reply Answer(Outcome outcome) => new() { ErrorCode = outcome.Code, ErrorMessage = outcome.Text };

    private static bool ShowsSuspended(TradingVenue venue) => venue.Quirks.Has(Quirk.SuspendedInSearches);

    public static Reply Placed(Outcome outcome) => new PlaceReply(outcome.OrderId) { ErrorCode = outcome.Code, ErrorMessage = outcome.Text };

    private static void Answer<T>(this IEndpointRouteBuilder routes, string name, Func<T, Reply> answer, Func<T, (string Member, string Fault)?>? check = null) where T : class =>
        routes.MapPost($"/api/Order/{name}", (HttpContext http) => Body.Handle(http, answer, check)).Limited(RateLimit.General).NeedsToken();
}
