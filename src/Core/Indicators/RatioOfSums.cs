namespace Tradewind.Core.Indicators;

/// <summary>The quotient of two sliding sums whose divisor has no items below 0; exact about a divisor of nothing but zeros.</summary>
public readonly record struct RatioOfSums(CompensatedSum Top, CompensatedSum Bottom, Tally NonZero)
{
    /// <summary>The sums after one pair of items entered the window and one left it.</summary>
    public RatioOfSums Slide(double top, double bottom, double leavingTop, double leavingBottom) =>
        new(Top.Slide(top, leavingTop), Bottom.Slide(bottom, leavingBottom), NonZero.Slide(bottom, leavingBottom));

    /// <summary>The same where the dividend is a product with the divisor: a weighted mean.</summary>
    public RatioOfSums SlideWeighted(double item, double weight, double leavingItem, double leavingWeight) =>
        new(Top.PlusProduct(item, weight).PlusProduct(-leavingItem, leavingWeight), Bottom.Slide(weight, leavingWeight), NonZero.Slide(weight, leavingWeight));

    /// <summary>The quotient, or <paramref name="otherwise"/> where the divisor has only zeros.</summary>
    public double Or(double otherwise) => NonZero.Any ? Top.Total / Bottom.Total : otherwise;
}
