using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Signals;

/// <summary>A price at which a part of the position is closed. A wish may name several; <see cref="Wish.TakeProfit"/> closes what they leave.</summary>
public readonly record struct ProfitTarget
{
    private ProfitTarget(double price, decimal quantity, double fraction) => (Price, Quantity, Fraction) = (price, quantity, fraction);

    public double Price { get; }

    /// <summary>Units, above 0; 0 where a fraction is closed.</summary>
    public decimal Quantity { get; }

    /// <summary>Of the largest size that the position had, above 0 and at most 1; 0 where units are closed.</summary>
    public double Fraction { get; }

    public static ProfitTarget Units(double price, decimal quantity) => new(price, quantity, 0);

    /// <summary>Whole lots: what rounding leaves of one goes to the next.</summary>
    public static ProfitTarget Part(double price, double fraction) => new(price, 0m, fraction);
}

/// <summary>One target as the engine keeps it: units or a fraction, the other is 0. A price of 0 means none.</summary>
public readonly record struct ExactTarget(decimal Price, decimal Quantity, decimal Fraction);

/// <summary>The targets of a wish or a position, nearest first.</summary>
public readonly record struct ExactTargets(ExactTarget First, ExactTarget Second, ExactTarget Third, ExactTarget Fourth)
{
    public const int Most = 4;

    public bool IsNone => First == default && Second == default && Third == default && Fourth == default;

    public ExactTarget this[int index] => index switch { 0 => First, 1 => Second, 2 => Third, _ => Fourth };

    public ExactTargets With(int index, ExactTarget target) => index switch
    {
        0 => this with { First = target },
        1 => this with { Second = target },
        2 => this with { Third = target },
        _ => this with { Fourth = target },
    };

    /// <summary>The units that each target closes of a position that has been this large, nearest first. A wish for more than the position leaves the further ones nothing.</summary>
    internal void Plan(Instrument instrument, decimal largest, Span<decimal> units)
    {
        decimal planned = 0m, fraction = 0m;
        for (int i = 0; i < Most; i++)
        {
            ExactTarget target = this[i];
            fraction += target.Fraction;
            // Thirds do not add up to one exactly.
            decimal upTo = target.Fraction.IsZero ? planned + target.Quantity : instrument.RoundDownToLot(fraction * largest + instrument.LotSize / 1_000_000);
            upTo = Math.Min(upTo, largest);
            units[i] = upTo - planned;
            planned = upTo;
        }
    }

    internal void Fold(ref StateHash hash)
    {
        for (int i = 0; i < Most; i++)
        {
            if (this[i] is not { Price: not 0m } target) continue;
            hash.Fold(target.Price);
            hash.Fold(target.Quantity);
            hash.Fold(target.Fraction);
        }
    }
}

/// <summary>The order of a target, and how much it closed so far.</summary>
internal struct TargetLeg
{
    public Orders.OrderId Order;
    public decimal Closed;
}

[InlineArray(ExactTargets.Most)]
internal struct TargetLegs
{
    private TargetLeg _first;
}
