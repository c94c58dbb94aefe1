using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Contracts;

internal static class ContractEndpoints
{
    private const int ContractNotFound = 1;

    private sealed record SearchRequest(bool Live, string? SearchText = null);

    private sealed record ByIdRequest(string ContractId);

    private sealed record AvailableRequest(bool Live);

    private sealed record ContractsReply(IReadOnlyList<ContractRow> Contracts) : Reply;

    private sealed record ContractReply(ContractRow? Contract) : Reply;

    public static void MapContracts(this IEndpointRouteBuilder routes, ContractList list)
    {
        // The live data subscription is not simulated: asked for it, the lists are empty.
        routes.MapPost("/api/Contract/search", (HttpContext http) => Body.Handle<SearchRequest>(http,
            request => new ContractsReply(request.Live ? [] : list.Search(request.SearchText)))).Limited(RateLimit.General).NeedsToken();
        routes.MapPost("/api/Contract/searchById", (HttpContext http) => Body.Handle<ByIdRequest>(http,
            request => list.Find(request.ContractId) is { } row ? new ContractReply(row) : new ContractReply(Contract: null) { ErrorCode = ContractNotFound })).Limited(RateLimit.General).NeedsToken();
        routes.MapPost("/api/Contract/available", (HttpContext http) => Body.Handle<AvailableRequest>(http,
            request => new ContractsReply(request.Live ? [] : list.Active()))).Limited(RateLimit.General).NeedsToken();
    }
}
