using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Makes orders of the difference between what is wanted, what is held and what is working.</summary>
/// <param name="notesPrices">A risk rule asks at which price something was decided on.</param>
/// <param name="plansBrackets">Entries from flat take their stop and target along.</param>
/// <param name="trails">The venue moves stops that it can move as they are wished.</param>
internal sealed class OrderPlanner(OutputBuffer outputs, ISignalCombiner combiner, OrderDesk desk, FillBook book, Alternatives alternatives, ExecutionDesk executions, Denials denials, bool notesPrices, bool plansBrackets, bool trails)
{
    private Vote[] _votes = new Vote[8];
    private decimal[] _targets = new decimal[8];
    private StrategySlot[] _voters = new StrategySlot[8];
    private OrderShare[] _shares = new OrderShare[8];

    /// <summary>Signals → decision → targets → what is missing → orders.</summary>
    public void Decide(MarketState market)
    {
        market.NeedsDecision = false;
        if (market.HasParents) executions.EndStale(market);
        DecideFirst(market);
        if (market.HasParents) executions.Work(market);
        // A vote has one side: only where each strategy gets what it wishes can one have an entry on either.
        if (!combiner.UsesWeights) alternatives.Sync(market);
        foreach (StrategySlot slot in market.Slots) slot.Desk.GoOn(slot);
    }

    private void DecideFirst(MarketState market)
    {
        int count = CollectVotes(market);
        if (count == 0)
        {
            CancelStaleEntries(market, 0m);
            return;
        }
        ReadOnlySpan<Vote> votes = _votes.AsSpan(0, count);
        Span<decimal> targets = _targets.AsSpan(0, count);
        Decision decision = combiner.Combine(votes, market.Instrument.LotSize, targets);
        long id = Announce(market, votes, targets, in decision);
        int missing = FindMissing(market, votes, targets, id);
        if (market.Working.Count > 0 && !CancelStaleEntries(market, Sum(_shares.AsSpan(0, missing)))) return;
        if (missing > 1 && desk.ClosedBy != RiskCode.None) missing = denials.KeepReducing(market, _shares.AsSpan(0, missing), id);
        if (missing > 1) missing = book.Cross(market, _shares.AsSpan(0, missing));
        if (missing > 0) Order(market, id, missing);
    }

    /// <summary>Whether the entries that work are what the standing wishes still ask for.</summary>
    public bool WantsWhatWorks(MarketState market)
    {
        int count = CollectVotes(market);
        for (int i = 0; i < count; i++)
        {
            if (_voters[i].Wish!.Expires <= outputs.Time) return false;
        }
        if (count == 0) return false;
        Span<decimal> targets = _targets.AsSpan(0, count);
        combiner.Combine(_votes.AsSpan(0, count), market.Instrument.LotSize, targets);
        int missing = FindMissing(market, _votes.AsSpan(0, count), targets, 0);
        return Fits(market, Sum(_shares.AsSpan(0, missing)), out _);
    }

    private int CollectVotes(MarketState market)
    {
        StrategySlot[] slots = market.Slots;
        if (_votes.Length < slots.Length) Grow(slots.Length);
        int count = 0;
        foreach (StrategySlot slot in slots)
        {
            if (slot.Wish is not { } wish) continue;
            if (wish.IsReduceOnly) slot.Target = SignalDesk.Reduced(slot.Target, slot.Position.Quantity);
            _votes[count] = new(slot.Index, wish.Id, wish.Action, wish.Confidence, combiner.UsesWeights ? slot.Weight.Value : 1, slot.Target, slot.Position.Quantity);
            _voters[count++] = slot;
        }
        return count;
    }

    private static decimal Sum(ReadOnlySpan<OrderShare> shares)
    {
        decimal sum = 0m;
        foreach (OrderShare share in shares) sum += share.Quantity;
        return sum;
    }

    private long Announce(MarketState market, ReadOnlySpan<Vote> votes, ReadOnlySpan<decimal> targets, in Decision decision)
    {
        long id = desk.NextDecision();
        foreach (ref readonly Vote vote in votes) outputs.AddVote(market.Index, id, in vote);
        if (votes.Length == 1) outputs.AddDecision(market.Index, id, in decision, in targets[0], votes[0].Held);
        else AnnounceAll(market, votes, targets, in decision, id);
        return id;
    }

    private void AnnounceAll(MarketState market, ReadOnlySpan<Vote> votes, ReadOnlySpan<decimal> targets, in Decision decision, long id)
    {
        decimal target = targets[0], held = votes[0].Held;
        for (int i = 1; i < votes.Length; i++)
        {
            target += targets[i];
            held += votes[i].Held;
        }
        outputs.AddDecision(market.Index, id, in decision, in target, in held);
    }

    /// <param name="decision">0 where nothing is decided and nothing said.</param>
    private int FindMissing(MarketState market, ReadOnlySpan<Vote> votes, ReadOnlySpan<decimal> targets, long decision)
    {
        int missing = 0;
        for (int i = 0; i < votes.Length; i++)
        {
            if (market.HasParents && ExecutionDesk.Takes(market, _voters[i], targets[i], decision)) continue;
            if (notesPrices && decision != 0) _voters[i].Brakes.Decided.Note(in targets[i], market.Mark);
            decimal difference = targets[i];
            AmountSums.Subtract(ref difference, votes[i].Held);
            if (difference.IsZero || _voters[i].Protection.IsClosing) continue;
            if (_voters[i].IsBlocked || (_voters[i].Brakes.IsOn && !Lets(market, _voters[i], ref difference, decision))) difference = WorkingFor(market, _voters[i]);
            if (!difference.IsZero) _shares[missing++] = new(_voters[i].Index, difference);
        }
        return missing;
    }

    /// <summary>What entries that work could still fill for it: that is left alone while nothing new is sent for it.</summary>
    private static decimal WorkingFor(MarketState market, StrategySlot slot)
    {
        decimal working = 0m;
        foreach (Order order in market.Working)
        {
            if (IsFirst(order) && order.Status != OrderStatus.CancelPending && !order.IsCancelWanted) working += order.SignedRemainingOf(slot.Index);
        }
        return working;
    }

    /// <summary>While the broker refuses its orders only a probe is sent, and after an overfill only what reduces.</summary>
    private bool Lets(MarketState market, StrategySlot slot, ref decimal difference, long decision)
    {
        if (!slot.Brakes.Circuit.Lets(outputs.Time))
        {
            market.WakeAt(slot.Brakes.Circuit.ProbeAt);
            return false;
        }
        if (!slot.Brakes.IsReduceOnly || OrderBrakes.Reduces(slot, difference)) return true;
        decimal asked = difference, held = slot.Position.Quantity;
        bool isReversal = !held.IsZero && difference.IsAboveZero != held.IsAboveZero;
        if (isReversal) difference = -held;
        if (decision == 0) return isReversal;
        outputs.Add(market.Index, new OrderDenied(decision, RiskCode.Overfilled, slot.Wish!.Terms(asked.IsAboveZero ? Side.Buy : Side.Sell, Math.Abs(asked))));
        // Asked for again once somebody has acknowledged it.
        if (!isReversal) slot.IsBlocked = slot.IsWaiting = true;
        return isReversal;
    }

    /// <summary>True when no order of an earlier decision is in the way. Otherwise asks to cancel it; its end asks for a new decision.</summary>
    private bool CancelStaleEntries(MarketState market, decimal wanted)
    {
        if (Fits(market, wanted, out bool isWorking)) return false;
        if (!isWorking) return true;
        bool isFree = true;
        // Canceling changes the list only through the broker's answer, never here.
        foreach (Order order in market.Working)
        {
            if (!IsFirst(order)) continue;
            desk.Cancel(order);
            isFree &= IsSetAside(order, wanted);
        }
        return isFree;
    }

    /// <summary>True when exactly the wanted quantity works, on the wanted terms.</summary>
    private static bool Fits(MarketState market, decimal wanted, out bool isWorking)
    {
        decimal working = 0m;
        bool isCanceling = false;
        isWorking = false;
        foreach (Order order in market.Working)
        {
            if (!IsFirst(order) || IsSetAside(order, wanted)) continue;
            isWorking = true;
            isCanceling |= order.Status == OrderStatus.CancelPending || order.Doubt == OrderDoubt.Cancel || order.IsCancelWanted;
            working += order.SignedRemaining;
        }
        return isWorking && working == wanted && !isCanceling && !wanted.IsZero && HaveSameTerms(market, wanted);
    }

    /// <summary>
    /// An order in doubt that will be canceled is not in the way of one for the other side: what is held can be reduced meanwhile.
    /// The risk gate lets nothing else pass beside it.
    /// </summary>
    public static bool IsSetAside(Order order, decimal wanted) =>
        order.Doubt == OrderDoubt.Submit && order.IsCancelWanted && !wanted.IsZero && wanted.IsAboveZero != (order.Side == Side.Buy);

    private static bool IsFirst(Order order) => order.Purpose == OrderPurpose.Target && !order.IsApart;

    private static bool HaveSameTerms(MarketState market, decimal wanted)
    {
        foreach (Order order in market.Working)
        {
            if (!IsFirst(order) || IsSetAside(order, wanted)) continue;
            Signal? wish = market.SlotOf(order.Share(0).Strategy).Wish;
            if (wish is null || wish.OrderType != order.Type || (wish.LimitPrice ?? 0m) != order.LimitPrice || (wish.StopPrice ?? 0m) != order.StopPrice || (wish.GoodTill ?? default) != order.Terms.GoodTill) return false;
        }
        return true;
    }

    /// <summary>Market wishes go together as one order; a wish with prices of its own, or that only reduces, becomes an order of its own.</summary>
    private void Order(MarketState market, long decision, int count)
    {
        if (count == 1)
        {
            Send(market, decision, _shares.AsSpan(0, 1));
            return;
        }
        int together = 0;
        for (int i = 0; i < count; i++)
        {
            if (market.SlotOf(_shares[i].Strategy).Wish is { OrderType: OrderType.Market, IsReduceOnly: false })
            {
                (_shares[together], _shares[i]) = (_shares[i], _shares[together]);
                together++;
            }
        }
        if (together > 0) Send(market, decision, _shares.AsSpan(0, together));
        for (int i = together; i < count; i++) Send(market, decision, _shares.AsSpan(i, 1));
    }

    private void Send(MarketState market, long decision, Span<OrderShare> shares)
    {
        decimal quantity = shares[0].Quantity;
        foreach (OrderShare share in shares[1..]) quantity += share.Quantity;
        if (quantity.IsZero) return;
        Signal wish = market.SlotOf(shares[0].Strategy).Wish!;
        OrderTerms terms = wish.Terms(quantity.IsAboveZero ? Side.Buy : Side.Sell, Math.Abs(quantity));
        Order? order = desk.Submit(market, in terms, decision, shares, notesPrices ? DecidedPrice.Furthest(market, shares) : 0);
        if (plansBrackets && shares.Length == 1) order?.Attach(PlannedBracket.Of(market.SlotOf(shares[0].Strategy), wish, trails));
        bool isWhole = order is not null && !desk.WasCut;
        bool isPassing = order is null && Denials.IsPassing(desk.LastDenial);
        order ??= denials.SubmitClosingPart(market, in terms, decision, shares);
        foreach (OrderShare share in shares) market.SlotOf(share.Strategy).Brakes.Circuit.OnSent(outputs.Time);
        if (!isWhole) denials.Settle(market, order, shares, isPassing);
    }

    private void Grow(int count)
    {
        _votes = new Vote[count * 2];
        _targets = new decimal[count * 2];
        _voters = new StrategySlot[count * 2];
        _shares = new OrderShare[count * 2];
    }
}
