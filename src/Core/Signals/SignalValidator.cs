using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Why a wish was not taken; the numbers are stored and never change.</summary>
public enum SignalRefusal : byte
{
    None = 0,
    ConfidenceOutOfRange = 1,
    PriceNotFinite = 2,
    PriceMissing = 3,
    QuantityNegative = 4,
    QuantityBelowLot = 5,

    /// <summary>The protective stop is on the profit's side of the market, or the target on the loss's.</summary>
    ProtectionOnWrongSide = 6,

    /// <summary>The sizing came to nothing.</summary>
    SizeIsZero = 7,

    /// <summary>The engine takes no more signals.</summary>
    Stopped = 8,

    /// <summary>The sizing needs a protective stop and the wish has none.</summary>
    StopLossMissing = 9,
    NoPrice = 10,

    /// <summary>A distance of a moving stop is not above 0 or not known yet, its indicator is not the strategy's, or its settings are out of range.</summary>
    MovingStopUnsound = 11,

    /// <summary>The market is through the trigger price of a stop entry already.</summary>
    StopPassed = 12,

    /// <summary>The targets are more than four, not each further into the profit than the one before, mixed of units and fractions, or for more than the whole.</summary>
    TargetsUnsound = 13,

    /// <summary>Good till a time without the time, a time without it, one that has passed, or for a market order.</summary>
    GoodTillUnsound = 14,
}

/// <summary>Turns a wish's estimates into exact prices, or says why it cannot.</summary>
internal static class SignalValidator
{
    /// <param name="exact">Null for a plain wish, or a refused one.</param>
    internal static SignalRefusal Check(in Wish wish, StrategySlot slot, out Wish.Prices? exact)
    {
        exact = null;
        if (!wish.Said.IsSound) return SignalRefusal.ConfidenceOutOfRange;
        return wish.IsPlain ? SignalRefusal.None : CheckTerms(in wish, slot, out exact);
    }

    private static SignalRefusal CheckTerms(in Wish wish, StrategySlot slot, out Wish.Prices? exact)
    {
        exact = null;
        (Instrument instrument, double mark) = (slot.Instrument, slot.LastPrice);
        if (wish.Quantity < 0) return SignalRefusal.QuantityNegative;
        var terms = new Wish.Fields { OrderType = wish.OrderType, TimeInForce = wish.TimeInForce, Quantity = instrument.RoundDownToLot(wish.Quantity), GoodTill = wish.GoodTill ?? default, IsReduceOnly = wish.IsReduceOnly };
        if (wish.Quantity > 0 && terms.Quantity == 0) return SignalRefusal.QuantityBelowLot;
        if (!TryRound(wish.LimitPrice, instrument, out terms.Limit)
            || !TryRound(wish.StopPrice, instrument, out terms.Stop)
            || !TryRound(wish.StopLoss, instrument, out terms.StopLoss)
            || !TryRound(wish.TakeProfit, instrument, out terms.TakeProfit)) return SignalRefusal.PriceNotFinite;
        if (NeedsLimit(wish.OrderType) && wish.LimitPrice is null) return SignalRefusal.PriceMissing;
        if (NeedsStop(wish.OrderType) && wish.StopPrice is null) return SignalRefusal.PriceMissing;
        if (!IsGoodTill(in wish, slot.Now)) return SignalRefusal.GoodTillUnsound;
        if (!ProtectionFits(in wish, in terms, instrument, mark)) return SignalRefusal.ProtectionOnWrongSide;
        if (IsPassed(in wish, in terms, mark)) return SignalRefusal.StopPassed;
        if (!MovingStops.TryRead(in wish, slot, out terms.Exits)) return SignalRefusal.MovingStopUnsound;
        if (!Targets.TryRead(in wish, instrument, EntryOf(in wish, in terms, instrument, mark), terms.TakeProfit, out terms.Targets)) return SignalRefusal.TargetsUnsound;
        exact = new(in terms);
        return SignalRefusal.None;
    }

    private static bool NeedsLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit;

    private static bool NeedsStop(OrderType type) => type is OrderType.Stop or OrderType.StopLimit;

    private static bool IsGoodTill(in Wish wish, Timestamp now) =>
        wish.GoodTill is { } end ? wish.TimeInForce == TimeInForce.Gtd && wish.OrderType != OrderType.Market && end > now : wish.TimeInForce != TimeInForce.Gtd;

    /// <summary>A buy stop below the market, or a sell stop above it, would be a market order in disguise.</summary>
    private static bool IsPassed(in Wish wish, in Wish.Fields terms, double mark)
    {
        if (!NeedsStop(wish.OrderType) || double.IsNaN(mark)) return false;
        return wish.Action == SignalAction.Buy ? (double)terms.Stop < mark : wish.Action == SignalAction.Sell && (double)terms.Stop > mark;
    }

    private static bool TryRound(double? price, Instrument instrument, out decimal rounded)
    {
        rounded = 0;
        if (price is not { } value) return true;
        if (!(Math.Abs(value) < 1e15)) return false;
        rounded = instrument.RoundToTick(value);
        return true;
    }

    private static decimal EntryOf(in Wish wish, in Wish.Fields terms, Instrument instrument, double mark) =>
        NeedsLimit(wish.OrderType) ? terms.Limit : NeedsStop(wish.OrderType) ? terms.Stop : double.IsNaN(mark) ? 0m : instrument.RoundToTick(mark);

    private static bool ProtectionFits(in Wish wish, in Wish.Fields terms, Instrument instrument, double mark)
    {
        if (wish.Action is not (SignalAction.Buy or SignalAction.Sell)) return true;
        if (wish.StopLoss is null && wish.TakeProfit is null && wish.Targets is null) return true;
        if (double.IsNaN(mark)) return false;
        decimal entry = EntryOf(in wish, in terms, instrument, mark);
        int direction = wish.Action == SignalAction.Buy ? 1 : -1;
        return (wish.StopLoss is null || (entry - terms.StopLoss) * direction > 0)
            && (wish.TakeProfit is null || (terms.TakeProfit - entry) * direction > 0);
    }
}
