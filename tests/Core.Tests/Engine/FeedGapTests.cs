using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An engine that lost data for a while and got it back as bars of the past has the bars of one that lost nothing.</summary>
public sealed class FeedGapTests
{
    private static readonly Timeframe[] Timeframes = [Timeframe.OneMinute, Timeframe.Minutes(5), Timeframe.Minutes(15)];

    private readonly List<Trade> _trades = MakeTrades(minutes: 40);

    [Theory]
    [InlineData(605, 607)]
    [InlineData(605, 659)]
    [InlineData(605, 661)]
    [InlineData(599, 1201)]
    [InlineData(610, 1950)]
    public void BarsThatWereInProgressAndBarsThatWereMissedBecomeWhole(int from, int to)
    {
        (List<Bar> whole, _) = Run(MakeInputs(0, 0));
        (List<Bar> mended, int asked) = Run(MakeInputs(from, to));

        Assert.True(whole.Count > 40);
        Assert.Equal(whole, mended);
        Assert.Equal(0, asked);
    }

    [Fact]
    public void WhileTheFeedIsDownTheClockClosesNoBar()
    {
        var bench = new Bench(new Scripted((_, _) => { }));
        bench.Give(new Input(0, new Trade(Bench.Start, 5000, 1)));
        bench.Feed(FeedEventKind.Down);

        bench.Wait(TimeSpan.FromMinutes(2));
        Assert.Empty(bench.Of(OutputKind.BarClosed));
        bench.Feed(FeedEventKind.Up);
        bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Single(bench.Of(OutputKind.BarClosed));
    }

    [Fact]
    public void ABarThatLacksTradesForGoodIsForgotten()
    {
        var bench = new Bench(new Scripted((_, _) => { }));
        bench.Give(new Input(0, new Trade(Bench.Start, 5000, 1)));
        bench.Feed(FeedEventKind.Down);
        bench.Feed(FeedEventKind.Gap);
        bench.Feed(FeedEventKind.Up);

        bench.Wait(TimeSpan.FromMinutes(2));

        Assert.Empty(bench.Of(OutputKind.BarClosed));
    }

    [Fact]
    public void ABarOfThePastThatIsKnownAlreadyChangesNothing()
    {
        var bench = new Bench(new Scripted((_, _) => { }));
        var bar = new Bar(Bench.Start, Bench.Start + TimeSpan.FromMinutes(1), 5000, 5001, 4999, 5000, 7);

        bench.Give(new Input(0, bar, bar.End, isHistory: true));
        bench.Give(new Input(0, bar, bar.End, isHistory: true));

        Assert.Equal([bar], bench.Of(OutputKind.BarClosed).Select(output => output.BarClosed.Bar));
    }

    /// <summary>All bars that closed, of all timeframes in the order of timeframe and time, and how often a strategy was asked between Down and Up.</summary>
    private static (List<Bar> Bars, int Asked) Run(IEnumerable<Input> inputs)
    {
        int asked = 0;
        bool isDown = false;
        var engine = new Core.Engine.Engine(Bench.Options());
        foreach (Timeframe timeframe in Timeframes) engine.Add(new Scripted((_, _) => asked += isDown ? 1 : 0), 0, timeframe);
        List<BarClosed> closed = [];
        foreach (Input input in inputs)
        {
            if (input.Kind == InputKind.Feed) isDown = input.Feed.Kind == FeedEventKind.Down;
            foreach (Output output in engine.Process(in input))
            {
                if (output.Kind == OutputKind.BarClosed) closed.Add(output.BarClosed);
            }
        }
        return ([.. closed.OrderBy(bar => bar.Timeframe.Amount).ThenBy(bar => bar.Bar.Start).Select(bar => bar.Bar)], asked);
    }

    /// <summary>Trades and a timer every second; between the two seconds no trades, and then bars in their stead: of a second at the ends, of a minute between.</summary>
    private IEnumerable<Input> MakeInputs(int from, int to)
    {
        (Timestamp down, Timestamp up) = (At(from), At(to));
        IEnumerable<Input> timers = Enumerable.Range(1, 3_600).Select(second => Input.Timer(At(second)));
        IEnumerable<Input> trades = _trades.Where(trade => trade.Time < down || trade.Time >= up).Select(trade => new Input(0, trade));
        IEnumerable<Input> gap = from == to ? [] :
        [
            new Input(0, down, new FeedEvent(FeedEventKind.Down, down)),
            .. Fill(down, up).Select(bar => new Input(0, bar, up, isHistory: true)),
            new Input(0, up, new FeedEvent(FeedEventKind.Up, down, up)),
        ];
        return gap.Concat(timers).Concat(trades).OrderBy(input => input.Time);
    }

    private IEnumerable<Bar> Fill(Timestamp down, Timestamp up)
    {
        Timestamp firstMinute = new((down.Nanoseconds + Timestamp.NanosecondsPerMinute - 1) / Timestamp.NanosecondsPerMinute * Timestamp.NanosecondsPerMinute);
        Timestamp lastMinute = new(up.Nanoseconds / Timestamp.NanosecondsPerMinute * Timestamp.NanosecondsPerMinute);
        return firstMinute >= lastMinute
            ? Cut(down, up, 1)
            : Cut(down, firstMinute, 1).Concat(Cut(firstMinute, lastMinute, 60)).Concat(Cut(lastMinute, up, 1));
    }

    private IEnumerable<Bar> Cut(Timestamp from, Timestamp to, int seconds) => _trades.Where(trade => trade.Time >= from && trade.Time < to)
        .GroupBy(trade => trade.Time.Nanoseconds / Timestamp.NanosecondsPerSecond / seconds * seconds)
        .Select(group => new Bar(Timestamp.FromUnixSeconds(group.Key), Timestamp.FromUnixSeconds(group.Key + seconds),
            group.First().Price, group.Max(trade => trade.Price), group.Min(trade => trade.Price), group.Last().Price, group.Sum(trade => trade.Size)));

    private static Timestamp At(int seconds) => Bench.Start + TimeSpan.FromSeconds(seconds);

    private static List<Trade> MakeTrades(int minutes)
    {
        var chance = new Random(5);
        List<Trade> trades = [];
        int ticks = 20_000;
        for (Timestamp time = Bench.Start; time < Bench.Start + TimeSpan.FromMinutes(minutes); time += TimeSpan.FromMilliseconds(chance.Next(20, 900)))
        {
            ticks += chance.Next(-2, 3);
            trades.Add(new(time, ticks * 0.25, chance.Next(1, 9)));
        }
        return trades;
    }
}
