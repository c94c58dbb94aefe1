using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

public sealed class MarketGeneratorOptionsTests
{
    [Fact]
    public void TheDefaultsCanBeUsed() => Assert.Empty(new MarketGeneratorOptions().Faults());

    [Fact]
    public void AllFaultsAreNamedAtOnce()
    {
        MarketGeneratorOptions options = Markets.Options(1, "ES", "ES", "SPY") with
        {
            Start = Timestamp.FromUtc(1999, 1, 1),
            ActivityScale = double.NaN,
            EventsPerSecond = new Dictionary<string, double> { ["CL"] = 0 },
        };
        string[] words = ["1999-01-01", "NaN", "ES twice", "SPY", "names CL", "of CL is 0"];

        Assert.Equal(words.Length, options.Faults().Count);
        InputException refused = Assert.Throws<InputException>(() => new MarketGenerator(options));
        Assert.All(words, word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
        Assert.Throws<InputException>(() => new MarketHistory(options));
    }

    [Theory]
    [InlineData(0.0099, false)]
    [InlineData(0.01, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void TheActivityScaleHasARange(double scale, bool fits) =>
        Assert.Equal(fits, new MarketGeneratorOptions { ActivityScale = scale }.Faults().Count == 0);

    [Fact]
    public void AMarketWithoutInstrumentsIsRefused() =>
        Assert.Contains("0 entries", Assert.Single(new MarketGeneratorOptions { Instruments = [] }.Faults()), StringComparison.Ordinal);

    [Theory]
    [InlineData("1d", true)]
    [InlineData("1s", true)]
    [InlineData("7s", true)]
    [InlineData("4h", true)]
    [InlineData("2d", false)]
    [InlineData("100t", false)]
    [InlineData("8r", false)]
    public void BarsAreOfWholeSecondsUpToADay(string text, bool fits)
    {
        Assert.True(Timeframe.TryParse(text, out Timeframe timeframe));
        var market = new MarketGenerator(new MarketGeneratorOptions());
        if (fits) Assert.Equal(3, market.GenerateBars(Markets.Named("ES"), timeframe, Timestamp.FromUtc(2024, 1, 2), 3).Count);
        else Assert.Contains(text, Assert.Throws<InputException>(() => market.GenerateBars(Markets.Named("ES"), timeframe, Timestamp.FromUtc(2024, 1, 2), 3)).Message, StringComparison.Ordinal);
    }
}
