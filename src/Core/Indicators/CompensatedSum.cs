using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>A running sum carried in two doubles, about 32 digits: what entered and has left again leaves nothing behind, however many updates later.</summary>
/// <remarks>Error-free addition after Knuth (TAOCP 2, 4.2.2). Its rounding grows with the square of a double's precision, so a sliding sum needs no summing anew.</remarks>
/// <param name="Value">The sum as plain addition gives it.</param>
/// <param name="Error">What the additions rounded away.</param>
public readonly record struct CompensatedSum(double Value, double Error)
{
    public double Total => Value + Error;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CompensatedSum Plus(double item)
    {
        double sum = Value + item;
        double added = sum - Value;
        return new(sum, Error + (Value - (sum - added) + (item - added)));
    }

    /// <summary>Plus the exact product, not its rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CompensatedSum PlusProduct(double a, double b)
    {
        double product = a * b;
        CompensatedSum sum = Plus(product);
        return new(sum.Value, sum.Error + Math.FusedMultiplyAdd(a, b, -product));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CompensatedSum Plus(in CompensatedSum other)
    {
        CompensatedSum sum = Plus(other.Value);
        return new(sum.Value, sum.Error + other.Error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CompensatedSum Minus(in CompensatedSum other) => Plus(new CompensatedSum(-other.Value, -other.Error));

    /// <summary>The sum of a window after one item entered and one left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CompensatedSum Slide(double entering, double leaving)
    {
        // The difference first: it does not wait for the sum of the bar before.
        double change = entering - leaving;
        double taken = change - entering;
        double lost = entering - (change - taken) - (leaving + taken);
        return new CompensatedSum(Value, Error + lost).Plus(change);
    }

    /// <summary>The same with 1 / <paramref name="divisor"/> at hand, for what is asked on every bar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Over(double divisor, double inverse)
    {
        // Of the rounded sum first: it does not wait for what was rounded away, which is far less.
        double quotient = Value * inverse;
        double rest = Math.FusedMultiplyAdd(-quotient, divisor, Value) + Error;
        return Math.FusedMultiplyAdd(rest, inverse, quotient);
    }

    /// <summary>The double nearest to the sum divided by <paramref name="divisor"/>: the mean of n equal numbers is that number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Over(double divisor)
    {
        double total = Value + Error;
        double rest = Error - (total - Value);
        double quotient = total / divisor;
        return quotient + (Math.FusedMultiplyAdd(-quotient, divisor, total) + rest) / divisor;
    }
}
