using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Simulation.Fills;

/// <summary>Market orders fill at the open of the next bar; stops at their price, or at the open where the market jumped over it; limits only when the bar trades through them.</summary>
/// <remarks>
/// Lies by ignoring size and spread: any quantity fills at one price. What happens after the open carries the time of the bar's end, and a stop and a limit
/// in one bar count as stop first, because the path is unknown and the worse case counts.
/// A protective order that is placed because an order filled inside a bar waits for the next bar. A stop-limit whose stop was reached without a fill forgets it.
/// </remarks>
public sealed class NextOpen : IFillModel
{
    public string Name => "next-open";

    public bool FillsAtOnce => false;

    public BarFill? Next(IReadOnlyList<Order> working, in Bar bar, Timestamp now, TimeSpan latency) => Find(working, in bar, latency);

    internal static BarFill? Find(IReadOnlyList<Order> working, in Bar bar, TimeSpan latency) =>
        Find(working, in bar, latency, isOpen: true, limits: false) ?? Find(working, in bar, latency, isOpen: true, limits: true)
        ?? Find(working, in bar, latency, isOpen: false, limits: false) ?? Find(working, in bar, latency, isOpen: false, limits: true);

    private static BarFill? Find(IReadOnlyList<Order> working, in Bar bar, TimeSpan latency, bool isOpen, bool limits)
    {
        for (int i = 0; i < working.Count; i++)
        {
            Order order = working[i];
            if (order.Type == OrderType.Limit != limits) continue;
            if (isOpen ? order.Created + latency > bar.Start : order.Created + latency >= bar.End) continue;
            if ((isOpen ? PriceAtOpen(order, bar.Open) : PriceInside(order, in bar)) is { } price) return new(i, price, isOpen ? bar.Start : bar.End);
        }
        return null;
    }

    private static double? PriceAtOpen(Order order, double open)
    {
        if (order.Type == OrderType.Market) return open;
        bool isBuy = order.Side == Side.Buy;
        if (order.Type != OrderType.Limit && (isBuy ? open < (double)order.StopPrice : open > (double)order.StopPrice)) return null;
        return order.Type == OrderType.Stop || IsWithin((double)order.LimitPrice, open, isBuy) ? open : null;
    }

    private static double? PriceInside(Order order, in Bar bar)
    {
        bool isBuy = order.Side == Side.Buy;
        double limit = (double)order.LimitPrice, stop = (double)order.StopPrice;
        if (order.Type == OrderType.Market) return null;
        if (order.Type == OrderType.Limit) return (isBuy ? bar.Low < limit : bar.High > limit) ? limit : null;
        if (isBuy ? bar.High < stop : bar.Low > stop) return null;
        return order.Type == OrderType.Stop || IsWithin(limit, stop, isBuy) ? stop : null;
    }

    private static bool IsWithin(double limit, double price, bool isBuy) => isBuy ? price <= limit : price >= limit;
}
