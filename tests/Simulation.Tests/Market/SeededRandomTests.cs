using System.Numerics;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

public sealed class SeededRandomTests
{
    /// <summary>The first outputs of the authors' program for the seed 1234567.</summary>
    private static readonly ulong[] SplitMixOutputs =
        [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

    /// <summary>The first outputs of the authors' program for the state 1, 2, 3, 4.</summary>
    private static readonly ulong[] XoshiroOutputs = [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205];

    [Fact]
    public void TheBitsAreThoseOfThePublishedAlgorithms()
    {
        ulong seed = 1234567;
        Assert.Equal(SplitMixOutputs, Enumerable.Range(0, 5).Select(_ => SplitMix(ref seed)));
        ulong[] state = [1, 2, 3, 4];
        Assert.Equal(XoshiroOutputs, Enumerable.Range(0, 5).Select(_ => Xoshiro(state)));

        seed = 42;
        ulong[] seeded = [SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed)];
        var chance = new SeededRandom(42);
        for (int i = 0; i < 1000; i++) Assert.Equal(Xoshiro(seeded), chance.NextBits());
    }

    [Fact]
    public void DoublesStayInsideAndFillTheIntervalEvenly()
    {
        var chance = new SeededRandom(7);
        const int Draws = 1_000_000;
        var cells = new int[100];
        for (int i = 0; i < Draws; i++)
        {
            double value = chance.NextDouble();
            Assert.True(value is > 0 and < 1);
            cells[(int)(value * cells.Length)]++;
        }
        double expected = Draws / (double)cells.Length;
        double chiSquare = cells.Sum(cell => (cell - expected) * (cell - expected) / expected);
        Assert.InRange(chiSquare, 69.2, 134.6); // the 1 % and 99 % points for 99 degrees of freedom
    }

    [Fact]
    public void NormalsHaveTheMomentsOfTheNormalDistribution()
    {
        var chance = new SeededRandom(8);
        double[] values = [.. Enumerable.Range(0, 500_000).Select(_ => chance.NextNormal())];
        Assert.Equal(0, Moments.Mean(values), 0.006);
        Assert.Equal(1, Moments.Variance(values), 0.01);
        Assert.Equal(0, Moments.ExcessKurtosis(values), 0.04);
        Assert.Equal(0, Moments.Autocorrelation(values, 1), 0.006);
    }

    [Fact]
    public void ExponentialsHaveMeanAndDeviationOne()
    {
        var chance = new SeededRandom(9);
        double[] values = [.. Enumerable.Range(0, 500_000).Select(_ => chance.NextExponential())];
        Assert.True(values.All(value => value > 0));
        Assert.Equal(1, Moments.Mean(values), 0.006);
        Assert.Equal(1, Moments.Variance(values), 0.02);
    }

    [Fact]
    public void EachKeyOpensAStreamOfItsOwn()
    {
        var first = new HashSet<ulong>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            for (ulong purpose = 0; purpose < 20; purpose++)
            {
                for (long key = 0; key < 50; key++)
                {
                    SeededRandom chance = SeededRandom.Of(seed, purpose, key);
                    Assert.True(first.Add(chance.NextBits()), $"seed {seed}, purpose {purpose}, key {key} repeats another");
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void WholeNumbersReachEachValueBelowTheLimitAndNoOther(int limit)
    {
        var chance = new SeededRandom(10);
        var seen = new HashSet<int>();
        for (int i = 0; i < 20_000; i++) seen.Add(chance.NextBelow(limit));
        Assert.Equal(limit, seen.Count);
        Assert.Equal((0, limit - 1), (seen.Min(), seen.Max()));
    }

    private static ulong SplitMix(ref ulong x)
    {
        ulong z = x += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private static ulong Xoshiro(ulong[] s)
    {
        ulong result = BitOperations.RotateLeft(s[0] + s[3], 23) + s[0];
        ulong t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = BitOperations.RotateLeft(s[3], 45);
        return result;
    }
}
