using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Conformance.Cards;

/// <summary>What cards wish for. Quantities are signed: above 0 long. Ticks count from the last price, and away from a loss: a target of 20 is above a long entry and below a short one.</summary>
internal static class Wishes
{
    public static Wish Market(this CardRun run, int quantity, int? stop = null, int? target = null) => Legs(run, new(ActionOf(quantity), "at the market") { Quantity = Math.Abs(quantity) }, quantity, stop, target);

    /// <param name="better">Ticks below the last price for a buy, above it for a sale; negative would fill at once.</param>
    public static Wish Limit(this CardRun run, int quantity, int better, TimeInForce time = TimeInForce.Gtc, int? stop = null, int? target = null) => Legs(
        run, new(ActionOf(quantity), "at a limit") { Quantity = Math.Abs(quantity), OrderType = OrderType.Limit, TimeInForce = time, LimitPrice = run.Price(-Math.Sign(quantity) * better) }, quantity, stop, target);

    /// <param name="worse">Ticks above the last price for a buy, below it for a sale.</param>
    public static Wish Stop(this CardRun run, int quantity, int worse) =>
        new(ActionOf(quantity), "at a stop") { Quantity = Math.Abs(quantity), OrderType = OrderType.Stop, TimeInForce = TimeInForce.Gtc, StopPrice = run.Price(Math.Sign(quantity) * worse) };

    public static Wish StopLimit(this CardRun run, int quantity, int worse, int room) => new(ActionOf(quantity), "at a stop with a limit")
    {
        Quantity = Math.Abs(quantity),
        OrderType = OrderType.StopLimit,
        TimeInForce = TimeInForce.Gtc,
        StopPrice = run.Price(Math.Sign(quantity) * worse),
        LimitPrice = run.Price(Math.Sign(quantity) * (worse + room)),
    };

    public static Wish Flat => new(SignalAction.Close, "flat");

    /// <summary>No wish: an entry that rests is taken back.</summary>
    public static Wish Nothing => new(SignalAction.Hold, "nothing");

    private static SignalAction ActionOf(int quantity) => quantity > 0 ? SignalAction.Buy : SignalAction.Sell;

    private static Wish Legs(CardRun run, Wish wish, int quantity, int? stop, int? target) => wish with
    {
        StopLoss = stop is { } loss ? run.Price(-Math.Sign(quantity) * loss) : null,
        TakeProfit = target is { } profit ? run.Price(Math.Sign(quantity) * profit) : null,
    };
}
