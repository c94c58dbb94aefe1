using Tradewind.Conformance.Desk;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>What several cards look at.</summary>
internal static class Looks
{
    /// <summary>The venue's order of one of ours; null where it has none.</summary>
    public static async Task<TrueOrder?> AtVenueAsync(this CardRun run, long id)
    {
        OrderLine ours = run.Order(id);
        return (await run.TruthAsync()).Orders.FirstOrDefault(ours.IsAt);
    }

    /// <summary>The venue has exactly one order of that id, in that state.</summary>
    public static async Task ExpectAtVenueAsync(this CardRun run, long id, TrueState state)
    {
        OrderLine ours = run.Order(id);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders of that id at the venue", 1, truth.Orders.Count(ours.IsAt));
        run.Expect("the venue's order is", state, truth.Orders.First(ours.IsAt).State);
    }

    /// <summary>Rests at the venue and is known to: the engine has its number.</summary>
    public static async Task<long> RestAsync(this CardRun run, Core.Signals.Wish wish)
    {
        long id = await run.OrderAsync(wish);
        await run.WorksAsync(id);
        return id;
    }

    public static async Task WorksAsync(this CardRun run, long id)
    {
        OrderLine ours = run.Order(id);
        await run.UntilAsync($"order {id} works at the venue, and the engine knows", (now, truth) =>
            now.Orders.Any(order => order.Id == id && order.Status is OrderStatus.Working or OrderStatus.PartiallyFilled)
            && truth.Orders.Any(order => ours.IsAt(order) && order.State == TrueState.Working));
    }

    /// <summary>Waits for the confirmed leg of a purpose, of that quantity, with the same terms at the venue.</summary>
    public static async Task<OrderLine> LegAsync(this CardRun run, OrderPurpose purpose, decimal quantity)
    {
        await run.UntilAsync($"a {purpose} of {quantity} works", (now, truth) => now.Open.Any(order => order.Purpose == purpose && order.Remaining == quantity && IsConfirmed(order, truth)));
        OrderLine leg = run.Now.Open.Last(order => order.Purpose == purpose);
        run.Note($"{purpose} at the venue", $"{leg.Remaining} at {(leg.StopPrice == 0 ? leg.LimitPrice : leg.StopPrice)}");
        return leg;
    }

    /// <summary>Long or short with the legs that it wishes for, all confirmed.</summary>
    public static async Task BracketAsync(this CardRun run, int quantity, int stop = 40, int? target = 40)
    {
        run.Wish(run.Market(quantity, stop, target));
        await run.HoldsAsync(quantity);
        await run.LegAsync(OrderPurpose.StopLoss, Math.Abs(quantity));
        if (target is not null) await run.LegAsync(OrderPurpose.TakeProfit, Math.Abs(quantity));
    }

    /// <summary>Engine and venue are flat, and none of our orders works.</summary>
    public static async Task GoneAsync(this CardRun run)
    {
        await run.UntilAsync("engine and venue are flat, and nothing works", (now, truth) => now.Net == 0 && truth.Net == 0 && !now.Open.Any() && !truth.Live.Any());
        run.Note("position and working orders", "0 and 0");
    }

    /// <summary>A confirmed stop of the whole position that came after the order, or no position.</summary>
    public static async Task ProtectedOrFlatAsync(this CardRun run, long after)
    {
        await run.UntilAsync("a new stop works, or the position is closed", (now, truth) =>
            (now.Net == 0 && truth.Net == 0) || now.Open.Any(order => order.Id > after && order.Purpose == OrderPurpose.StopLoss && order.Remaining == Math.Abs(now.Net) && IsConfirmed(order, truth)));
        run.Note("position", run.Now.Net == 0 ? "closed" : $"protected by order {run.Leg(OrderPurpose.StopLoss)?.Id}");
    }

    public static bool IsConfirmed(OrderLine order, VenueTruth truth) => order.Status is OrderStatus.Working or OrderStatus.PartiallyFilled && truth.Orders.Any(there =>
        order.IsAt(there) && there.State == TrueState.Working && there.Quantity == order.Quantity && there.LimitPrice == order.LimitPrice && there.StopPrice == order.StopPrice);
}
