using System.Globalization;
using System.Text;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Signals;

/// <summary>Wishes and refusals in words for people. Made where they are stored or shown, not where they are decided.</summary>
public static class SignalText
{
    /// <summary>What a wish says beside its side, size and prices; null where it says nothing else.</summary>
    public static string? Terms(this Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var text = new StringBuilder();
        if (signal.IsReduceOnly) Add(text, "reduce-only");
        if (signal.GoodTill is { } end) Add(text, $"good till {end}");
        for (int i = 0; i < ExactTargets.Most; i++) if (signal.Targets[i] is { Price: not 0m } target) Add(text, target.Fraction == 0 ? $"{target.Quantity:0.########} at {target.Price}" : $"{target.Fraction:0.####%} at {target.Price}");
        ExitTerms exits = signal.Exits;
        if (!exits.Trail.IsNone) Add(text, $"the stop trails by {Words(exits.Trail)}");
        if (!exits.BreakEvenAfter.IsNone) Add(text, $"the stop goes to the entry after {Words(exits.BreakEvenAfter)}");
        if (signal.Execution is { } execution) Add(text, execution.Words);
        if (signal.Or is { } or) Add(text, $"or {Words(or)}");
        if (signal.Then is { } then) Add(text, $"then {Words(then)}");
        return text.Length == 0 ? null : $"{text}: kept by the engine";
    }

    /// <summary>Why a wish was refused, in one sentence.</summary>
    public static string Sentence(this SignalRefusal refusal) => refusal switch
    {
        SignalRefusal.ConfidenceOutOfRange => "the confidence is not between 0 and 1",
        SignalRefusal.PriceNotFinite => "a price is not a finite number",
        SignalRefusal.PriceMissing => "the order type needs a limit or stop price that is not given",
        SignalRefusal.QuantityNegative => "the quantity is below 0",
        SignalRefusal.QuantityBelowLot => "the quantity is less than one lot",
        SignalRefusal.ProtectionOnWrongSide => "the protective stop is on the profit's side of the entry, or the target on the loss's",
        SignalRefusal.SizeIsZero => "the sizing comes to nothing",
        SignalRefusal.NoEdge => "the strategy's own closed trades show no edge, and the sizing risks nothing without one",
        SignalRefusal.RangeNotKnown => "the sizing needs the average true range, and there were too few bars for it",
        SignalRefusal.Stopped => "the engine takes no more signals",
        SignalRefusal.StopLossMissing => "the sizing needs a protective stop and there is none",
        SignalRefusal.NoPrice => "there is no price yet",
        SignalRefusal.MovingStopUnsound => "a distance of the moving stop is not above 0 or not known yet, its indicator is not one that the strategy uses, or a setting is out of range",
        SignalRefusal.StopPassed => "the market is through the stop price of the entry already",
        SignalRefusal.TargetsUnsound => "the targets are not one to four, each further into the profit than the one before, all in units or all in fractions, and no more than the whole",
        SignalRefusal.GoodTillUnsound => "Gtd and GoodTill are not given together, the time has passed, or the order is a market order",
        SignalRefusal.LinkUnsound => "Or and Then are given together or within each other, Or is not an entry with a price that lives as long as the first, or Then follows no entry",
        SignalRefusal.ExecutionUnsound => "a setting of the execution is out of range, or it cannot work an order of that type or time in force",
        _ => "it is not a sound wish",
    };

    /// <summary>Its parts contradict each other, whatever the market does: its author should hear of it.</summary>
    internal static bool IsContradiction(this SignalRefusal refusal) =>
        refusal is SignalRefusal.MovingStopUnsound or SignalRefusal.TargetsUnsound or SignalRefusal.GoodTillUnsound or SignalRefusal.LinkUnsound or SignalRefusal.ExecutionUnsound;

    private static string Words(ExactDistance distance) => distance.Unit switch
    {
        DistanceUnit.Ticks => Invariant($"{distance.Amount} ticks"),
        DistanceUnit.Percent => Invariant($"{distance.Amount} %"),
        DistanceUnit.Indicator => Invariant($"{distance.Amount} × its indicator {distance.Indicator + 1}"),
        _ => Invariant($"{distance.Amount} points"),
    };

    private static string Words(ExactLink link)
    {
        string price = link.Exact?.Exact switch
        {
            { OrderType: OrderType.Limit } exact => Invariant($" at limit {exact.Limit}"),
            { OrderType: OrderType.Stop } exact => Invariant($" at stop {exact.Stop}"),
            { OrderType: OrderType.StopLimit } exact => Invariant($" at stop {exact.Stop} limit {exact.Limit}"),
            _ => " at the market",
        };
        return $"{link.Said.Action}{price} ({link.Said.Reason})";
    }

    private static void Add(StringBuilder text, FormattableString part) => Add(text, Invariant(part));

    private static void Add(StringBuilder text, string part) => text.Append(text.Length == 0 ? "" : ", ").Append(part);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
