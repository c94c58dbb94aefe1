using System.Numerics;

namespace Tradewind.Simulation.Market;

/// <summary>Chance that repeats: equal seeds give equal values on every machine, for ever. xoshiro256++ seeded through SplitMix64.</summary>
/// <remarks>
/// Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021); Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014. A mutable struct: keep it in a field or pass it by reference, a copy repeats the same values.
/// Not for secrets. The default value is not seeded and gives zeros.
/// </remarks>
public struct SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public SeededRandom(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>An independent source for each combination of keys: any of them can be had without drawing those before it.</summary>
    public static SeededRandom Of(ulong seed, ulong purpose, long key = 0)
    {
        ulong state = seed;
        ulong mixed = SplitMix(ref state);
        state = mixed ^ purpose;
        mixed = SplitMix(ref state);
        state = mixed ^ (ulong)key;
        return new SeededRandom(SplitMix(ref state));
    }

    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Evenly spread over 0 to 1, both exclusive.</summary>
    public double NextDouble() => ((NextBits() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>Mean 0, standard deviation 1.</summary>
    public double NextNormal() => BitExact.NormalQuantile(NextDouble());

    /// <summary>Mean 1, never 0.</summary>
    public double NextExponential() => -BitExact.Log(NextDouble());

    /// <summary>0 to <paramref name="limit"/> - 1; <paramref name="limit"/> above 0. The bias is below limit / 2^64.</summary>
    public int NextBelow(int limit) => (int)Math.BigMul(NextBits(), (ulong)limit, out _);

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
