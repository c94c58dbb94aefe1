using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Portfolio;

/// <summary>Sums in place are digit for digit what the operators of the runtime give, scale and the sign of nothing included: outputs are hashed by them.</summary>
public sealed class AmountSumsTests
{
    [Theory]
    [InlineData("949.00", "-949")]
    [InlineData("0.00000", "-0.000000")]
    [InlineData("-514.0", "514")]
    [InlineData("100000", "-36499.39387")]
    [InlineData("9223372036854775807", "1")]
    [InlineData("39614081257132168796771975168", "-1")]
    [InlineData("4294967296.1", "0.0000000001")]
    public void EdgesAreAsTheOperatorsGiveThem(string left, string right)
    {
        decimal a = decimal.Parse(left, System.Globalization.CultureInfo.InvariantCulture), b = decimal.Parse(right, System.Globalization.CultureInfo.InvariantCulture);
        AssertSame(a, b);
        AssertSame(b, a);
        AssertSame(-a, b);
    }

    [Fact]
    public void AMillionPairsOfAllSizesScalesAndSignsAreAsTheOperatorsGiveThem()
    {
        var random = new Random(20261123);
        for (int i = 0; i < 1_000_000; i++)
        {
            decimal a = Make(random);
            AssertSame(a, random.Next(4) == 0 ? Alike(random, a) : Make(random));
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedAsTheOperatorRefusesIt()
    {
        decimal sum = decimal.MaxValue;
        Assert.Throws<OverflowException>(() => AmountSums.Add(ref sum, 1m));
        Assert.Equal(decimal.MaxValue, sum);
    }

    private static void AssertSame(decimal a, decimal b)
    {
        decimal sum = a, difference = a;
        AmountSums.Add(ref sum, in b);
        AmountSums.Subtract(ref difference, in b);
        if (!HaveSameBits(sum, a + b)) Assert.Fail($"{a} + {b}: {Bits(sum)}, expected {Bits(a + b)}");
        if (!HaveSameBits(difference, a - b)) Assert.Fail($"{a} - {b}: {Bits(difference)}, expected {Bits(a - b)}");
    }

    private static bool HaveSameBits(decimal a, decimal b)
    {
        Span<int> left = stackalloc int[4], right = stackalloc int[4];
        decimal.GetBits(a, left);
        decimal.GetBits(b, right);
        return left.SequenceEqual(right);
    }

    private static string Bits(decimal amount) => string.Join(' ', decimal.GetBits(amount));

    private static decimal Make(Random random)
    {
        long digits = random.Next(5) switch
        {
            0 => 0,
            1 => random.Next(100),
            2 => random.Next(10_000_000),
            3 => random.NextInt64(1L << 40),
            _ => random.NextInt64(),
        };
        int high = random.Next(20) == 0 ? random.Next(1 << 20) : 0;
        byte scale = (byte)(random.Next(8) == 0 ? random.Next(10, 29) : random.Next(7));
        return new decimal((int)digits, (int)(digits >> 32), high, random.Next(2) == 0, scale);
    }

    /// <summary>An amount of the same size, with more zeros behind it and a sign of its own.</summary>
    private static decimal Alike(Random random, decimal amount)
    {
        if (Math.Abs(amount) > 1e15m) return -amount;
        int places = random.Next(6);
        return amount * new decimal((int)Math.Pow(10, places), 0, 0, random.Next(2) == 0, (byte)places);
    }
}
