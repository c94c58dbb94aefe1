using Tradewind.Core.Market;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Writes down what an engine leaves; <see cref="CarryDesk"/> takes it in.</summary>
internal sealed class CarryNotes
{
    /// <summary>Orders that ended and may still have a late fill, the last of them. A filled one, too: the venue may fill more than was ordered, or than is known to have been asked.</summary>
    private const int EndedOrders = 200;

    private readonly List<StrategySlot> _slots;
    private readonly List<MarketState> _markets = [];
    private readonly List<StrategySlot> _holders = [];
    private readonly Order[] _orders;

    public CarryNotes(MarketState[] markets, List<StrategySlot> slots, OrderDesk desk)
    {
        _slots = slots;
        _orders = [.. markets.SelectMany(market => market.Working).Concat(desk.Ended.TakeLast(EndedOrders)).OrderBy(order => order.Id.Value)];
        foreach (StrategySlot slot in slots)
        {
            bool hasPart = _orders.Any(order => Enumerable.Range(0, order.ShareCount).Any(i => order.Share(i).Strategy == slot.Index));
            if (hasPart || !slot.Position.IsFlat || !slot.Protection.IsNone) _holders.Add(slot);
        }
        _markets.AddRange(markets);
    }

    public Carry Write(string session, Func<Order, string> clientId, Account account, long lastOrder) => new()
    {
        Session = session,
        Account = account.Leave(),
        Instruments = [.. _markets.Select(market => new CarriedInstrument(market.Instrument.Symbol, market.Holding.Position.Quantity, market.Holding.Position.Cost, double.IsNaN(market.Holding.Mark) ? null : market.Holding.Mark))],
        Strategies = [.. _holders.Select(Write)],
        Results = _slots.Exists(slot => slot.RoundTrips.Results is { Count: > 0 }) ? [.. _slots.Where(slot => slot.RoundTrips.Results is { Count: > 0 }).Select(slot => new CarriedResults(slot.Name, slot.Instrument.Symbol, OccurrenceOf(slot), [.. slot.RoundTrips.Results!.OldestFirst()]))] : null,
        Orders = [.. _orders.Select(order => order.Leave(clientId(order), [.. Shares(order)]))],
        LastOrder = lastOrder,
    };

    private CarriedStrategy Write(StrategySlot slot)
    {
        return new(slot.Name, slot.Instrument.Symbol, OccurrenceOf(slot), slot.Position.Quantity, slot.Position.Cost)
        {
            Protection = slot.Protection.Leave() with { PlannedAction = slot.Plan.Action, PlannedStopLoss = slot.Plan.StopLoss, PlannedTakeProfit = slot.Plan.TakeProfit },
            RoundTrip = slot.RoundTrips.Leave(),
        };
    }

    private int OccurrenceOf(StrategySlot slot) => _slots.Take(slot.Index).Count(each => each.Name == slot.Name && each.Instrument.Symbol == slot.Instrument.Symbol);

    private IEnumerable<CarriedShare> Shares(Order order)
    {
        for (int i = 0; i < order.ShareCount; i++)
        {
            OrderShare share = order.Share(i);
            yield return new(_holders.FindIndex(slot => slot.Index == share.Strategy), share.Quantity);
        }
    }
}
