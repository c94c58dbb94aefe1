using System.Runtime.CompilerServices;

namespace Tradewind.Core.Model;

/// <summary>Running sums of amounts, added to in place: digit for digit what the operator gives, trailing zeros and the sign of nothing included.</summary>
/// <remarks>
/// The operator writes its result in parts and hands it over whole, for which the processor waits as long as for the addition itself; and each fill moves ten such sums.
/// </remarks>
internal static class AmountSums
{
    private const uint Negative = 0x8000_0000;
    private const int ScaleShift = 16;

    /// <summary>Digits up to here can be added to each other without a carry.</summary>
    private const ulong MostDigits = long.MaxValue;

    private static ReadOnlySpan<uint> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary><paramref name="sum"/> += <paramref name="item"/>.</summary>
    public static void Add(ref decimal sum, in decimal item) => Add(ref sum, in item, 0);

    /// <summary><paramref name="sum"/> −= <paramref name="item"/>.</summary>
    public static void Subtract(ref decimal sum, in decimal item) => Add(ref sum, in item, Negative);

    private static void Add(ref decimal sum, in decimal item, uint turn)
    {
        ref Parts to = ref Unsafe.As<decimal, Parts>(ref sum);
        ref Parts from = ref Unsafe.As<decimal, Parts>(ref Unsafe.AsRef(in item));
        uint difference = to.Flags ^ from.Flags ^ turn;
        ulong own = to.Low, digits = from.Low;
        // Amounts of one scale are the rule: nothing is to be aligned.
        if ((to.High | from.High) != 0 || (difference & ~Negative) != 0 || (own | digits) > MostDigits || (own == digits && difference != 0))
        {
            AddUnlike(ref sum, in item, turn);
            return;
        }
        if (difference != 0 && own < digits) to.Flags ^= Negative;
        to.Low = difference == 0 ? own + digits : own > digits ? own - digits : digits - own;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddUnlike(ref decimal sum, in decimal item, uint turn)
    {
        ref Parts to = ref Unsafe.As<decimal, Parts>(ref sum);
        ref Parts from = ref Unsafe.As<decimal, Parts>(ref Unsafe.AsRef(in item));
        ulong own = to.Low, digits = from.Low;
        bool isAlike = ((to.Flags ^ from.Flags ^ turn) & Negative) == 0;
        // What comes to nothing has a sign by rules of the operator's own.
        if ((to.High | from.High) != 0 || !TryAlign(to.Scale, from.Scale, ref own, ref digits) || (own == digits && !isAlike))
        {
            sum = turn == 0 ? sum + item : sum - item;
            return;
        }
        uint sign = to.Flags & Negative;
        to.Flags = Math.Max(to.Flags & ~Negative, from.Flags & ~Negative) | (isAlike || own > digits ? sign : sign ^ Negative);
        to.Low = isAlike ? own + digits : own > digits ? own - digits : digits - own;
    }

    /// <summary>Brings digits of two scales to the larger one; false where they do not fit then.</summary>
    private static bool TryAlign(int scale, int otherScale, ref ulong digits, ref ulong otherDigits)
    {
        if (scale < otherScale && !TryScale(ref digits, otherScale - scale)) return false;
        if (scale > otherScale && !TryScale(ref otherDigits, scale - otherScale)) return false;
        return (digits | otherDigits) <= MostDigits;
    }

    private static bool TryScale(ref ulong digits, int places)
    {
        if (places >= PowersOfTen.Length || digits > uint.MaxValue) return false;
        digits *= PowersOfTen[places];
        return true;
    }

    /// <summary>As an amount lies in memory.</summary>
    private struct Parts
    {
        public uint Flags;
        public uint High;
        public ulong Low;

        public readonly int Scale => (byte)(Flags >> ScaleShift);
    }
}
