using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Simulation.Fills;

/// <summary>Market orders fill at the open of the next bar; stops at their price, or at the open where the market jumped over it; limits only when the bar trades through them.</summary>
/// <remarks>
/// Lies by ignoring size and spread: any quantity fills at one price. A stop and a limit in one bar count as stop first.
/// A protective order that is placed because an order filled inside a bar waits for the next bar.
/// </remarks>
public sealed class NextOpen : IFillModel
{
    public string Name => "next-open";

    public bool FillsAtOnce => false;

    public double? Price(Order order, in Bar bar, BarPhase phase) => PriceOnBar(order, in bar, phase);

    internal static double? PriceOnBar(Order order, in Bar bar, BarPhase phase)
    {
        if (order.Type == OrderType.Market) return phase == BarPhase.Open ? bar.Open : null;
        bool isBuy = order.Side == Side.Buy;
        if (order.Type == OrderType.Limit) return LimitPrice((double)order.LimitPrice, isBuy, in bar, phase);
        double stop = (double)order.StopPrice;
        double? trigger = phase == BarPhase.Open
            ? (isBuy ? bar.Open >= stop : bar.Open <= stop) ? bar.Open : null
            : (isBuy ? bar.High >= stop : bar.Low <= stop) ? stop : null;
        if (order.Type == OrderType.Stop || trigger is not { } price) return trigger;
        double limit = (double)order.LimitPrice;
        return (isBuy ? price <= limit : price >= limit) ? price : null;
    }

    private static double? LimitPrice(double limit, bool isBuy, in Bar bar, BarPhase phase)
    {
        if (phase == BarPhase.Open) return (isBuy ? bar.Open <= limit : bar.Open >= limit) ? bar.Open : null;
        return (isBuy ? bar.Low < limit : bar.High > limit) ? limit : null;
    }
}
