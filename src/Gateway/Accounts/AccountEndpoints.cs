using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Accounts;

/// <summary>Accounts, positions and trades.</summary>
internal static class AccountEndpoints
{
    private const int AccountNotFound = 1;

    private sealed record AccountsRequest(bool OnlyActiveAccounts);

    private sealed record AccountsReply(IReadOnlyList<AccountRow> Accounts) : Reply;

    private sealed record PositionsReply(IReadOnlyList<PositionRow>? Positions) : Reply;

    private sealed record TradesReply(IReadOnlyList<TradeRow>? Trades) : Reply;

    public static void MapAccounts(this IEndpointRouteBuilder routes, TradingGate gate, CommandLog log)
    {
        routes.Answer<AccountsRequest>("Account/search", request => gate.Ask(venue =>
            new AccountsReply([.. venue.Accounts.Where(account => !request.OnlyActiveAccounts || account.Options.Kind != AccountKind.Closed).Select(Rows.Of)])));
        routes.Answer<AccountRequest>("Position/searchOpen", request => gate.Ask(venue => Positions(venue.AccountOf(request.AccountId))));
        routes.Answer<CloseRequest>("Position/closeContract", request => OrderEndpoints.Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Position/closeContract", request.AccountId, request.ContractId, orderId: null, size: null, venue.Closing.Close(request)))));
        routes.Answer<PartialCloseRequest>("Position/partialCloseContract", request => OrderEndpoints.Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Position/partialCloseContract", request.AccountId, request.ContractId, orderId: null, request.Size, venue.Closing.CloseInPart(request)))));
        routes.Answer<SpanRequest>("Trade/search", request => gate.Ask(venue => Trades(venue.AccountOf(request.AccountId), request)));
    }

    private static PositionsReply Positions(TradingAccount? account) => account is null
        ? new(Positions: null) { ErrorCode = AccountNotFound }
        : new([.. account.Holdings.Select(holding => Rows.Of(holding, isRest: true))]);

    private static TradesReply Trades(TradingAccount? account, SpanRequest request) => account is null
        ? new(Trades: null) { ErrorCode = AccountNotFound }
        : new([.. account.Trades.Where(trade => request.Holds(trade.Created)).Reverse().Select(trade => Rows.Of(trade, isRest: true))]);

    private static void Answer<T>(this IEndpointRouteBuilder routes, string name, Func<T, Reply> answer) where T : class =>
        routes.MapPost($"/api/{name}", (HttpContext http) => Body.Handle(http, answer)).Limited(RateLimit.General).NeedsToken();
}
