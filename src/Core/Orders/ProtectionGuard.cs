using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>
/// Keeps each strategy's position protected or flat: one stop, one target, the one's fill cancels the other, both always of the position's size. A position whose stop
/// the venue has not confirmed within a limit is closed, whatever the strategy does.
/// </summary>
/// <param name="modifies">The broker can modify working orders: a stop moves and grows without a moment in which there is none.</param>
/// <param name="trails">The venue moves stops that it can move as they are wished.</param>
/// <param name="limit">How long a position may stand without a confirmed stop.</param>
internal sealed class ProtectionGuard(OutputBuffer outputs, OrderDesk desk, RiskGate gate, bool modifies, bool trails, TimeSpan limit)
{
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);

    private readonly PositionCloser _closer = new(outputs, desk, limit);
    private readonly ProtectiveOrders _orders = new(outputs, desk, modifies, trails);

    /// <summary>Brings stop and target to what the position needs now. Called after everything that could have changed either.</summary>
    public void Sync(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        if (protection.IsNone) return;
        decimal position = slot.Position.Quantity;
        if (protection.IsClosing) _closer.Close(market, slot);
        Side side = position.IsAboveZero ? Side.Sell : Side.Buy;
        decimal size = Math.Abs(position);
        bool isKept = size.IsAboveZero && !protection.IsClosing;
        if (isKept && IsPassed(market, slot))
        {
            Refuse(market, slot, new(side, OrderType.Stop, TimeInForce.Gtc, OrderPurpose.StopLoss, size, StopPrice: protection.StopLoss));
            return;
        }
        bool isStopped = _orders.Sync(market, slot, ref protection.StopOrder,
            new(side, OrderType.Stop, TimeInForce.Gtc, OrderPurpose.StopLoss, size, StopPrice: protection.StopLoss), !protection.StopLoss.IsZero && isKept);
        decimal rest = protection.HasLegs ? _orders.SyncTargets(market, slot, side, isKept) : size;
        _orders.Sync(market, slot, ref protection.TakeProfitOrder,
            new(side, OrderType.Limit, TimeInForce.Gtc, OrderPurpose.TakeProfit, rest, LimitPrice: protection.TakeProfit), !protection.TakeProfit.IsZero && isKept && !rest.IsZero);
        if (position.IsZero) protection.End();
        else if (!isStopped) Flatten(market, slot, $"{slot.Name}: no protective stop could be placed; the position of {position} {market.Instrument.Symbol} is closed.");
        Watch(market, slot);
    }

    /// <summary>What was opened is to be protected as the wish said that it came from, also when that has lapsed or been replaced meanwhile.</summary>
    public static void Plan(MarketState market, StrategySlot slot, bool isOfEarlierSession)
    {
        Signal? entry = slot.Position.Quantity.IsAboveZero ? slot.LastBuy : slot.LastSell;
        if (slot.Wish is { Action: not SignalAction.Hold } wish && entry?.Id != wish.Id) market.NeedsDecision = true;
        ref Protection protection = ref slot.Protection;
        if (entry is null && isOfEarlierSession && slot.Plan.IsFor(slot.Position.Quantity)) (protection.StopLoss, protection.TakeProfit) = (slot.Plan.StopLoss, slot.Plan.TakeProfit);
        if (entry is null or { IsPlain: true } || protection.Plan == entry.Id) return;
        protection.Plan = entry.Id;
        protection.StopLoss = entry.StopLoss ?? 0m;
        protection.TakeProfit = entry.TakeProfit ?? 0m;
        protection.Aim(entry.Targets, Math.Abs(slot.Position.Quantity));
        (protection.Exits, protection.BestPrice) = (entry.Exits, 0);
        StopTrailer.Begin(slot, (double)slot.Position.AveragePrice);
    }

    /// <summary>Closes the strategy's position at the market, whatever it wishes, and tries until it is flat.</summary>
    public void Flatten(MarketState market, StrategySlot slot, string why)
    {
        slot.ClearWish();
        ref Protection protection = ref slot.Protection;
        protection.StopLoss = protection.TakeProfit = 0m;
        if (slot.Position.IsFlat || protection.IsClosing) return;
        outputs.AddAlert(market.Index, why);
        protection.IsClosing = true;
        PositionCloser.TakeOver(market, slot);
        // Entries of the strategy that still work are canceled by the decision: nothing wishes for them any more.
        market.NeedsDecision = true;
        Sync(market, slot);
    }

    /// <summary>Lets the clock run while position and confirmed stop differ. Called after everything that could have changed what the venue confirmed.</summary>
    public void Watch(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        bool isExposed = !slot.Position.IsFlat && (protection.IsClosing || (!protection.StopLoss.IsZero && !IsCovered(slot)));
        if (isExposed != protection.Exposure.IsRunning) Turn(market, slot, ref protection.Exposure, isExposed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // Rare: what is asked at each word of a broker stays small.
    private void Turn(MarketState market, StrategySlot slot, ref Exposure exposure, bool isExposed)
    {
        if (isExposed)
        {
            exposure.Start(outputs.Time, limit);
            market.CallAt(exposure.Deadline);
            return;
        }
        TimeSpan length = exposure.Stop(outputs.Time);
        if (length > TimeSpan.Zero) outputs.Add(market.Index, slot.Index, new ProtectionChanged(slot.Position.IsFlat ? ProtectionOutcome.Flat : ProtectionOutcome.Confirmed, slot.Position.Quantity, length));
    }

    /// <summary>The time has come to which <see cref="MarketState.CallAt"/> was set: what stands without a stop for too long is closed.</summary>
    public void OnTime(MarketState market)
    {
        CancelAgain(market);
        foreach (StrategySlot slot in market.Slots)
        {
            ref Protection protection = ref slot.Protection;
            if (protection.UnsentStop.IsSet | protection.UnsentTarget.IsSet) PlaceAgain(market, slot);
            if (!protection.Exposure.IsRunning) continue;
            if (outputs.Time >= protection.Exposure.Deadline) OnDeadline(market, slot);
            if (protection.Exposure.IsRunning) market.CallAt(protection.Exposure.Deadline);
        }
    }

    /// <summary>The account is known again: what has stood without a stop for too long meanwhile waits for its answer an eighth of the limit more, and is closed.</summary>
    public void OnKnown(MarketState market)
    {
        // What the session before was refused is asked again by this one.
        foreach (Order order in market.Working)
        {
            if (order.IsAskedAgain) market.CallAt(order.AskAgainAt);
        }
        foreach (StrategySlot slot in market.Slots)
        {
            ref Protection protection = ref slot.Protection;
            Timestamp due = outputs.Time + limit / 8;
            if (protection.IsClosing || protection.Exposure.LengthAt(outputs.Time) < limit || protection.Exposure.Deadline <= due) continue;
            protection.Exposure.Deadline = due;
            market.CallAt(due);
        }
    }

    /// <summary>The venue refused to cancel the order: it is looked at again after half the limit, so that what takes its place can be there in time.</summary>
    public void CancelLater(MarketState market, Order order) => AskLater(market, order, limit / 2);

    /// <summary>The venue refused to modify a protective order, perhaps because it is still about to work: asked once more, and only then canceled and placed anew.</summary>
    /// <param name="why"><see cref="OrderMarks.ModifyRefused"/>, or <see cref="OrderMarks.ModifyUnsent"/> where the request never left: that is no refusal, however often.</param>
    public void ModifyLater(MarketState market, Order order, OrderMarks why)
    {
        order.Mark(why);
        AskLater(market, order, limit / 4 < ShortWait ? limit / 4 : ShortWait);
    }

    /// <summary>A protective order ended without our asking for it.</summary>
    public void OnLost(MarketState market, StrategySlot slot, Order order)
    {
        // One that was on its way before is followed at once by one of our own.
        if (order.Purpose == OrderPurpose.Flatten) _closer.OnFailed(market, slot, order.Status.ToString());
        else if (Owns(slot, order) && !slot.Position.IsFlat && !slot.Protection.IsClosing && LostProtection.On(outputs, market, slot, order) is { } why) Flatten(market, slot, why);
        Sync(market, slot);
    }

    /// <summary>A closing or protective order never left. What is to protect is placed again within the limit: after it the position is closed.</summary>
    public void OnNotSent(MarketState market, StrategySlot slot, Order order, string? text)
    {
        ref Protection protection = ref slot.Protection;
        if (order.Purpose == OrderPurpose.Flatten) _closer.OnNotSent(market, slot, text);
        else if (Owns(slot, order) && !protection.IsClosing) PlaceLater(market, slot, order.Purpose == OrderPurpose.StopLoss, text);
        if (protection.Exposure.IsRunning) market.CallAt(protection.Exposure.Deadline);
        Sync(market, slot);
    }

    private void PlaceLater(MarketState market, StrategySlot slot, bool isStop, string? text)
    {
        ref UnsentPause pause = ref isStop ? ref slot.Protection.UnsentStop : ref slot.Protection.UnsentTarget;
        // The targets of parts that did not leave together are placed together again.
        if (pause.Holds(outputs.Time)) return;
        TimeSpan wait = pause.Set(outputs.Time, limit);
        market.CallAt(pause.Due);
        if (pause.IsTold) outputs.AddAlert(market.Index, $"{slot.Name}: the {(isStop ? "protective stop" : "profit target")} of {slot.Position.Quantity} {market.Instrument.Symbol} never left ({text ?? "no further words"}); it is tried again in {wait.TotalSeconds:0.##} s.");
    }

    /// <summary>Whether it is the stop or the target that the position has now.</summary>
    public static bool Owns(StrategySlot slot, Order order) => order.Id == slot.Protection.StopOrder || ScaleOut.Owns(in slot.Protection, order.Id);

    private void AskLater(MarketState market, Order order, TimeSpan wait)
    {
        order.AskLater(outputs.Time + wait);
        market.CallAt(order.AskAgainAt);
    }

    /// <summary>What the venue refused to cancel, and is still not wanted, is canceled anew.</summary>
    private void CancelAgain(MarketState market)
    {
        bool isProtective = false;
        foreach (Order order in market.Working)
        {
            if (!order.IsAskedAgain) continue;
            if (outputs.Time < order.AskAgainAt)
            {
                market.CallAt(order.AskAgainAt);
                continue;
            }
            order.Unmark(OrderMarks.AskAgain);
            market.NeedsDecision |= order.Purpose == OrderPurpose.Target;
            isProtective |= order.Purpose != OrderPurpose.Target;
            // One that its strategy does not count as its own any more is nobody else's to cancel.
            if (order.Purpose is OrderPurpose.StopLoss or OrderPurpose.TakeProfit && !IsOwned(market, order)) desk.Cancel(order);
            // After the end of a session nothing is decided any more.
            if (order.EndsWithSession) desk.Cancel(order);
        }
        if (!isProtective) return;
        foreach (StrategySlot slot in market.Slots)
        {
            _closer.CancelMisfits(market, slot);
            Sync(market, slot);
        }
    }

    private void PlaceAgain(MarketState market, StrategySlot slot)
    {
        bool isDue = IsDue(market, ref slot.Protection.UnsentStop) | IsDue(market, ref slot.Protection.UnsentTarget);
        if (isDue) Sync(market, slot);
    }

    private bool IsDue(MarketState market, ref UnsentPause pause)
    {
        if (!pause.IsSet) return false;
        if (pause.Holds(outputs.Time))
        {
            market.CallAt(pause.Due);
            return false;
        }
        pause.Take();
        return true;
    }

    private static bool IsOwned(MarketState market, Order order)
    {
        foreach (StrategySlot slot in market.Slots)
        {
            if (slot.Index == order.Share(0).Strategy) return Owns(slot, order);
        }
        return false;
    }

    private void OnDeadline(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        if (gate.Account is AccountState.Unsynced or AccountState.Syncing)
        {
            Defer(market, slot);
            return;
        }
        if (protection.IsClosing)
        {
            protection.Exposure.Deadline = _closer.Insist(market, slot);
            return;
        }
        var overdue = new ProtectionChanged(ProtectionOutcome.Overdue, slot.Position.Quantity, protection.Exposure.LengthAt(outputs.Time));
        outputs.Add(market.Index, slot.Index, in overdue);
        protection.Exposure.Deadline = outputs.Time + limit;
        Flatten(market, slot, $"{slot.Name}: {market.Instrument.Symbol}: {overdue.Sentence()}.");
    }

    /// <summary>What is held is not known for certain: an order to close it could open the opposite. It is sent once the account is known again.</summary>
    private void Defer(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        protection.Exposure.Deadline = outputs.Time + limit;
        if (protection.Reminders > 0) return;
        protection.Reminders++;
        outputs.AddAlert(market.Index, $"{slot.Name}: the position of {slot.Position.Quantity} {market.Instrument.Symbol} has no confirmed stop, and the account is not synchronised: it is closed soon after the account is known, if it is still without.");
    }

    /// <summary>A stop is to be placed and the market is through it already: the venue would refuse it, or fill it at once.</summary>
    private bool IsPassed(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        if (protection.StopLoss.IsZero || desk.Find(protection.StopOrder) is { } placed && !placed.Status.IsFinal()) return false;
        double price = protection.Filled >= market.LastData ? protection.FillPrice : market.Mark;
        return (slot.Position.Quantity.IsAboveZero ? 1 : -1) * (price - (double)protection.StopLoss) <= 0;
    }

    private void Refuse(MarketState market, StrategySlot slot, in OrderTerms terms)
    {
        outputs.Add(market.Index, new OrderDenied(desk.NextDecision(), RiskCode.WrongSide, terms));
        Flatten(market, slot, $"{slot.Name}: the market is through the stop at {terms.StopPrice} already; the position of {slot.Position.Quantity} {market.Instrument.Symbol} is closed.");
    }

    private bool IsCovered(StrategySlot slot) => desk.Find(slot.Protection.StopOrder) is { } stop
        && stop.Status is OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.ModifyPending
        && stop.SignedRemaining == -slot.Position.Quantity;
}
