using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

public class BarBuilderTests
{
    private static readonly Instrument Es = Find("ES");
    private static readonly Instrument Coin = Find("BTCUSD");
    private static readonly Timestamp Noon = Timestamp.FromUtc(2024, 3, 5, 12);

    [Fact]
    public void ATimeBarIsClosedByTheFirstTradeAfterIt()
    {
        var builder = new BarBuilder(Timeframe.OneMinute, Coin);
        Assert.False(builder.Add(Print(0, 10, 1), out _));
        Assert.False(builder.Add(Print(20, 12, 2), out _));
        Assert.False(builder.Add(Print(59.999, 9, 3), out _));
        Assert.True(builder.IsForming);
        Assert.Equal(new Bar(Noon, Noon + Minutes(1), 10, 12, 9, 9, 6), builder.Forming);
        Assert.True(builder.Add(Print(60, 11, 4), out Bar closed));
        Assert.Equal(new Bar(Noon, Noon + Minutes(1), 10, 12, 9, 9, 6), closed);
        Assert.Equal(new Bar(Noon + Minutes(1), Noon + Minutes(2), 11, 11, 11, 11, 4), builder.Forming);
    }

    [Fact]
    public void APeriodWithoutTradesGivesNoBar()
    {
        var builder = new BarBuilder(Timeframe.OneMinute, Coin);
        builder.Add(Print(0, 10, 1), out _);
        Assert.True(builder.Add(Print(600, 11, 1), out Bar closed));
        Assert.Equal(Noon, closed.Start);
        Assert.Equal(Noon + Minutes(10), builder.Forming.Start);
    }

    [Fact]
    public void TheClockClosesABarAtItsEndAndNotBefore()
    {
        var builder = new BarBuilder(Timeframe.OneMinute, Coin);
        Assert.False(builder.CloseAt(Noon, out _));
        builder.Add(Print(5, 10, 1), out _);
        Assert.False(builder.CloseAt(Noon + TimeSpan.FromSeconds(59.9999999), out _));
        Assert.True(builder.CloseAt(Noon + Minutes(1), out Bar closed));
        Assert.Equal(new Bar(Noon, Noon + Minutes(1), 10, 10, 10, 10, 1), closed);
        Assert.False(builder.IsForming);
        Assert.False(builder.CloseAt(Noon + Minutes(2), out _));
    }

    [Fact]
    public void ALateTradeIsCountedAndChangesNoBar()
    {
        var builder = new BarBuilder(Timeframe.OneMinute, Coin);
        builder.Add(Print(0, 10, 1), out _);
        builder.Add(Print(61, 11, 1), out _);
        Assert.False(builder.Add(Print(59, 99, 1), out _));
        Assert.Equal(1, builder.LateCount);
        Assert.Equal(11, builder.Forming.High);
        builder.CloseAt(Noon + Minutes(2), out _);
        Assert.False(builder.Add(Print(119, 99, 1), out _));
        Assert.Equal(2, builder.LateCount);
        Assert.False(builder.IsForming);
    }

    [Fact]
    public void InsideTheFormingBarTheOrderOfArrivalDecidesOpenAndClose()
    {
        var builder = new BarBuilder(Timeframe.OneMinute, Coin);
        builder.Add(Print(30, 10, 1), out _);
        builder.Add(Print(10, 12, 1), out _);
        Assert.Equal(0, builder.LateCount);
        Assert.Equal(10, builder.Forming.Open);
        Assert.Equal(12, builder.Forming.Close);
    }

    /// <summary>Thanksgiving Friday 2024 ends at 12:15 in Chicago, 18:15 UTC; the next session opens on Sunday 23:00 UTC.</summary>
    [Fact]
    public void ABarEndsWithTheSessionAndTheNextOneBeginsWithTheOpening()
    {
        var builder = new BarBuilder(Hours(1), Es);
        builder.Add(new(Timestamp.FromUtc(2024, 11, 29, 18, 10), 6000, 1), out _);
        Assert.Equal(Timestamp.FromUtc(2024, 11, 29, 18), builder.Forming.Start);
        Assert.Equal(Timestamp.FromUtc(2024, 11, 29, 18, 15), builder.Forming.End);
        Assert.True(builder.Add(new(Timestamp.FromUtc(2024, 12, 1, 23, 30), 6001, 1), out _));
        Assert.Equal(Timestamp.FromUtc(2024, 12, 1, 23), builder.Forming.Start);
    }

    /// <summary>Chicago closes at 21:00 UTC in summer; the halt ends at 22:00 UTC.</summary>
    [Fact]
    public void ATradeInTheHaltFormsABarOfItsOwnBelowADayAndBelongsToTheNextDayAbove()
    {
        var before = new Trade(Timestamp.FromUtc(2024, 6, 4, 20, 50), 5300, 1);
        var inHalt = new Trade(Timestamp.FromUtc(2024, 6, 4, 21, 20), 5400, 1);
        var earlierInHalt = new Trade(Timestamp.FromUtc(2024, 6, 4, 21, 10), 5390, 1);
        var after = new Trade(Timestamp.FromUtc(2024, 6, 4, 22, 10), 5301, 1);

        var fourHours = new BarBuilder(Hours(4), Es);
        fourHours.Add(before, out _);
        Assert.True(fourHours.Add(inHalt, out Bar closed));
        Assert.Equal(new Bar(Timestamp.FromUtc(2024, 6, 4, 20), Timestamp.FromUtc(2024, 6, 4, 21), 5300, 5300, 5300, 5300, 1), closed);
        Assert.True(fourHours.Add(after, out closed));
        Assert.Equal(new Bar(Timestamp.FromUtc(2024, 6, 4, 21), Timestamp.FromUtc(2024, 6, 4, 22), 5400, 5400, 5400, 5400, 1), closed);
        Assert.Equal(Timestamp.FromUtc(2024, 6, 4, 22), fourHours.Forming.Start);
        Assert.Equal(Timestamp.FromUtc(2024, 6, 5, 0), fourHours.Forming.End);

        var days = new BarBuilder(Timeframe.OneDay, Es);
        days.Add(before, out _);
        Assert.True(days.Add(inHalt, out closed));
        Assert.Equal(1, closed.Volume);
        days.Add(earlierInHalt, out _);
        days.Add(after, out _);
        Assert.Equal(new Bar(Timestamp.FromUtc(2024, 6, 4, 22), Timestamp.FromUtc(2024, 6, 5, 21), 5400, 5400, 5301, 5301, 3), days.Forming);
        Assert.Equal(0, days.LateCount);
        Assert.False(days.Add(before, out _));
        Assert.Equal(1, days.LateCount);
    }

    [Fact]
    public void TradeBarsCountTheTradesThatFillThem()
    {
        var builder = new BarBuilder(Parse("3t"), Es);
        Assert.False(builder.Add(Print(0, 10, 5), out _));
        Assert.False(builder.Add(Print(1, 11, 5), out _));
        Assert.True(builder.Add(Print(7, 9, 5), out Bar closed));
        Assert.Equal(new Bar(Noon, Noon + TimeSpan.FromSeconds(7), 10, 11, 9, 9, 15), closed);
        Assert.False(builder.IsForming);
        Assert.False(builder.CloseAt(Noon + Minutes(1000), out _));
    }

    [Fact]
    public void ABarByNumberOfTradesTakesALateTradeAndNeverEndsBeforeItsNewestOne()
    {
        var builder = new BarBuilder(Parse("3t"), Es);
        builder.Add(Print(5, 10, 1), out _);
        builder.Add(Print(9, 11, 1), out _);
        Assert.True(builder.Add(Print(7, 12, 1), out Bar closed));
        Assert.Equal(new Bar(Noon + TimeSpan.FromSeconds(5), Noon + TimeSpan.FromSeconds(9), 10, 12, 10, 12, 3), closed);
        Assert.Equal(0, builder.LateCount);
    }

    [Fact]
    public void AVolumeBarTakesTheTradeThatFillsItWhole()
    {
        var builder = new BarBuilder(Parse("10v"), Es);
        Assert.False(builder.Add(Print(0, 10, 9), out _));
        Assert.True(builder.Add(Print(1, 12, 25), out Bar closed));
        Assert.Equal(34, closed.Volume);
        Assert.True(builder.Add(Print(2, 12, 10), out closed));
        Assert.Equal(10, closed.Volume);
    }

    [Fact]
    public void ARangeBarClosesOnceHighMinusLowReachesItsTicks()
    {
        var builder = new BarBuilder(Parse("4r"), Es);
        Assert.False(builder.Add(Print(0, 5000, 1), out _));
        Assert.False(builder.Add(Print(1, 5000.75, 1), out _));
        Assert.True(builder.Add(Print(2, 4999.75, 1), out Bar closed));
        Assert.Equal((5000, 5000.75, 4999.75, 4999.75), (closed.Open, closed.High, closed.Low, closed.Close));
        Assert.False(builder.Add(Print(3, 4999.75, 1), out _));
        Assert.True(builder.Add(Print(4, 5050, 1), out closed));
        Assert.Equal(5050, closed.High);
    }

    /// <summary>0.1 and 0.00005 are no binary fractions: the sum of ticks must not decide by its last bit.</summary>
    [Theory]
    [InlineData("GC", 1313.3, 1313.6, 3)]
    [InlineData("6E", 1.10005, 1.1002, 3)]
    [InlineData("CL", 101.07, 101.14, 7)]
    public void RangesAreCountedInTicksWhateverTheBinaryFraction(string symbol, double low, double high, long ticks)
    {
        Assert.True(Filled(ticks));
        Assert.False(Filled(ticks + 1));

        bool Filled(long range)
        {
            var builder = new BarBuilder(new(TimeframeKind.Range, range), Find(symbol));
            builder.Add(Print(0, low, 1), out _);
            return builder.Add(Print(1, high, 1), out _);
        }
    }

    [Theory]
    [InlineData("7d")]
    [InlineData("2d")]
    [InlineData("25h")]
    public void TimeBarsLongerThanADayAreRefusedInOneSentence(string text)
    {
        Timeframe timeframe = Parse(text);
        string message = Assert.Throws<ArgumentException>(() => new BarBuilder(timeframe, Es)).Message;
        Assert.Contains("the longest time bar is 1d", message, StringComparison.Ordinal);
        Assert.Equal(BarBuilder.Refusal(timeframe), message.Split(" (Parameter")[0]);
    }

    [Fact]
    public void ATimeframeWithoutAnAmountIsRefused() => Assert.NotNull(BarBuilder.Refusal(default));

    internal static Instrument Find(string symbol) => Instruments.TryFind(symbol, out Instrument? found) ? found : throw new ArgumentException(symbol);

    internal static Timeframe Parse(string text) => Timeframe.TryParse(text, out Timeframe timeframe) ? timeframe : throw new ArgumentException(text);

    private static Timeframe Hours(int count) => new(TimeframeKind.Time, count * Timestamp.NanosecondsPerHour);

    private static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);

    private static Trade Print(double seconds, double price, double size) => new(Noon + TimeSpan.FromSeconds(seconds), price, size);
}
