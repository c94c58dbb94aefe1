using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Simulation.Fills;

/// <summary>Replays each bar as a path of prices, so that what is ordered because of a fill inside a bar can fill in the same bar.</summary>
/// <remarks>
/// The path is <see cref="BarPath"/>: open, nearer extreme, farther extreme, close, in straight lines. A market order fills where the path is when the order arrives
/// (at the open, for one decided at the close before, without latency), a stop where the path first touches it, a limit where the path goes through it, or at once
/// where the price is already better. Of two orders the one that the path reaches first fills first.
/// Lies by the path: the real one went up and down many times between these four points, so that stops inside the range are hit more often and in another order;
/// and by ignoring size and spread. A stop-limit whose stop was reached in an earlier bar without a fill forgets it.
/// </remarks>
public sealed class Intrabar : IFillModel
{
    public string Name => "intrabar";

    public bool FillsAtOnce => false;

    public BarFill? Next(IReadOnlyList<Order> working, in Bar bar, Timestamp now, TimeSpan latency)
    {
        var path = new BarPath(in bar);
        double first = double.PositiveInfinity;
        double price = 0;
        int index = -1;
        for (int i = 0; i < working.Count; i++)
        {
            Order order = working[i];
            Timestamp arrival = order.Created + latency;
            if (arrival >= bar.End) continue;
            double from = path.PlaceAt(arrival > now ? arrival : now);
            if (Find(order, in path, from) is not { } hit || hit.Place >= first) continue;
            (first, price, index) = (hit.Place, hit.Price, i);
        }
        return index < 0 ? null : new(index, price, path.TimeAt(first));
    }

    private static PathHit? Find(Order order, in BarPath path, double from)
    {
        bool isBuy = order.Side == Side.Buy;
        PathHit? start = order.Type is OrderType.Stop or OrderType.StopLimit
            ? path.FirstAt((double)order.StopPrice, isRising: isBuy, from)
            : new(from, path.PriceAt(from));
        if (start is not { } hit || order.Type is OrderType.Market or OrderType.Stop) return start;
        double limit = (double)order.LimitPrice;
        return (isBuy ? hit.Price <= limit : hit.Price >= limit) ? hit : path.FirstBeyond(limit, isRising: !isBuy, hit.Place);
    }
}
