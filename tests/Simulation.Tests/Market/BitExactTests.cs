using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

public sealed class BitExactTests
{
    [Fact]
    public void TheExponentialAgreesWithThePlatformToFourteenDigits()
    {
        for (double x = -690; x < 690; x += 0.3717) AssertClose(Math.Exp(x), BitExact.Exp(x), 1e-14);
        for (double x = -0.02; x < 0.02; x += 0.00001237) AssertClose(Math.Exp(x), BitExact.Exp(x), 1e-15);
    }

    [Fact]
    public void TheExponentialOfSmallNumbersIsGoodToEightDigits()
    {
        for (double x = -0.1; x <= 0.1; x += 0.001) AssertClose(Math.Exp(x), BitExact.ExpOfSmall(x), 1e-8);
    }

    [Fact]
    public void TheLogarithmAgreesWithThePlatformToFourteenDigits()
    {
        for (double x = 1e-300; x < 1e300; x *= 1.7) AssertClose(Math.Log(x), BitExact.Log(x), 1e-14);
        for (double x = 0.5; x < 2; x += 0.00037) Assert.Equal(Math.Log(x), BitExact.Log(x), 1e-15);
    }

    /// <summary>Upper percentage points as printed in tables of the normal distribution.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.6744897502)]
    [InlineData(0.9, 1.2815515655)]
    [InlineData(0.975, 1.9599639845)]
    [InlineData(0.995, 2.5758293035)]
    [InlineData(0.999, 3.0902323062)]
    [InlineData(0.999999, 4.7534243088)]
    [InlineData(1e-10, -6.3613409024)]
    [InlineData(1e-20, -9.2623400897)]
    public void TheNormalQuantileIsThatOfTheTables(double probability, double quantile) =>
        Assert.Equal(quantile, BitExact.NormalQuantile(probability), 2e-6);

    [Fact]
    public void TheNormalQuantileIsSymmetric()
    {
        for (double p = 0.001; p < 0.5; p += 0.001) Assert.Equal(-BitExact.NormalQuantile(p), BitExact.NormalQuantile(1 - p), 1e-12);
    }

    private static void AssertClose(double expected, double found, double relative) =>
        Assert.True(Math.Abs(found - expected) <= relative * Math.Abs(expected), $"{found:R} is not {expected:R}");
}
