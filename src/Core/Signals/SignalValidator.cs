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

    /// <summary>Wishes that are linked contradict each other: see docs/orders.md.</summary>
    LinkUnsound = 15,

    /// <summary>A setting of the execution is out of range, or it cannot work an order of that type or time in force.</summary>
    ExecutionUnsound = 16,

    /// <summary>The strategy's own results leave nothing to risk.</summary>
    NoEdge = 17,

    /// <summary>The sizing needs the range of the bars, and there were too few of them.</summary>
    RangeNotKnown = 18,
}

/// <summary>Turns a wish's estimates into exact prices, or says why it cannot.</summary>
internal static class SignalValidator
{
    /// <param name="exact">Null for a plain wish, or a refused one.</param>
    internal static SignalRefusal Check(in Wish wish, StrategySlot slot, out Wish.Prices? exact)
    {
        exact = null;
        if (!wish.Said.IsSound) return SignalRefusal.ConfidenceOutOfRange;
        if (wish.IsPlain) return SignalRefusal.None;
        SignalRefusal refusal = Read(in wish, slot, out Wish.Fields terms);
        if (refusal == SignalRefusal.None) refusal = CheckPrices(wish.Action, in terms, slot);
        ExactLink? or = null, then = null;
        if (refusal == SignalRefusal.None) refusal = WishLinks.Read(in wish, slot, out or, out then);
        if (refusal == SignalRefusal.None) exact = new(in terms, or, then, wish.Execution);
        return refusal;
    }

    /// <summary>What does not depend on where the market is.</summary>
    internal static SignalRefusal Read(in Wish wish, StrategySlot slot, out Wish.Fields terms)
    {
        Instrument instrument = slot.Instrument;
        terms = new()
        {
            OrderType = wish.OrderType,
            TimeInForce = wish.TimeInForce,
            GoodTill = wish.GoodTill ?? default,
            IsReduceOnly = wish.IsReduceOnly,
            Quantity = wish.Quantity < 0 ? 0m : instrument.RoundDownToLot(wish.Quantity),
        };
        if (wish.Quantity < 0) return SignalRefusal.QuantityNegative;
        if (wish.Quantity > 0 && terms.Quantity == 0) return SignalRefusal.QuantityBelowLot;
        if (!TryRound(wish.LimitPrice, instrument, out terms.Limit)
            || !TryRound(wish.StopPrice, instrument, out terms.Stop)
            || !TryRound(wish.StopLoss, instrument, out terms.StopLoss)
            || !TryRound(wish.TakeProfit, instrument, out terms.TakeProfit)) return SignalRefusal.PriceNotFinite;
        if (NeedsLimit(wish.OrderType) && wish.LimitPrice is null) return SignalRefusal.PriceMissing;
        if (NeedsStop(wish.OrderType) && wish.StopPrice is null) return SignalRefusal.PriceMissing;
        if (!IsWorkable(in wish, instrument)) return SignalRefusal.ExecutionUnsound;
        if (!IsGoodTill(in wish, slot.Now)) return SignalRefusal.GoodTillUnsound;
        if (!MovingStops.TryRead(in wish, slot, out terms.Exits)) return SignalRefusal.MovingStopUnsound;
        return Targets.TryRead(in wish, instrument, terms.TakeProfit, out terms.Targets) ? SignalRefusal.None : SignalRefusal.TargetsUnsound;
    }

    /// <summary>Whether the prices are on the right side of the market as it is now.</summary>
    internal static SignalRefusal CheckPrices(SignalAction action, in Wish.Fields terms, StrategySlot slot)
    {
        if (action is not (SignalAction.Buy or SignalAction.Sell)) return SignalRefusal.None;
        double mark = slot.LastPrice;
        decimal direction = action == SignalAction.Buy ? 1 : -1;
        bool isProtected = !terms.StopLoss.IsZero || !terms.TakeProfit.IsZero || !terms.Targets.IsNone;
        if (isProtected && double.IsNaN(mark)) return SignalRefusal.ProtectionOnWrongSide;
        decimal entry = !isProtected ? 0m : NeedsLimit(terms.OrderType) ? terms.Limit : NeedsStop(terms.OrderType) ? terms.Stop : slot.Instrument.RoundToTick(mark);
        if (!terms.StopLoss.IsZero && (entry - terms.StopLoss) * direction <= 0) return SignalRefusal.ProtectionOnWrongSide;
        if (!terms.TakeProfit.IsZero && (terms.TakeProfit - entry) * direction <= 0) return SignalRefusal.ProtectionOnWrongSide;
        if (!terms.Targets.IsNone && (terms.Targets.First.Price - entry) * direction <= 0) return SignalRefusal.TargetsUnsound;
        // A buy stop below the market, or a sell stop above it, would be a market order in disguise.
        bool isPassed = NeedsStop(terms.OrderType) && (action == SignalAction.Buy ? (double)terms.Stop < mark : (double)terms.Stop > mark);
        return isPassed ? SignalRefusal.StopPassed : SignalRefusal.None;
    }

    private static bool NeedsLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit;

    private static bool NeedsStop(OrderType type) => type is OrderType.Stop or OrderType.StopLimit;

    private static bool IsGoodTill(in Wish wish, Timestamp now) =>
        wish.GoodTill is { } end ? wish.TimeInForce == TimeInForce.Gtd && wish.OrderType != OrderType.Market && end > now : wish.TimeInForce != TimeInForce.Gtd;

    /// <summary>Children are market or limit orders that last.</summary>
    private static bool IsWorkable(in Wish wish, Instrument instrument) => wish.Execution is not { } execution
        || (execution.IsSound(wish.OrderType, instrument) && !NeedsStop(wish.OrderType) && wish.TimeInForce is not (TimeInForce.Ioc or TimeInForce.Fok) && wish.Action != SignalAction.Hold);

    private static bool TryRound(double? price, Instrument instrument, out decimal rounded)
    {
        rounded = 0;
        if (price is not { } value) return true;
        if (!(Math.Abs(value) < 1e15)) return false;
        rounded = instrument.RoundToTick(value);
        return true;
    }
}
