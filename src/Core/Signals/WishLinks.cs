using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Turns the wishes that are linked to a wish into exact ones.</summary>
internal static class WishLinks
{
    public static SignalRefusal Read(in Wish wish, StrategySlot slot, out ExactLink? or, out ExactLink? then)
    {
        or = then = null;
        if (wish.Or is null && wish.Then is null) return SignalRefusal.None;
        // A strategy that another one hosts trades on paper, which knows one wish at a time.
        if ((wish.Or is not null && wish.Then is not null) || slot.Host is not null) return SignalRefusal.LinkUnsound;
        if (wish.Then is not null) return ReadThen(in wish, wish.Then.Wish, slot, out then);
        return ReadOr(in wish, wish.Or!.Wish, slot, out or);
    }

    /// <summary>Both are entries with prices and live equally long.</summary>
    private static SignalRefusal ReadOr(in Wish wish, in Wish other, StrategySlot slot, out ExactLink? or)
    {
        or = null;
        bool isSound = IsEntry(in wish) && IsEntry(in other) && other.TimeInForce == wish.TimeInForce && other.GoodTill == wish.GoodTill
            && other.Validity is null && other.Or is null && other.Then is null;
        if (!isSound) return SignalRefusal.LinkUnsound;
        SignalRefusal refusal = SignalValidator.Check(in other, slot, out Wish.Prices? exact);
        if (refusal == SignalRefusal.None) or = new(other.Said with { Validity = wish.Validity }, exact);
        return refusal;
    }

    /// <summary>Where the market will be by then is not known: on which side of it the prices are is looked at when it comes.</summary>
    private static SignalRefusal ReadThen(in Wish wish, in Wish next, StrategySlot slot, out ExactLink? then)
    {
        then = null;
        bool isSound = wish.Action is SignalAction.Buy or SignalAction.Sell && next.Action != SignalAction.Hold && next.Or is null && next.Then is null;
        if (!isSound) return SignalRefusal.LinkUnsound;
        if (!next.Said.IsSound) return SignalRefusal.ConfidenceOutOfRange;
        Wish.Fields terms = default;
        SignalRefusal refusal = next.IsPlain ? SignalRefusal.None : SignalValidator.Read(in next, slot, out terms);
        if (refusal == SignalRefusal.None) then = new(next.Said, next.IsPlain ? null : new(in terms, execution: next.Execution));
        return refusal;
    }

    private static bool IsEntry(in Wish wish) => wish.Action is SignalAction.Buy or SignalAction.Sell && wish.OrderType != OrderType.Market && !wish.IsReduceOnly && wish.Execution is null;
}
