using System.Numerics;

namespace Tradewind.Live;

/// <summary>Counts durations in buckets that are at most 1/16 wide; allocates nothing after its creation.</summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int Sub = 1 << SubBits;

    private readonly long[] _counts = new long[64 * Sub];
    private long _count;
    private long _maximum;

    public long Count => Volatile.Read(ref _count);

    /// <summary>The longest so far.</summary>
    public TimeSpan Maximum => TimeSpan.FromTicks(Volatile.Read(ref _maximum) / 100);

    public void Add(long nanoseconds)
    {
        if (nanoseconds < 0) nanoseconds = 0;
        _counts[BucketOf(nanoseconds)]++;
        if (nanoseconds > _maximum) _maximum = nanoseconds;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The duration that this share of all stayed below or at, to 1/16; zero while empty.</summary>
    /// <param name="share">0 to 1: 0.99 for the 99th percentile.</param>
    public TimeSpan Percentile(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count), seen = 0;
        if (wanted == 0) return TimeSpan.Zero;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted) return TimeSpan.FromTicks(Math.Min(UpperEnd(bucket), _maximum) / 100);
        }
        return Maximum;
    }

    private static int BucketOf(long value)
    {
        if (value < Sub) return (int)value;
        int exponent = 63 - BitOperations.LeadingZeroCount((ulong)value);
        int shift = exponent - SubBits;
        return (shift + 1) * Sub + (int)(value >> shift) - Sub;
    }

    private static long UpperEnd(int bucket)
    {
        if (bucket < 2 * Sub) return bucket;
        int shift = bucket / Sub - 1;
        return ((long)(bucket % Sub + Sub + 1) << shift) - 1;
    }
}
