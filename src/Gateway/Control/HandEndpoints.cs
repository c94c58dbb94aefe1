using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Control;

/// <summary>
/// A hand on the venue, for scripted tests: orders that the user places in the platform, fills and ends of orders that the market does not bring about,
/// trades that are voided or corrected.
/// </summary>
internal static class HandEndpoints
{
    private sealed record FillRequest(int? Size = null, decimal? Price = null);

    private sealed record CorrectRequest(decimal Price);

    private sealed record SwitchRequest(string Brackets);

    private sealed record Nothing;

    public static void MapHand(this IEndpointRouteBuilder routes, TradingGate gate, CommandLog log)
    {
        routes.Hand<PlaceRequest>("/control/orders", (_, request) => gate.Ask(venue => OrderEndpoints.Placed(Place(venue, log, request))));
        routes.Hand<FillRequest>("/control/orders/{id:long}/fill", (id, request) => On(gate, id, (venue, order) => Fill(venue, order, request)));
        routes.Hand<Nothing>("/control/orders/{id:long}/cancel", (id, _) => On(gate, id, (venue, order) => End(venue, order, OrderStatus.Cancelled)));
        routes.Hand<Nothing>("/control/orders/{id:long}/expire", (id, _) => On(gate, id, (venue, order) => End(venue, order, OrderStatus.Expired)));
        routes.Hand<Nothing>("/control/orders/{id:long}/reject", (id, _) => On(gate, id, (venue, order) => End(venue, order, OrderStatus.Rejected)));
        routes.Hand<Nothing>("/control/trades/{id:long}/void", (id, _) => OnTrade(gate, id, (venue, account, trade) => venue.Life.Books.Void(account, trade, venue.Now)));
        routes.Hand<SwitchRequest>("/control/accounts/{id:long}/brackets", (id, request) => gate.Ask(venue => Switch(venue, id, request.Brackets)));
        routes.Hand<CorrectRequest>("/control/trades/{id:long}/correct", (id, request) => BeyondOf(request.Price) is { } beyond ? Refusal(beyond) : OnTrade(gate, id, (venue, account, trade) => venue.Life.Correct(account, trade, request.Price)));
    }

    /// <summary>The contract may be named by its symbol: then it is the active one.</summary>
    private static Outcome Place(TradingVenue venue, CommandLog log, PlaceRequest request)
    {
        Product? product = venue.Products.FirstOrDefault(product => product.Instrument.Symbol.Equals(request.ContractId, StringComparison.OrdinalIgnoreCase));
        PlaceRequest named = product is null ? request : request with { ContractId = venue.ActiveOf(product).Id };
        return log.Note(venue.Now, "control/orders", named, venue.Entry.Place(named));
    }

    /// <summary>Fills more than there is, and orders that are over, if so asked: that is what exchanges sometimes do.</summary>
    private static string? Fill(TradingVenue venue, VenueOrder order, FillRequest request)
    {
        ProductFloor floor = venue.FloorOf(order.Contract.Product);
        decimal tick = order.Contract.Product.Instrument.TickSize;
        int size = request.Size ?? Math.Max(1, order.Remaining);
        decimal? price = request.Price ?? order.LimitPrice ?? order.StopPrice ?? floor.LastTicks * tick;
        if (order.Status is OrderStatus.Suspended or OrderStatus.Pending) return $"The order is {order.Status}; expected one that works or is over.";
        if (size is < 1 or > OrderChecks.MostSize) return $"The size is {size}; expected 1 to {OrderChecks.MostSize} contracts.";
        if (price is { } given && BeyondOf(given) is { } beyond) return beyond;
        if (price is not { } at || at % tick != 0) return $"The price is {price?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not known"}; expected a multiple of {tick}.";
        venue.Life.Filled(order, (long)(at / tick), size);
        return null;
    }

    /// <summary>What the user does under Settings > Risk in the platform.</summary>
    private static Reply Switch(TradingVenue venue, long id, string brackets)
    {
        BracketMode? mode = brackets.ToUpperInvariant() switch { "POSITION" => BracketMode.Position, "AUTO-OCO" => BracketMode.AutoOco, _ => null };
        if (mode is not { } found) return Refusal($"The mode is \"{brackets}\"; expected position or auto-oco.");
        if (venue.Accounts.FirstOrDefault(account => account.Id == id) is not { } account) return Refusal($"There is no account {id}.");
        account.Switch(found);
        venue.Life.Events.Kept(account);
        return Reply.Done;
    }

    private static string? End(TradingVenue venue, VenueOrder order, OrderStatus status)
    {
        if (order.Status.IsTerminal()) return "The order is over.";
        venue.Life.Cancel(order, status);
        return null;
    }

    private static Reply On(TradingGate gate, long id, Func<TradingVenue, VenueOrder, string?> work) => gate.Ask(venue =>
    {
        if (venue.Accounts.Select(account => account.OrderOf(id)).FirstOrDefault(found => found is not null) is not { } order) return Refusal($"There is no order {id}.");
        return work(venue, order) is { } fault ? Refusal(fault) : Reply.Done;
    });

    private static Reply OnTrade(TradingGate gate, long id, Action<TradingVenue, TradingAccount, VenueTrade> work) => gate.Ask(venue =>
    {
        (TradingAccount Account, VenueTrade Trade)[] found = [.. venue.Accounts.SelectMany(account => account.Trades.Where(trade => trade.Id == id).Select(trade => (account, trade)))];
        if (found is not [var one]) return Refusal($"There is no trade {id}.");
        if (one.Trade.IsVoided) return Refusal("The trade is voided already.");
        work(venue, one.Account, one.Trade);
        return Reply.Done;
    });

    private static string? BeyondOf(decimal price) =>
        OrderChecks.IsPrice(price) ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The price is {price}; expected one from -{OrderChecks.MostPrice} to {OrderChecks.MostPrice}.");

    private static Reply Refusal(string text) => new() { ErrorCode = 1, ErrorMessage = text };

    /// <summary>Answers in the envelope of the API.</summary>
    private static void Hand<T>(this IEndpointRouteBuilder routes, string path, Func<long, T, Reply> work) where T : class => routes.MapPost(path, (HttpContext http) =>
    {
        if (WebPages.AreRefused(http))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
        long id = http.Request.RouteValues["id"] is string text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return Body.Handle<T>(http, request => work(id, request));
    });
}
