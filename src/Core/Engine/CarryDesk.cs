using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Takes in what an earlier session left: money, positions with their protection, and orders, of which what was not answered is in doubt.</summary>
internal sealed class CarryDesk(OutputBuffer outputs, Account account, RiskGate gate, OrderDesk desk, OrderTracker tracker, ProtectionGuard guard, MarketState[] markets, List<StrategySlot> slots)
{
    private const string NoAnswer = "the session before ended without an answer";

    /// <exception cref="InvalidOperationException">It names a strategy or an instrument that is not here.</exception>
    public void Take(Carry left)
    {
        account.Take(left.Account);
        StrategySlot[] holders = [.. left.Strategies.Select(Find)];
        for (int i = 0; i < holders.Length; i++) Take(holders[i], left.Strategies[i]);
        foreach (CarriedResults results in left.Results ?? []) Take(results);
        foreach (CarriedInstrument instrument in left.Instruments) Take(instrument);
        gate.CountOrdersFrom(left.LastOrder);
        foreach (CarriedExecution execution in left.Executions)
        {
            if (execution.Order != 0)
            {
                desk.Memory.AddBooked(execution.Execution);
                continue;
            }
            desk.Memory.AddExternal(execution.Execution, execution.Quantity.IsAboveZero);
            if (execution.IsReversed) desk.Memory.AddExternal(execution.Execution, !execution.Quantity.IsAboveZero);
        }
        Order[] orders = [.. left.Orders.Select(order => Take(order, left, holders))];
        Tell(left, holders);
        foreach (Order order in orders) Doubt(order);
        foreach (StrategySlot slot in holders) guard.Watch(slot.Market, slot);
    }

    private void Take(CarriedInstrument held)
    {
        if (Array.Find(markets, market => market.Instrument.Symbol == held.Symbol) is not { } market)
        {
            if (held.Quantity.IsZero) return;
            throw new InvalidOperationException($"An earlier session left {held.Quantity} {held.Symbol}, which this engine does not trade.");
        }
        decimal external = held.Quantity, externalCost = held.Cost;
        foreach (StrategySlot slot in market.Slots)
        {
            external -= slot.Position.Quantity;
            externalCost -= slot.Position.Cost;
        }
        if (!external.IsZero)
        {
            market.Part();
            market.External.Take(external, externalCost);
        }
        account.Take(market.Holding, held.Quantity, held.Cost, held.Mark ?? double.NaN);
    }

    private static void Take(StrategySlot slot, CarriedStrategy left)
    {
        slot.Position.Take(left.Quantity, left.Cost);
        slot.Protection.Take(left.Protection);
        slot.Market.HasMovingStops |= !slot.Protection.Exits.IsNone;
        slot.Plan = new(left.Protection.PlannedAction, left.Protection.PlannedStopLoss, left.Protection.PlannedTakeProfit);
        if (left.RoundTrip is { } trip) slot.RoundTrips.Take(trip);
    }

    private Order Take(CarriedOrder left, Carry all, StrategySlot[] holders)
    {
        MarketState market = MarketOf(all.Instruments[left.Instrument].Symbol);
        OrderShare[] shares = [.. left.Shares.Select(share => new OrderShare(share.Strategy < 0 ? Fill.ExternalStrategy : holders[share.Strategy].Index, share.Quantity))];
        Order order = gate.Adopt(left, market.Index, shares);
        desk.Adopt(market, order);
        // The wish that an entry came from is gone with its session.
        if (order.Purpose == OrderPurpose.Target && !order.Status.IsFinal()) market.NeedsDecision = true;
        outputs.AddCarried(order);
        return order;
    }

    /// <summary>What was asked last may have reached the venue or not.</summary>
    private void Doubt(Order order)
    {
        BrokerEventKind kind = order.Status switch
        {
            OrderStatus.Sending => BrokerEventKind.SubmitInDoubt,
            OrderStatus.CancelPending => order.IsKnown ? BrokerEventKind.CancelInDoubt : BrokerEventKind.SubmitInDoubt,
            OrderStatus.ModifyPending => BrokerEventKind.ModifyInDoubt,
            _ => BrokerEventKind.None,
        };
        if (kind != BrokerEventKind.None) tracker.On(order.Instrument, new BrokerEvent(kind, order.Id), NoAnswer);
    }

    private void Tell(Carry left, StrategySlot[] holders)
    {
        foreach (StrategySlot slot in holders)
        {
            if (!slot.Position.IsFlat) outputs.AddCarried(slot.Market.Index, slot.Index, slot.Position);
        }
        foreach (CarriedInstrument held in left.Instruments)
        {
            if (Array.Find(markets, each => each.Instrument.Symbol == held.Symbol) is not { } market) continue;
            if (!market.External.IsFlat) outputs.AddAlert(market.Index, $"{market.Instrument.Symbol}: {market.External.Quantity} that no strategy holds came over from session {left.Session}.");
        }
        int open = left.Orders.Count(order => !order.Status.IsFinal());
        outputs.AddAlert(-1, $"Went on from session {left.Session}: {holders.Count(slot => !slot.Position.IsFlat)} positions, {open} open orders.");
    }

    private void Take(CarriedResults left)
    {
        if (Find(left.Name, left.Symbol, left.Occurrence)?.RoundTrips.Results is not { } results) return;
        foreach (double perUnit in left.PerUnit) results.Add(perUnit);
    }

    private StrategySlot? Find(string name, string symbol, int occurrence)
    {
        int seen = 0;
        foreach (StrategySlot slot in slots)
        {
            if (slot.Name == name && slot.Instrument.Symbol == symbol && seen++ == occurrence) return slot;
        }
        return null;
    }

    private StrategySlot Find(CarriedStrategy left)
    {
        if (Find(left.Name, left.Symbol, left.Occurrence) is { } slot) return slot;
        throw new InvalidOperationException($"An earlier session left something to {left.Name} in {left.Symbol}, which this engine does not run.");
    }

    private MarketState MarketOf(string symbol) =>
        Array.Find(markets, market => market.Instrument.Symbol == symbol) ?? throw new InvalidOperationException($"An earlier session left an order in {symbol}, which this engine does not trade.");
}
