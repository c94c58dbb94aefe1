using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

public class BarBuilderOracleTests
{
    private static readonly string[] Timeframes = ["1s", "30s", "1m", "5m", "7m", "1h", "4h", "5h", "24h", "1d"];
    private static readonly string[] Symbols = ["ES", "GC", "6E", "ZN", "SPY", "EURUSD", "BTCUSD"];

    /// <summary>Both changes of daylight time, the weeks in which only the US have changed, Thanksgiving, Christmas and New Year, Good Friday with and without session, a plain week.</summary>
    public static TheoryData<int, string> Weeks => new()
    {
        { 1, "2013-03-08" }, { 2, "2013-11-01" }, { 3, "2024-03-15" }, { 4, "2024-11-26" }, { 5, "2024-12-23" },
        { 6, "2018-12-03" }, { 7, "2023-04-05" }, { 8, "2024-03-27" }, { 9, "2012-11-14" }, { 10, "2025-06-02" },
    };

    [Theory]
    [MemberData(nameof(Weeks))]
    public void BarsFromTradesEqualTheGroupedTrades(int seed, string week)
    {
        foreach (string symbol in Symbols)
        {
            Instrument instrument = BarBuilderTests.Find(symbol);
            List<Trade> trades = RandomTrades(seed, week, instrument, 3000);
            foreach (string text in Timeframes)
            {
                Timeframe timeframe = BarBuilderTests.Parse(text);
                Same(new BarOracle(timeframe, instrument.Calendar).Bars(trades), Built(new(timeframe, instrument), trades), $"{symbol} {text} seed {seed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Weeks))]
    public void BarsFromMinutesEqualBarsFromTrades(int seed, string week)
    {
        foreach (string symbol in Symbols)
        {
            Instrument instrument = BarBuilderTests.Find(symbol);
            List<Trade> trades = RandomTrades(seed, week, instrument, 3000);
            List<Bar> minutes = new BarOracle(Timeframe.OneMinute, instrument.Calendar).Bars(trades);
            foreach (string text in Timeframes.SkipWhile(text => text != "1m"))
            {
                Timeframe timeframe = BarBuilderTests.Parse(text);
                Same(new BarOracle(timeframe, instrument.Calendar).Bars(trades), Aggregated(new(timeframe, instrument), minutes), $"{symbol} {text} seed {seed}");
            }
        }
    }

    /// <summary>Trades that come up to minutes late, and a clock that closes bars in between: what belongs before the bar in progress, or into a finished one, is left out and counted.</summary>
    [Theory]
    [InlineData(41, "1m")]
    [InlineData(42, "5m")]
    [InlineData(43, "1h")]
    [InlineData(44, "1d")]
    public void OutOfOrderTradesGiveTheBarsOfThePolicyAndEveryLateOneIsCounted(int seed, string text)
    {
        Instrument instrument = BarBuilderTests.Find("ES");
        Timeframe timeframe = BarBuilderTests.Parse(text);
        var random = new Random(seed);
        List<(Timestamp Arrival, Trade Trade)> arrivals = [.. RandomTrades(seed, "2024-11-26", instrument, 3000)
            .Select(trade => (trade.Time + TimeSpan.FromSeconds(random.Next(4) == 0 ? random.Next(3000) : 0), trade)).OrderBy(pair => pair.Item1)];
        var oracle = new BarOracle(timeframe, instrument.Calendar);
        var periods = new List<(Timestamp Start, Timestamp End, List<Trade> Trades)>();
        var builder = new BarBuilder(timeframe, instrument);
        var bars = new List<Bar>();
        Timestamp closedUntil = Timestamp.MinValue;
        long late = 0;
        foreach ((Timestamp arrival, Trade trade) in arrivals)
        {
            if (random.Next(3) == 0)
            {
                if (builder.CloseAt(arrival, out Bar over)) bars.Add(over);
                if (periods.Count > 0 && periods[^1].End <= arrival) closedUntil = periods[^1].End;
            }
            (Timestamp start, Timestamp end) = oracle.Period(trade.Time);
            if (start < closedUntil || (periods.Count > 0 && start < periods[^1].Start)) late++;
            else if (periods.Count > 0 && periods[^1].Start == start) periods[^1].Trades.Add(trade);
            else periods.Add((start, end, [trade]));
            if (builder.Add(in trade, out Bar closed)) bars.Add(closed);
        }
        if (builder.CloseAt(Timestamp.MaxValue, out Bar last)) bars.Add(last);
        Same([.. periods.Select(period => BarOracle.Summary(period.Start, period.End, period.Trades))], bars, $"{text} seed {seed}");
        Assert.Equal(late, builder.LateCount);
        Assert.True(late > 0);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void BarsByNumberVolumeAndRangeEqualAPlainLoop(int seed)
    {
        Instrument instrument = BarBuilderTests.Find("ES");
        List<Trade> trades = RandomTrades(seed, "2024-03-04", instrument, 5000);
        Same(Plain(trades, part => part.Count >= 100), Built(new(BarBuilderTests.Parse("100t"), instrument), trades), "100t");
        Same(Plain(trades, part => part.Sum(trade => trade.Size) >= 250), Built(new(BarBuilderTests.Parse("250v"), instrument), trades), "250v");
        Same(Plain(trades, part => (part.Max(trade => trade.Price) - part.Min(trade => trade.Price)) / 0.25 >= 8), Built(new(BarBuilderTests.Parse("8r"), instrument), trades), "8r");
    }

    [Theory]
    [InlineData(21, "1m")]
    [InlineData(22, "1h")]
    [InlineData(23, "1d")]
    [InlineData(24, "50t")]
    [InlineData(25, "100v")]
    [InlineData(26, "6r")]
    public void ABuilderRestoredAtAnyPointGoesOnAsIfNothingHadHappened(int seed, string text)
    {
        Instrument instrument = BarBuilderTests.Find("ES");
        List<Trade> trades = RandomTrades(seed, "2024-11-26", instrument, 2000);
        List<Bar> through = Built(new(BarBuilderTests.Parse(text), instrument), trades);
        var random = new Random(seed);
        for (int round = 0; round < 20; round++)
        {
            int at = random.Next(trades.Count);
            var first = new BarBuilder(BarBuilderTests.Parse(text), instrument);
            List<Bar> bars = Built(first, trades.Take(at), toTheEnd: false);
            var second = new BarBuilder(BarBuilderTests.Parse(text), instrument);
            var saved = Snapshot.ForWriting();
            saved.Sync(first);
            var restored = Snapshot.ForReading(saved.ToArray());
            restored.Sync(second);
            Assert.True(restored.IsAtEnd);
            Assert.Equal(first.Forming, second.Forming);
            Assert.Equal(first.LateCount, second.LateCount);
            bars.AddRange(Built(second, trades.Skip(at)));
            Same(through, bars, $"{text} seed {seed} restored at {at}");
        }
    }

    [Fact]
    public void ASnapshotOfOtherBarsIsRefused()
    {
        Instrument instrument = BarBuilderTests.Find("ES");
        var saved = Snapshot.ForWriting();
        saved.Sync(new BarBuilder(Timeframe.OneMinute, instrument));
        var other = new BarBuilder(Timeframe.OneSecond, instrument);
        Assert.Contains("bars 1m ES", Assert.Throws<SnapshotException>(() => Snapshot.ForReading(saved.ToArray()).Sync(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1s")]
    [InlineData("1d")]
    [InlineData("10t")]
    [InlineData("10v")]
    [InlineData("4r")]
    public void NoCallAllocates(string text)
    {
        Instrument instrument = BarBuilderTests.Find("ES");
        Trade[] trades = [.. RandomTrades(31, "2024-11-26", instrument, 5000)];
        Feed(new(BarBuilderTests.Parse(text), instrument));
        var builder = new BarBuilder(BarBuilderTests.Parse(text), instrument);
        Assert.Equal(0, Allocation.Of(() => Feed(builder)));

        void Feed(BarBuilder target)
        {
            foreach (ref readonly Trade trade in trades.AsSpan())
            {
                target.Add(in trade, out Bar closed);
                target.CloseAt(trade.Time, out closed);
                if (target.TakesBars) target.Add(new Bar(trade.Time, trade.Time + TimeSpan.FromTicks(1), 1, 1, 1, 1, 1), out _, out _);
            }
        }
    }

    internal static List<Bar> Built(BarBuilder builder, IEnumerable<Trade> trades, bool toTheEnd = true)
    {
        var bars = new List<Bar>();
        foreach (Trade trade in trades)
        {
            if (builder.Add(in trade, out Bar closed)) bars.Add(closed);
        }
        if (toTheEnd && builder.CloseAt(Timestamp.MaxValue, out Bar last)) bars.Add(last);
        if (toTheEnd) Assert.Equal(0, builder.LateCount);
        return bars;
    }

    internal static List<Bar> Aggregated(BarBuilder builder, IEnumerable<Bar> parts)
    {
        var bars = new List<Bar>();
        foreach (Bar part in parts)
        {
            int count = builder.Add(in part, out Bar closed, out Bar alsoClosed);
            if (count > 0) bars.Add(closed);
            if (count > 1) bars.Add(alsoClosed);
        }
        if (builder.CloseAt(Timestamp.MaxValue, out Bar last)) bars.Add(last);
        Assert.Equal(0, builder.LateCount);
        return bars;
    }

    internal static void Same(List<Bar> expected, List<Bar> actual, string what)
    {
        for (int i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (expected[i] != actual[i]) Assert.Fail($"{what}, bar {i} of {expected.Count}: expected {expected[i]}, found {actual[i]}");
        }
        Assert.True(expected.Count == actual.Count, $"{what}: expected {expected.Count} bars, found {actual.Count}");
        Assert.NotEmpty(expected);
    }

    private static List<Bar> Plain(List<Trade> trades, Func<List<Trade>, bool> isFull)
    {
        var bars = new List<Bar>();
        var part = new List<Trade>();
        foreach (Trade trade in trades)
        {
            part.Add(trade);
            if (!isFull(part)) continue;
            bars.Add(BarOracle.Summary(part[0].Time, part[^1].Time, part));
            part.Clear();
        }
        return bars;
    }

    /// <summary>Eight days of trades that come in bursts and after pauses, at odd nanoseconds, at whole minutes and at the very edges of sessions; in closed times too.</summary>
    private static List<Trade> RandomTrades(int seed, string week, Instrument instrument, int count)
    {
        var random = new Random(seed);
        Timestamp time = Timestamp.From(DateTimeOffset.Parse(week + "T00:00:00Z", null));
        Timestamp end = time + TimeSpan.FromDays(8);
        double price = 5000;
        var trades = new List<Trade>();
        while (trades.Count < count && time < end)
        {
            time = random.Next(100) switch
            {
                < 55 => new(time.Nanoseconds + random.NextInt64(2 * Timestamp.NanosecondsPerSecond)),
                < 97 => new(time.Nanoseconds + random.NextInt64(8 * Timestamp.NanosecondsPerMinute)),
                97 => new((time.Nanoseconds / Timestamp.NanosecondsPerMinute + 1) * Timestamp.NanosecondsPerMinute),
                98 => Edge(instrument.Calendar.SessionAt(time), time),
                _ => new(time.Nanoseconds + random.NextInt64(5 * Timestamp.NanosecondsPerHour)),
            };
            price += (random.Next(5) - 2) * instrument.TickSizeAsDouble;
            trades.Add(new(time, price, random.Next(1, 20)));
        }
        return trades;

        static Timestamp Edge(Session session, Timestamp time) => session.Open > time ? session.Open : new(session.Close.Nanoseconds - 1);
    }
}
