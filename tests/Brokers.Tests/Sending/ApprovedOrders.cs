using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Brokers.Tests.Sending;

/// <summary>Orders that an engine has approved: only an engine can make them.</summary>
internal static class ApprovedOrders
{
    /// <param name="instruments">Of each order, in their order.</param>
    public static Order[] On(params int[] instruments)
    {
        Instrument[] two = [new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginRate = 0.1 }, new("NQ", AssetClass.Future, 0.25m, 20m, ContinuousCalendar.Instance) { MarginRate = 0.1 }];
        var engine = new Engine(new EngineOptions { Instruments = two, StartingCash = 10_000_000m, AllowShort = true });
        foreach (int instrument in instruments.Distinct()) engine.Add(new BuysMore(), instrument, Timeframe.OneMinute);
        List<Order> made = [];
        Timestamp start = Timestamp.FromUtc(2026, 3, 2, 14, 30);
        for (int minute = 0; minute < 2 * instruments.Length; minute++)
        {
            Timestamp from = start + TimeSpan.FromMinutes(minute);
            Order? next = null;
            foreach (Output output in engine.Process(new Input(minute % 2, new Bar(from, from + TimeSpan.FromMinutes(1), 100, 100, 100, 100, 1))))
            {
                if (output.Kind == OutputKind.OrderSubmitted) next = output.Order;
            }
            if (next is null) continue;
            made.Add(next);
            engine.Process(new Input(from + TimeSpan.FromMinutes(1), new BrokerEvent(BrokerEventKind.Filled, next.Id, minute + 1, next.RemainingQuantity, 100m, 0m)));
        }
        return [.. instruments.Select(instrument =>
        {
            Order next = made.First(order => order.Instrument == instrument);
            made.Remove(next);
            return next;
        })];
    }

    private sealed class BuysMore : Strategy
    {
        private int _quantity;

        protected override void OnBar(in Bar bar) => Emit(new Wish(SignalAction.Buy, "test") { Quantity = ++_quantity });
    }
}
