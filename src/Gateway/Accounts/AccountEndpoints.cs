using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Core.Model;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Accounts;

/// <summary>Accounts, positions and trades.</summary>
internal sealed class AccountEndpoints(TradingGate gate, CommandLog log, RecentPast past)
{
    private const int AccountNotFound = 1;

    private sealed record AccountsRequest(bool OnlyActiveAccounts);

    private sealed record AccountsReply(IReadOnlyList<AccountRow> Accounts) : Reply;

    private sealed record PositionsReply(IReadOnlyList<PositionRow>? Positions) : Reply;

    private sealed record TradesReply(IReadOnlyList<TradeRow>? Trades) : Reply;

    public void Map(IEndpointRouteBuilder routes)
    {
        Answer<AccountsRequest>(routes, "Account/search", request => gate.Ask(venue =>
            new AccountsReply([.. venue.Accounts.Where(account => !request.OnlyActiveAccounts || account.Options.Kind != AccountKind.Closed).Select(Rows.Of)])));
        Answer<AccountRequest>(routes, "Position/searchOpen", request => gate.Ask(venue => Positions(venue, request.AccountId)));
        Answer<CloseRequest>(routes, "Position/closeContract", request => OrderEndpoints.Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Position/closeContract", request.AccountId, request.ContractId, orderId: null, size: null, venue.Closing.Close(request)))));
        Answer<PartialCloseRequest>(routes, "Position/partialCloseContract", request => OrderEndpoints.Answer(gate.Ask(venue =>
            log.Note(venue.Now, "Position/partialCloseContract", request.AccountId, request.ContractId, orderId: null, request.Size, venue.Closing.CloseInPart(request)))));
        Answer<SpanRequest>(routes, "Trade/search", request => gate.Ask(venue => Trades(venue, request)));
    }

    private PositionsReply Positions(TradingVenue venue, int accountId)
    {
        if (venue.AccountOf(accountId) is not { } account) return new(Positions: null) { ErrorCode = AccountNotFound };
        IEnumerable<PositionRow> rows = account.Holdings.Select(holding => Rows.Of(holding, isRest: true));
        return new([.. past.AsOf("Position/searchOpen", accountId, venue.Now) is { } asOf ? past.Positions(rows, accountId, asOf) : rows]);
    }

    private TradesReply Trades(TradingVenue venue, SpanRequest request)
    {
        if (venue.AccountOf(request.AccountId) is not { } account) return new(Trades: null) { ErrorCode = AccountNotFound };
        Timestamp until = past.AsOf("Trade/search", request.AccountId, venue.Now) ?? Timestamp.MaxValue;
        return new([.. account.Trades.Where(trade => request.Holds(trade.Created) && trade.Created <= until).Reverse().Select(trade => Rows.Of(trade, isRest: true))]);
    }

    private static void Answer<T>(IEndpointRouteBuilder routes, string name, Func<T, Reply> answer) where T : class =>
        routes.MapPost($"/api/{name}", (HttpContext http) => Body.Handle(http, answer)).Limited(RateLimit.General).NeedsToken();
}
