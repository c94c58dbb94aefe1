using Tradewind.Core.Model;

namespace Tradewind.Core.Signals;

/// <summary>Turns the targets of a wish into exact ones.</summary>
internal static class Targets
{
    /// <returns>False where there are too many, one is not further away than the one before, or the sizes contradict each other or the position.</returns>
    public static bool TryRead(in Wish wish, Instrument instrument, decimal takeProfit, out ExactTargets exact)
    {
        exact = default;
        if (wish.Targets is not { } targets) return true;
        if (targets.Count is 0 or > ExactTargets.Most || wish.Action is not (SignalAction.Buy or SignalAction.Sell)) return false;
        int direction = wish.Action == SignalAction.Buy ? 1 : -1;
        for (int i = 0; i < targets.Count; i++)
        {
            if (!IsSized(targets[i], targets[0], instrument) || !(Math.Abs(targets[i].Price) < 1e15)) return false;
            decimal price = instrument.RoundToTick(targets[i].Price);
            if (price.IsZero || (i > 0 && (price - exact[i - 1].Price) * direction <= 0)) return false;
            exact = exact.With(i, new(price, targets[i].Quantity, (decimal)targets[i].Fraction));
        }
        return AddsUp(targets, wish.Quantity) && (wish.TakeProfit is null || (takeProfit - exact[targets.Count - 1].Price) * direction > 0);
    }

    /// <summary>All in units, or all in fractions.</summary>
    private static bool IsSized(ProfitTarget target, ProfitTarget first, Instrument instrument) => target.Fraction == 0
        ? first.Fraction == 0 && target.Quantity > 0 && instrument.RoundDownToLot(target.Quantity) == target.Quantity
        : first.Fraction > 0 && target.Fraction is > 0 and <= 1;

    private static bool AddsUp(IReadOnlyList<ProfitTarget> targets, decimal wished)
    {
        double fractions = 0;
        decimal units = 0m;
        foreach (ProfitTarget target in targets) (fractions, units) = (fractions + target.Fraction, units + target.Quantity);
        return fractions <= 1 + 1e-9 && (wished == 0 || units <= wished);
    }
}
