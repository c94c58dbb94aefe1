using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Control;

/// <summary>Tells what really is, whatever faults and quirks make of answers and events: for tests that compare a client's books with it.</summary>
internal static class TruthEndpoints
{
    /// <param name="Received">Real time at which the order came; null for one of the platform itself.</param>
    private sealed record TrueOrder(OrderRow Order, DateTimeOffset? Received, bool IsPlatforms, bool IsHidden);

    private sealed record TrueAccount(AccountRow Account, decimal Equity, IReadOnlyList<TrueOrder> Orders, IReadOnlyList<TradeRow> Trades, IReadOnlyList<PositionRow> Positions, IReadOnlyList<string> Tags);

    private sealed record Truth(DateTimeOffset Market, DateTimeOffset Real, IReadOnlyList<TrueAccount> Accounts, IReadOnlyList<ReceivedCommand> Commands);

    public static void MapTruth(this IEndpointRouteBuilder routes, TradingGate gate, CommandLog log, TimeProvider time) => routes.MapGet("/control/truth", (HttpContext http, int? account) =>
    {
        Truth truth = gate.Ask(venue => new Truth(venue.Now.ToDateTimeOffset(), time.GetUtcNow(), [.. venue.Accounts.Where(one => account is null || one.Id == account).Select(one => Of(one, venue, log))],
            [.. log.Commands.Where(command => account is null || command.AccountId == account)]));
        return http.Response.WriteAsJsonAsync(truth, Body.Json, http.RequestAborted);
    });

    private static TrueAccount Of(TradingAccount account, TradingVenue venue, CommandLog log) => new(
        Rows.Of(account),
        account.Equity(venue.LastPriceOf),
        [.. account.Orders.Select(order => new TrueOrder(Rows.Of(order, isRest: false), log.ReceiptOf(order.Id), order.IsPlatforms, order.IsHidden))],
        [.. account.Trades.Select(trade => Rows.Of(trade, isRest: false))],
        [.. account.Holdings.Select(holding => Rows.Of(holding, isRest: false))],
        [.. account.Tags]);
}
