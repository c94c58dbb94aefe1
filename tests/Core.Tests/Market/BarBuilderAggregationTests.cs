using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

public class BarBuilderAggregationTests
{
    private static readonly Instrument Coin = BarBuilderTests.Find("BTCUSD");
    private static readonly Timestamp Noon = Timestamp.FromUtc(2024, 3, 5, 12);

    [Fact]
    public void AFiveMinuteBarIsFinishedTogetherWithItsLastMinute()
    {
        var builder = new BarBuilder(Timeframe.Minutes(5), Coin);
        for (int i = 0; i < 4; i++) Assert.Equal(0, builder.Add(Minute(i, 10 + i), out _, out _));
        Assert.Equal(1, builder.Add(Minute(4, 9), out Bar closed, out _));
        Assert.Equal(new Bar(Noon, Noon + TimeSpan.FromMinutes(5), 10, 14, 8, 9, 5), closed);
        Assert.False(builder.IsForming);
    }

    [Fact]
    public void AfterAGapOneBarCanEndTheOldBarAndCompleteTheNext()
    {
        var builder = new BarBuilder(Timeframe.Minutes(5), Coin);
        builder.Add(Minute(0, 10), out _, out _);
        Assert.Equal(2, builder.Add(Minute(9, 20), out Bar closed, out Bar alsoClosed));
        Assert.Equal(new Bar(Noon, Noon + TimeSpan.FromMinutes(5), 10, 11, 9, 10, 1), closed);
        Assert.Equal(new Bar(Noon + TimeSpan.FromMinutes(5), Noon + TimeSpan.FromMinutes(10), 20, 21, 19, 20, 1), alsoClosed);
    }

    [Fact]
    public void ALateBarIsCountedAndLeftOut()
    {
        var builder = new BarBuilder(Timeframe.Minutes(5), Coin);
        builder.Add(Minute(4, 10), out _, out _);
        Assert.Equal(0, builder.Add(Minute(2, 99), out _, out _));
        builder.Add(Minute(6, 10), out _, out _);
        Assert.Equal(0, builder.Add(Minute(3, 99), out _, out _));
        Assert.Equal(2, builder.LateCount);
        Assert.Equal(11, builder.Forming.High);
    }

    [Fact]
    public void ABarAsLongAsTheTimeframePassesUnchanged()
    {
        Instrument share = BarBuilderTests.Find("SPY");
        var builder = new BarBuilder(Timeframe.OneDay, share);
        for (int day = 5; day < 8; day++)
        {
            var bar = new Bar(Timestamp.FromUtc(2024, 3, day), Timestamp.FromUtc(2024, 3, day + 1), 1, 2, 0.5, 1.5, 100);
            Assert.Equal(1, builder.Add(bar, out Bar closed, out _));
            Assert.Equal(bar, closed);
        }
    }

    [Fact]
    public void ABarThatReachesBeyondThePeriodMakesTheBarKnownNoEarlierThanItsData()
    {
        var builder = new BarBuilder(Timeframe.Minutes(5), Coin);
        Assert.Equal(1, builder.Add(new Bar(Noon + TimeSpan.FromMinutes(4), Noon + TimeSpan.FromMinutes(6), 1, 1, 1, 1, 1), out Bar closed, out _));
        Assert.Equal(Noon + TimeSpan.FromMinutes(6), closed.End);
    }

    [Fact]
    public void ALongerBarAndBarsByTradesAreRefusedInOneSentence()
    {
        var minutes = new BarBuilder(Timeframe.OneMinute, Coin);
        var hour = new Bar(Noon, Noon + TimeSpan.FromHours(1), 1, 1, 1, 1, 1);
        Assert.Contains("cannot be cut into bars of 1m", Assert.Throws<ArgumentException>(() => minutes.Add(hour, out _, out _)).Message, StringComparison.Ordinal);

        var counted = new BarBuilder(BarBuilderTests.Parse("10t"), Coin);
        Assert.False(counted.TakesBars);
        Assert.Contains("do not tell their number of trades", Assert.Throws<ArgumentException>(() => counted.Add(hour, out _, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VolumeAndRangeBarsAreBuiltFromBarsToo()
    {
        var volume = new BarBuilder(BarBuilderTests.Parse("2v"), Coin);
        Assert.Equal(0, volume.Add(Minute(0, 10), out _, out _));
        Assert.Equal(1, volume.Add(Minute(3, 20), out Bar closed, out _));
        Assert.Equal(new Bar(Noon, Noon + TimeSpan.FromMinutes(4), 10, 21, 9, 20, 2), closed);

        var range = new BarBuilder(BarBuilderTests.Parse("250r"), Coin);
        Assert.Equal(0, range.Add(Minute(0, 10), out _, out _));
        Assert.Equal(1, range.Add(Minute(1, 10.75), out closed, out _));
        Assert.Equal((11.75, 9), (closed.High, closed.Low));
    }

    private static Bar Minute(int index, double price) =>
        new(Noon + TimeSpan.FromMinutes(index), Noon + TimeSpan.FromMinutes(index + 1), price, price + 1, price - 1, price, 1);
}
