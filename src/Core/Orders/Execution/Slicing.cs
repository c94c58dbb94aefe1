using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>When the slices of a parent are due.</summary>
internal static class Slicing
{
    /// <summary>The first is slice 0; the one after the last is due at the end.</summary>
    public static Timestamp TimeOf(in ParentProgress parent, int slice, int slices, double jitter, int seed)
    {
        if (slice >= slices) return parent.End;
        double later = jitter == 0 ? 0 : jitter * Draw(seed, parent.Number, slice);
        return parent.Start + new TimeSpan((long)(parent.Length.Ticks * ((slice + later) / slices)));
    }

    /// <summary>Slices that are due by now.</summary>
    public static int CountDue(in ParentProgress parent, int slices, double jitter, int seed)
    {
        long passed = (parent.Now - parent.Start).Ticks, length = parent.Length.Ticks;
        // The slice in whose time we are may be late; those before it are due.
        int due = length <= 0 ? slices : (int)Math.Clamp(passed * slices / length, 0, slices);
        while (due < slices && TimeOf(in parent, due, slices, jitter, seed) <= parent.Now) due++;
        return due;
    }

    /// <summary>0 to below 1, always the same for the same three numbers (SplitMix64, Steele, Lea and Flood, 2014).</summary>
    private static double Draw(int seed, long number, int slice)
    {
        ulong state = unchecked((ulong)seed * 0x9E3779B97F4A7C15 ^ (ulong)number * 0xBF58476D1CE4E5B9 ^ ((ulong)slice + 1) * 0x94D049BB133111EB);
        state = unchecked((state ^ state >> 30) * 0xBF58476D1CE4E5B9);
        state = unchecked((state ^ state >> 27) * 0x94D049BB133111EB);
        return ((state ^ state >> 31) >> 11) * (1.0 / (1UL << 53));
    }
}
