using Tradewind.Core.Model;
using Tradewind.Core.Orders;

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
}

/// <summary>Turns a wish's estimates into exact prices, or says why it cannot.</summary>
internal static class SignalValidator
{
    /// <param name="mark">Last price of the instrument; NaN while there is none.</param>
    /// <param name="exact">Null for a plain wish, or a refused one.</param>
    internal static SignalRefusal Check(in Wish wish, Instrument instrument, double mark, out Wish.Prices? exact)
    {
        exact = null;
        if (!wish.Said.IsSound) return SignalRefusal.ConfidenceOutOfRange;
        return wish.IsPlain ? SignalRefusal.None : CheckTerms(in wish, instrument, mark, out exact);
    }

    private static SignalRefusal CheckTerms(in Wish wish, Instrument instrument, double mark, out Wish.Prices? exact)
    {
        exact = null;
        if (wish.Quantity < 0) return SignalRefusal.QuantityNegative;
        var terms = new Wish.Fields { OrderType = wish.OrderType, TimeInForce = wish.TimeInForce, Quantity = instrument.RoundDownToLot(wish.Quantity) };
        if (wish.Quantity > 0 && terms.Quantity == 0) return SignalRefusal.QuantityBelowLot;
        if (!TryRound(wish.LimitPrice, instrument, out terms.Limit)
            || !TryRound(wish.StopPrice, instrument, out terms.Stop)
            || !TryRound(wish.StopLoss, instrument, out terms.StopLoss)
            || !TryRound(wish.TakeProfit, instrument, out terms.TakeProfit)) return SignalRefusal.PriceNotFinite;
        if (NeedsLimit(wish.OrderType) && wish.LimitPrice is null) return SignalRefusal.PriceMissing;
        if (NeedsStop(wish.OrderType) && wish.StopPrice is null) return SignalRefusal.PriceMissing;
        if (!ProtectionFits(in wish, in terms, instrument, mark)) return SignalRefusal.ProtectionOnWrongSide;
        exact = new(in terms);
        return SignalRefusal.None;
    }

    private static bool NeedsLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit;

    private static bool NeedsStop(OrderType type) => type is OrderType.Stop or OrderType.StopLimit;

    private static bool TryRound(double? price, Instrument instrument, out decimal rounded)
    {
        rounded = 0;
        if (price is not { } value) return true;
        if (!(Math.Abs(value) < 1e15)) return false;
        rounded = instrument.RoundToTick(value);
        return true;
    }

    private static bool ProtectionFits(in Wish wish, in Wish.Fields terms, Instrument instrument, double mark)
    {
        if (wish.Action is not (SignalAction.Buy or SignalAction.Sell)) return true;
        if (wish.StopLoss is null && wish.TakeProfit is null) return true;
        if (double.IsNaN(mark)) return false;
        decimal entry = NeedsLimit(wish.OrderType) ? terms.Limit : NeedsStop(wish.OrderType) ? terms.Stop : instrument.RoundToTick(mark);
        int direction = wish.Action == SignalAction.Buy ? 1 : -1;
        return (wish.StopLoss is null || (entry - terms.StopLoss) * direction > 0)
            && (wish.TakeProfit is null || (terms.TakeProfit - entry) * direction > 0);
    }
}
