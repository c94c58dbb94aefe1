using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

public sealed class MarketHistoryTests
{
    private static readonly MarketGeneratorOptions Options = Markets.Options(31, "ES", "GC") with { Start = Timestamp.FromUtc(2025, 3, 5, 15, 0, 20) };

    private static (MarketHistory History, List<Trade> Trades) Run(TimeSpan span)
    {
        var history = new MarketHistory(Options);
        var trades = new List<Trade>();
        var market = new MarketGenerator(Options);
        while (market.TryNext(out MarketEvent marketEvent) && marketEvent.Time < Options.Start + span)
        {
            history.Add(marketEvent);
            if (marketEvent is { Kind: MarketEventKind.Trade, Instrument: 0 }) trades.Add(marketEvent.Trade);
        }
        history.AdvanceTo(Options.Start + span);
        return (history, trades);
    }

    [Fact]
    public void TheBarsOfTheRunningSessionAreExactlyItsTrades()
    {
        (MarketHistory history, List<Trade> trades) = Run(TimeSpan.FromMinutes(40));
        Timestamp from = Timestamp.FromUtc(2025, 3, 5, 15, 1);
        Timestamp to = Timestamp.FromUtc(2025, 3, 5, 15, 40);

        IReadOnlyList<Bar> minutes = history.Bars(0, Timeframe.OneMinute, from, to, 1000);
        Assert.Equal(39, minutes.Count);
        Assert.Equal(MinuteSeries.Of(trades.Where(trade => trade.Time >= from && trade.Time < to)).Bars, minutes);

        foreach (int seconds in new[] { 1, 15, 300 })
        {
            IReadOnlyList<Bar> bars = history.Bars(0, Timeframe.Seconds(seconds), from + TimeSpan.FromMinutes(4), to, 10_000);
            Assert.NotEmpty(bars);
            foreach (Bar bar in bars)
            {
                Trade[] inside = [.. trades.Where(trade => trade.Time >= bar.Start && trade.Time < bar.End)];
                Assert.Equal(TimeSpan.FromSeconds(seconds), bar.End - bar.Start);
                Assert.Equal((inside[0].Price, inside.Max(t => t.Price), inside.Min(t => t.Price), inside[^1].Price, inside.Sum(t => t.Size)),
                    (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume));
            }
        }
    }

    [Fact]
    public void TheMinuteInWhichTheStreamStartsIsWhole()
    {
        (MarketHistory history, List<Trade> trades) = Run(TimeSpan.FromMinutes(2));
        Bar bar = Assert.Single(history.Bars(0, Timeframe.OneMinute, Timestamp.FromUtc(2025, 3, 5, 15), Timestamp.FromUtc(2025, 3, 5, 15, 1), 10));
        double afterStart = trades.Where(trade => trade.Time < bar.End).Sum(trade => trade.Size);
        Assert.True(bar.Volume > afterStart, "the trades before the start are missing");
        Assert.Equal(trades.Last(trade => trade.Time < bar.End).Price, bar.Close);
    }

    [Fact]
    public void SessionsBeforeTheStartAreThereAndJoinWithoutAStep()
    {
        (MarketHistory history, _) = Run(TimeSpan.FromMinutes(30));
        IReadOnlyList<Bar> bars = history.Bars(0, Timeframe.OneMinute, Options.Start - TimeSpan.FromDays(7), Options.Start + TimeSpan.FromMinutes(30), 20_000);
        Assert.InRange(bars.Count, 5 * 1350, 5 * 1380 + 31);

        double[] steps = [.. bars.Zip(bars.Skip(1)).Where(pair => pair.First.End == pair.Second.Start).Select(pair => Math.Abs(pair.Second.Open - pair.First.Close) / 0.25)];
        Assert.True(steps.Average() < 2, $"from a close to the next open it is {steps.Average():F2} ticks on average");
        foreach (Bar bar in bars)
        {
            Assert.True(bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close));
            Assert.True(bar.Volume >= 1);
            Assert.Equal(0, bar.High % 0.25);
        }
        Assert.True(bars.Zip(bars.Skip(1)).All(pair => pair.First.End <= pair.Second.Start));
        Bar[] around = [.. bars.Where(bar => bar.End > Options.Start - TimeSpan.FromHours(2))];
        double[] joins = [.. around.Zip(around.Skip(1), (a, b) => Math.Abs(b.Open - a.Close) / 0.25)];
        Assert.True(joins.Max() <= 12, $"a step of {joins.Max()} ticks near the start");
    }

    [Fact]
    public void ADailyBarIsTheSessionOfTheVenue()
    {
        (MarketHistory history, _) = Run(TimeSpan.FromMinutes(1));
        IReadOnlyList<Bar> days = history.Bars(1, Timeframe.OneDay, Options.Start - TimeSpan.FromDays(30), Options.Start, 5);
        IReadOnlyList<Bar> minutes = history.Bars(1, Timeframe.OneMinute, days[0].Start, days[^1].End, 20_000);

        Assert.Equal(5, days.Count);
        Assert.Equal(["2025-02-26", "2025-02-27", "2025-02-28", "2025-03-03", "2025-03-04"],
            days.Select(day => Options.Instruments[1].Calendar.SessionAt(day.Start).TradingDay.ToString("yyyy-MM-dd", null)));
        foreach (Bar day in days)
        {
            Session session = Options.Instruments[1].Calendar.SessionAt(day.Start);
            Bar[] inside = [.. minutes.Where(bar => bar.Start >= day.Start && bar.Start < day.End)];
            Assert.Equal((session.Open, session.Close), (day.Start, day.End));
            Assert.Equal((inside[0].Open, inside.Max(b => b.High), inside.Min(b => b.Low), inside[^1].Close, inside.Sum(b => b.Volume)),
                (day.Open, day.High, day.Low, day.Close, day.Volume));
        }
    }

    [Fact]
    public void TheLimitKeepsTheNewestAndAPartialBarIsOnlyGivenWhenAskedFor()
    {
        (MarketHistory history, List<Trade> trades) = Run(TimeSpan.FromSeconds(110));
        Timestamp from = Options.Start - TimeSpan.FromHours(3);
        Timestamp to = Options.Start + TimeSpan.FromHours(1);
        IReadOnlyList<Bar> all = history.Bars(0, Timeframe.OneMinute, from, to, 1000);
        IReadOnlyList<Bar> newest = history.Bars(0, Timeframe.OneMinute, from, to, 3);
        IReadOnlyList<Bar> withPartial = history.Bars(0, Timeframe.OneMinute, from, to, 1000, withPartial: true);

        Assert.Equal(all.TakeLast(3), newest);
        Assert.Equal(Timestamp.FromUtc(2025, 3, 5, 15, 1), all[^1].Start);
        Assert.Equal(all.Count + 1, withPartial.Count);
        Assert.Equal(trades[^1].Price, withPartial[^1].Close);
        Assert.Empty(history.Bars(0, Timeframe.OneMinute, from, from, 10));
        Assert.Empty(history.Bars(0, Timeframe.OneMinute, from, to, 0));
        Assert.Empty(history.Bars(0, Timeframe.OneMinute, to, to + TimeSpan.FromDays(1), 10, withPartial: true));
        Assert.Empty(history.Bars(0, Timeframe.OneMinute, Timestamp.FromUtc(1990, 1, 1), Timestamp.FromUtc(1999, 1, 1), 10));
    }

    [Fact]
    public void SecondsBeforeTheStartAreThereToo()
    {
        (MarketHistory history, _) = Run(TimeSpan.FromSeconds(5));
        Timestamp from = Options.Start - TimeSpan.FromDays(2);
        IReadOnlyList<Bar> seconds = history.Bars(0, Timeframe.OneSecond, from, from + TimeSpan.FromMinutes(10), 20_000);
        IReadOnlyList<Bar> minutes = history.Bars(0, Timeframe.OneMinute, from, from + TimeSpan.FromMinutes(10), 20_000);

        Assert.True(seconds.Count > 300);
        double[] apart = [.. minutes.Select(minute => Math.Abs(minute.Close - seconds.Last(second => second.Start < minute.End).Close) / 0.25)];
        Assert.True(apart.Average() < 4, $"seconds and minutes are {apart.Average():F1} ticks apart");
    }

    [Fact]
    public void AMarketStartedLaterHasTheSamePast()
    {
        (MarketHistory history, _) = Run(TimeSpan.FromSeconds(1));
        var later = new MarketHistory(Options with { Start = Options.Start + TimeSpan.FromDays(2) });
        Timestamp from = Options.Start - TimeSpan.FromDays(3);
        Timestamp to = Options.Start - TimeSpan.FromHours(2);
        Assert.Equal(history.Bars(0, Timeframe.Minutes(5), from, to, 20_000), later.Bars(0, Timeframe.Minutes(5), from, to, 20_000));
    }

    [Fact]
    public void ReadersDoNotDisturbTheWriter()
    {
        var history = new MarketHistory(Options);
        MarketEvent[] events = [.. Markets.Events(Options, 100_000)];
        Parallel.Invoke(
            () => Array.ForEach(events, marketEvent => history.Add(marketEvent)),
            () => Read(history),
            () => Read(history));
        Bar last = history.Bars(0, Timeframe.OneSecond, Options.Start, events[^1].Time + TimeSpan.FromSeconds(1), 1, withPartial: true)[0];
        Assert.Equal(events.Last(e => e is { Kind: MarketEventKind.Trade, Instrument: 0 }).Trade.Price, last.Close);

        static void Read(MarketHistory history)
        {
            for (int i = 0; i < 50; i++)
            {
                IReadOnlyList<Bar> bars = history.Bars(0, Timeframe.OneMinute, Options.Start - TimeSpan.FromHours(1), Options.Start + TimeSpan.FromHours(9), 500, withPartial: true);
                Assert.True(bars.Zip(bars.Skip(1)).All(pair => pair.First.End <= pair.Second.Start));
            }
        }
    }
}
