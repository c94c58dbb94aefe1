using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders.Execution;

/// <summary>
/// Works wishes that name an execution: a parent for each, and as its algorithm releases more of it, children that pass the risk gate like any order.
/// Filled, working and in doubt together are never sent beyond the parent.
/// </summary>
internal sealed class ExecutionDesk(OutputBuffer outputs, OrderDesk desk)
{
    /// <summary>Before a decision: ends the parents whose wish does not stand any more. Their children are orders like others from then on, which nothing wishes for.</summary>
    public void EndStale(MarketState market)
    {
        for (int i = market.Parents.Count - 1; i >= 0; i--)
        {
            ParentOrder parent = market.Parents[i];
            StrategySlot slot = market.SlotOf(parent.Now.Strategy);
            bool isStale = slot.Wish?.Id != parent.Now.Signal;
            if (!isStale && !parent.IsOver && WhyNotOn(slot, parent) is { } why) Stop(market, parent, why);
            if (!isStale) continue;
            parent.Why = slot.Wish is null ? "the wish is over" : "another wish stands";
            if (!parent.IsOver) End(market, parent, ExecutionState.Stopped);
            market.Parents.RemoveAt(i);
        }
    }

    /// <summary>True where the wish is worked here, and no order is to be made of it at once.</summary>
    /// <param name="aim">The signed position that was decided on.</param>
    /// <param name="decision">0 where nothing is decided.</param>
    public static bool Takes(MarketState market, StrategySlot slot, decimal aim, long decision)
    {
        if (slot.Wish is not { Execution: not null } wish) return false;
        if (decision == 0) return true;
        ParentOrder? parent = Parents.Of(market, slot);
        if (parent is null) market.Parents.Add(parent = new(slot.Index, wish.Id));
        (parent.Now.Aim, parent.Now.Decision) = (aim, decision);
        return true;
    }

    /// <summary>After a decision: brings each parent on.</summary>
    public void Work(MarketState market)
    {
        for (int i = 0; i < market.Parents.Count; i++)
        {
            StrategySlot slot = market.SlotOf(market.Parents[i].Now.Strategy);
            if (slot.Wish is not { Execution: { } algorithm } wish || slot.Protection.IsClosing) continue;
            market.Parents[i] = Renewed(market, slot, market.Parents[i]);
            Work(market, slot, market.Parents[i], wish, algorithm);
        }
        market.HasParents = market.Parents.Count > 0;
    }

    private void Work(MarketState market, StrategySlot slot, ParentOrder parent, Signal wish, ExecutionAlgorithm algorithm)
    {
        ref ParentOrder.State now = ref parent.Now;
        decimal missing = now.Aim - slot.Position.Quantity;
        if (parent.IsOver || (now.Status == ExecutionState.Waiting && (missing.IsZero || HasOthers(market, slot, missing)))) return;
        if (now.Status == ExecutionState.Waiting) Begin(market, parent, wish, algorithm, missing);
        if (!now.Filled.IsZero && !parent.Open.IsAboveZero)
        {
            End(market, parent, ExecutionState.Done);
            return;
        }
        decimal working = parent.WorkingIn(market);
        decimal open = missing.IsZero || missing.IsAboveZero != (now.Side == Side.Buy) ? 0m : Math.Min(parent.Open, Math.Abs(missing));
        now.Next = Timestamp.MaxValue;
        if (working > open) CancelExcess(market, parent, working - open);
        else Release(market, slot, parent, wish, algorithm, open, working);
        now.Committed = now.Filled + parent.WorkingIn(market);
        if (parent.IsRunning) market.WakeAt(now.Next);
    }

    /// <summary>The same parent, or a new one where it is done and more is wanted, or the other side is.</summary>
    private ParentOrder Renewed(MarketState market, StrategySlot slot, ParentOrder parent)
    {
        ref ParentOrder.State now = ref parent.Now;
        decimal missing = now.Aim - slot.Position.Quantity;
        if (now.Status == ExecutionState.Waiting || missing.IsZero) return parent;
        bool isTurned = parent.IsRunning && missing.IsAboveZero != (now.Side == Side.Buy);
        if (!isTurned && now.Status != ExecutionState.Done) return parent;
        if (isTurned)
        {
            parent.Why = "the wanted position is on its other side";
            End(market, parent, ExecutionState.Stopped);
        }
        var next = new ParentOrder(slot.Index, now.Signal);
        (next.Now.Aim, next.Now.Decision) = (now.Aim, now.Decision);
        return next;
    }

    private void Begin(MarketState market, ParentOrder parent, Signal wish, ExecutionAlgorithm algorithm, decimal missing)
    {
        ref ParentOrder.State now = ref parent.Now;
        now.Number = desk.NextParent();
        now.Status = ExecutionState.Running;
        now.Side = missing.IsAboveZero ? Side.Buy : Side.Sell;
        now.Quantity = Math.Abs(missing);
        now.Start = outputs.Time;
        now.End = algorithm.Over is { } over && outputs.Time + over < wish.Expires ? outputs.Time + over : wish.Expires;
        Tell(market, parent, algorithm.Words);
        if (algorithm.Caveat(parent.ProgressIn(market, outputs.Time)) is { } caveat) outputs.AddAlert(market.Index, $"{market.SlotOf(now.Strategy).Name}: execution {now.Number}: {caveat}.");
    }

    /// <summary>Orders that could still fill for the strategy beside the parent; those of an earlier wish are asked to end.</summary>
    private bool HasOthers(MarketState market, StrategySlot slot, decimal missing)
    {
        bool hasOthers = false;
        foreach (Order order in market.Working)
        {
            if (order.Purpose != OrderPurpose.Target || order.SignedRemainingOf(slot.Index).IsZero || OrderPlanner.IsSetAside(order, missing)) continue;
            desk.Cancel(order);
            hasOthers = true;
        }
        return hasOthers;
    }

    private void CancelExcess(MarketState market, ParentOrder parent, decimal excess)
    {
        for (int i = market.Working.Count - 1; i >= 0 && excess.IsAboveZero; i--)
        {
            Order child = market.Working[i];
            if (child.Parent != parent.Now.Number) continue;
            excess -= child.WorstRemaining;
            desk.Cancel(child);
        }
    }

    private void Release(MarketState market, StrategySlot slot, ParentOrder parent, Signal wish, ExecutionAlgorithm algorithm, decimal open, decimal working)
    {
        ref ParentOrder.State now = ref parent.Now;
        ParentProgress progress = parent.ProgressIn(market, outputs.Time);
        Pace pace = algorithm.PaceAt(in progress);
        now.Next = progress.IsOver ? Timestamp.MaxValue : pace.Next < now.End ? pace.Next : now.End;
        bool isLast = progress.IsOver && algorithm.Leftover == Leftover.Market;
        if (progress.IsOver && wish.OrderType != OrderType.Market && CancelResting(market, parent)) return;
        decimal released = isLast || pace.Released >= now.Quantity ? now.Quantity : market.Instrument.RoundDownToLot(pace.Released);
        if (progress.IsOver && !isLast && wish.OrderType != OrderType.Market) released = 0m;
        decimal due = Math.Min(released - now.Filled - working, open - working);
        if (!pace.Shown.IsZero && !progress.IsOver) due = working.IsZero ? Math.Min(due, pace.Shown) : 0m;
        if (due.IsAboveZero) SendNext(market, slot, parent, wish, due, atMarket: isLast);
        else if (progress.IsOver && working.IsZero) End(market, parent, ExecutionState.Over);
    }

    /// <summary>Its time is over: children with a limit price end with it.</summary>
    private bool CancelResting(MarketState market, ParentOrder parent)
    {
        bool isAny = false;
        foreach (Order order in market.Working)
        {
            if (order.Parent != parent.Now.Number || order.Type == OrderType.Market) continue;
            desk.Cancel(order);
            isAny = true;
        }
        return isAny;
    }

    private void SendNext(MarketState market, StrategySlot slot, ParentOrder parent, Signal wish, decimal due, bool atMarket)
    {
        if (slot.IsWaiting || MustWait(slot, parent)) return;
        decimal held = Math.Abs(slot.Position.Quantity);
        decimal signed = parent.Now.Side == Side.Buy ? due : -due;
        // What closes and what opens is checked by itself.
        if (!held.IsZero && slot.Position.Quantity.IsAboveZero != signed.IsAboveZero && due > held) signed = -slot.Position.Quantity;
        bool reduces = OrderBrakes.Reduces(slot, signed);
        if (slot.Brakes.IsReduceOnly && !reduces)
        {
            Stop(market, parent, "an order of the strategy was filled for more than was ordered");
            return;
        }
        if (!Send(market, slot, parent, TermsOf(wish, signed, atMarket), signed)) OnDenied(market, slot, parent, reduces);
    }

    private bool Send(MarketState market, StrategySlot slot, ParentOrder parent, in OrderTerms terms, decimal signed)
    {
        Span<OrderShare> shares = [new(slot.Index, signed)];
        Order? child = desk.Submit(market, in terms, parent.Now.Decision, shares);
        slot.Brakes.Circuit.OnSent(outputs.Time);
        child?.Serve(parent.Now.Number);
        return child is not null;
    }

    private static OrderTerms TermsOf(Signal wish, decimal signed, bool atMarket)
    {
        OrderTerms terms = wish.Terms(signed.IsAboveZero ? Side.Buy : Side.Sell, Math.Abs(signed)) with { IsChild = true };
        return atMarket ? terms with { Type = OrderType.Market, TimeInForce = TimeInForce.Day, LimitPrice = 0m, GoodTill = default } : terms;
    }

    /// <summary>The next try after a denial or a refusal, or the next probe of a broker that refuses everything, is not due.</summary>
    private bool MustWait(StrategySlot slot, ParentOrder parent)
    {
        ref ParentOrder.State now = ref parent.Now;
        if (!slot.Brakes.Circuit.Lets(outputs.Time)) now.Again.SetFor(slot.Brakes.Circuit.ProbeAt);
        if (!now.Again.IsSet || now.Again.TakeDue(outputs.Time)) return false;
        if (now.Again.Due < now.Next) now.Next = now.Again.Due;
        return true;
    }

    /// <summary>What passes by itself is waited for, and what closes a position is tried until it is closed; any other denial ends the parent, as it ends a wish.</summary>
    private void OnDenied(MarketState market, StrategySlot slot, ParentOrder parent, bool reduces)
    {
        if (desk.LastDenial is RiskCode.NotSynced or RiskCode.Restricted or RiskCode.OrderInDoubt)
        {
            slot.IsBlocked = slot.IsWaiting = true;
            return;
        }
        bool isPassing = desk.LastDenial is RiskCode.OrderRate or RiskCode.StaleData or RiskCode.Slippage or RiskCode.NoPrice or RiskCode.Duplicate;
        if (!reduces && !isPassing)
        {
            Stop(market, parent, $"a child was denied: {desk.LastDenial}");
            return;
        }
        Timestamp due = parent.Now.Again.Set(outputs.Time);
        if (due < parent.Now.Next) parent.Now.Next = due;
    }

    private void Stop(MarketState market, ParentOrder parent, string why)
    {
        parent.Why = why;
        outputs.AddAlert(market.Index, $"{market.SlotOf(parent.Now.Strategy).Name}: execution {parent.Now.Number} is stopped: {why}; {parent.Open} of {parent.Now.Quantity} {market.Instrument.Symbol} are not ordered any more.");
        End(market, parent, ExecutionState.Stopped);
    }

    /// <summary>Children that still work are canceled.</summary>
    private void End(MarketState market, ParentOrder parent, ExecutionState state)
    {
        bool hasBegun = parent.Now.Status == ExecutionState.Running;
        parent.Now.Status = state;
        foreach (Order order in market.Working)
        {
            if (!hasBegun || order.Parent != parent.Now.Number) continue;
            order.Unmark(OrderMarks.Child);
            desk.Cancel(order);
        }
        if (hasBegun) Tell(market, parent, parent.Why);
    }

    private void Tell(MarketState market, ParentOrder parent, string? words)
    {
        ref ParentOrder.State now = ref parent.Now;
        outputs.Add(market.Index, now.Strategy, new ExecutionChanged(now.Number, now.Status, now.Side, now.Quantity, now.Filled), words);
    }

    private string? WhyNotOn(StrategySlot slot, ParentOrder parent) =>
        parent.Now.Status == ExecutionState.Waiting || OrderBrakes.Reduces(slot, parent.Now.Aim - slot.Position.Quantity) ? null : parent.Why ?? (desk.IsActive ? null : "trading is paused");
}
