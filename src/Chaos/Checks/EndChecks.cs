using Tradewind.Chaos.Host;
using Tradewind.Chaos.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Checks;

/// <summary>Compares program and venue once nothing is under way any more: orders, executions, positions, protection.</summary>
/// <param name="isHistoryShort">The venue forgets executions: positions are adopted then, and what orders filled cannot be told any more.</param>
/// <param name="breaks">Takes the invariant and a sentence.</param>
internal sealed class EndChecks(OracleVenue venue, string session, bool isHistoryShort, Action<string, string> breaks)
{
    public void Check(TradingProgram program)
    {
        Engine engine = program.Engine;
        if (engine.AccountState != AccountState.Synced) breaks("I17", $"the account is still {engine.AccountState}");
        CheckFills(program);
        CheckOrders(program);
        for (int i = 0; i < engine.Options.Instruments.Count; i++) CheckPosition(program, i);
        CheckProtection(program);
    }

    private void CheckFills(TradingProgram program)
    {
        Dictionary<(string Venue, int Instrument), decimal> booked = [];
        foreach (var execution in program.Memory.Executions.Where(execution => !execution.IsReversed))
        {
            string owner = execution.Order.IsNone ? "" : Recollection.ClientIdOf(session, execution.Order);
            booked[(owner, execution.Instrument)] = booked.GetValueOrDefault((owner, execution.Instrument)) + execution.Quantity;
        }
        foreach (TrueOrder order in venue.Orders.Where(order => order.ClientId is not null))
        {
            decimal real = venue.Fills.Where(fill => fill.VenueOrderId == order.VenueId && !fill.IsVoided).Sum(fill => fill.SignedQuantity);
            decimal ours = booked.GetValueOrDefault((order.ClientId!, order.Instrument));
            if (real != ours && !isHistoryShort) breaks("I2", $"order {order.ClientId} was filled for {real} at the venue and {ours} is booked");
        }
        foreach (var intent in venue.Orders.Where(order => order.Intent > 0 && order.State != VenueOrderState.Rejected).GroupBy(order => order.Intent).Where(group => group.Count() > 1)) breaks("I1", $"{intent.Count()} orders at the venue for the intent {intent.Key}");
    }

    private void CheckOrders(TradingProgram program)
    {
        Dictionary<string, Order> working = [];
        for (int i = 0; i < program.Engine.Options.Instruments.Count; i++)
        {
            foreach (Order order in program.Engine.Market(i).Working)
            {
                working.Add(Recollection.ClientIdOf(session, order.Id), order);
                if (order.Status is not (OrderStatus.Working or OrderStatus.PartiallyFilled)) breaks("I17", $"order {order.Id} is still {order.Status}");
                if (order.Terms.GoodTill is var end && end != default && end < program.Engine.Now) breaks("I17", $"order {order.Id} still works, it was good till {end}");
            }
        }
        foreach (TrueOrder order in venue.Orders.Where(order => order.IsLive && order.ClientId is not null))
        {
            if (!working.Remove(order.ClientId!)) breaks("I2", $"order {order.ClientId} works at the venue and is unknown or over in the engine (orphan)");
        }
        foreach (string missing in working.Keys) breaks("I2", $"order {missing} works in the engine and not at the venue (lost)");
    }

    private void CheckPosition(TradingProgram program, int instrument)
    {
        decimal held = program.Engine.Account.PositionOf(instrument).Quantity, real = venue.NetOf(instrument);
        if (held != real) breaks("I2", $"the engine holds {held} of instrument {instrument}, the venue {real}, the synchroniser counts {program.Counted(instrument)}");
        decimal strategies = 0m;
        for (int i = 0; i < program.Engine.StrategyCount; i++)
        {
            if (program.Engine.Strategy(i).Instrument == instrument) strategies += program.Engine.Strategy(i).Position.Quantity;
        }
        decimal external = program.Memory.ExternalOf(instrument);
        if (strategies + external != held) breaks("I16", $"strategies hold {strategies}, others {external}, the account {held} of instrument {instrument}");
    }

    /// <summary>What a strategy holds under protection has a stop of that size at the venue.</summary>
    private void CheckProtection(TradingProgram program)
    {
        for (int i = 0; i < program.Engine.StrategyCount; i++)
        {
            var strategy = program.Engine.Strategy(i);
            decimal position = strategy.Position.Quantity;
            foreach (OrderPurpose purpose in new[] { OrderPurpose.StopLoss, OrderPurpose.TakeProfit })
            {
                decimal legs = 0m;
                foreach (Order order in program.Engine.Market(strategy.Instrument).Working)
                {
                    if (order.Purpose == purpose && order.Share(0).Strategy == i) legs += order.Side == Side.Buy ? -order.RemainingQuantity : order.RemainingQuantity;
                }
                if (legs != 0 && (Math.Abs(legs) > Math.Abs(position) || legs * position < 0)) breaks("I7", $"{purpose} orders of strategy {i} are for {legs}, it holds {position}");
                bool isProtected = legs == position;
                if (strategy.IsClosing && position != 0) breaks("I6", $"strategy {i} is being closed and still holds {position}");
                if (purpose == OrderPurpose.StopLoss && strategy.StopLoss != 0 && position != 0 && !isProtected) breaks("I6", $"strategy {i} holds {position} and stops are for {legs}");
            }
        }
    }
}
