using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Accounts;

/// <summary>Accounts. Orders, positions and trades join here once the matching engine exists; until then their paths answer 404.</summary>
internal static class AccountEndpoints
{
    private sealed record SearchRequest(bool OnlyActiveAccounts);

    private sealed record AccountRow(int Id, string Name, decimal Balance, bool CanTrade, bool IsVisible, bool Simulated);

    private sealed record SearchReply(IReadOnlyList<AccountRow> Accounts) : Reply;

    public static void MapAccounts(this IEndpointRouteBuilder routes, AccountOptions account)
    {
        var row = new AccountRow(account.Id, account.Name, account.Balance, CanTrade: true, IsVisible: true, Simulated: true);
        routes.MapPost("/api/Account/search", (HttpContext http) => Body.Handle<SearchRequest>(http, _ => new SearchReply([row]))).Limited(RateLimit.General).NeedsToken();
    }
}
