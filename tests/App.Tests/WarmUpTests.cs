using System.Threading.Channels;
using Tradewind.App.Running;
using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Live;
using Tradewind.Strategies;
using Inbox = System.Threading.Channels.Channel;

namespace Tradewind.App.Tests;

public sealed class WarmUpTests
{
    /// <summary>A Wednesday, 10:00 in Chicago.</summary>
    private static readonly Timestamp Now = Timestamp.FromUtc(2026, 8, 19, 15);

    [Fact]
    public async Task AnInstrumentWithoutHistoryIsNamedWithTheCauseAndTheOthersGetTheirPast()
    {
        Engine engine = EngineWith(["ES", "NQ"], () => new Averages());
        Channel<FeedInput> inbox = Inbox.CreateUnbounded<FeedInput>();
        List<string> warnings = [];
        await using var feed = new Past("ES");

        await new WarmUp(feed, engine, TimeProvider.System, warnings.Add).RunAsync(inbox.Writer, Timeframe.OneMinute, TestContext.Current.CancellationToken);
        FeedInput[] given = [.. ReadAll(inbox)];

        string warning = Assert.Single(warnings);
        Assert.StartsWith("ES starts without its past", warning, StringComparison.Ordinal);
        Assert.Contains("the archive is closed", warning, StringComparison.Ordinal);
        Assert.NotEmpty(given);
        Assert.All(given, input => Assert.Equal((1, InputKind.HistoryBar, 0L), (input.Input.Instrument, input.Input.Kind, input.ParsedAt)));
    }

    [Fact]
    public async Task AFeedThatCannotWorkAtAllEndsTheWarmUp()
    {
        await using var feed = new Past("ES", FeedFault.Refused);
        var warmUp = new WarmUp(feed, EngineWith(["ES"], () => new Averages()), TimeProvider.System, _ => { });

        await Assert.ThrowsAsync<FeedException>(() => warmUp.RunAsync(Inbox.CreateUnbounded<FeedInput>().Writer, Timeframe.OneMinute, TestContext.Current.CancellationToken));
    }

    /// <summary>The venue opened at 17:00 Chicago on the day before; an hourly average of 20 and what settles it needs the eleven sessions before, with weekends between them.</summary>
    [Fact]
    public async Task BarsAreCountedInOpenHours()
    {
        await using var feed = new Past(null);
        var warmUp = new WarmUp(feed, EngineWith(["ES"], () => new Averages()), TimeProvider.System, _ => { });

        await warmUp.RunAsync(Inbox.CreateUnbounded<FeedInput>().Writer, Timeframe.Minutes(60), TestContext.Current.CancellationToken);

        Instruments.TryFind("ES", out Instrument? es);
        int open = Enumerable.Range(0, 24 * 60).Count(hour => feed.From + TimeSpan.FromHours(hour) is var at && at < Now && es!.Calendar.IsOpen(at));
        Assert.InRange(open, 220, 222);
    }

    [Theory]
    // An average of 20 hours and 200 to settle.
    [InlineData("hourly", 220 * 60)]
    // The opinions of hosted strategies may be old.
    [InlineData("voting", 2000)]
    // Twice the look-back.
    [InlineData("pairs", 6000)]
    public async Task WhatReachesFurtherBackGetsItsPastToo(string name, int minutes)
    {
        await using var feed = new Past(null);
        StrategySettings Of(string strategy, params KeyValuePair<string, string>[] settings) => StrategyLibrary.BuiltIn.Find(strategy).Configure(settings);
        Instruments.TryFind("ES", out Instrument? es);
        Engine engine = EngineWith(["ES", "NQ"], () => name switch
        {
            "hourly" => new Averages(Timeframe.Minutes(60)),
            "voting" => Of("voting").Create(es!),
            _ => new Averages(),
        });
        if (name == "pairs") engine.Add(Of("pairs", new("Lookback", "3000"), new("Other", "NQ")).Create(es!), 0, Timeframe.OneMinute);

        await new WarmUp(feed, engine, TimeProvider.System, _ => { }).RunAsync(Inbox.CreateUnbounded<FeedInput>().Writer, Timeframe.OneMinute, TestContext.Current.CancellationToken);

        int open = Enumerable.Range(0, 60 * 24 * 60).Count(minute => feed.From + TimeSpan.FromMinutes(minute) is var at && at < Now && es!.Calendar.IsOpen(at));
        Assert.InRange(open, minutes - 2, minutes + 2);
    }

    [Fact]
    public async Task AnIndicatorThatNeedsTheSessionBeforeGetsAllOfIt()
    {
        await using var feed = new Past(null);
        var warmUp = new WarmUp(feed, EngineWith(["ES"], () => new Pivots()), TimeProvider.System, _ => { });

        await warmUp.RunAsync(Inbox.CreateUnbounded<FeedInput>().Writer, Timeframe.OneMinute, TestContext.Current.CancellationToken);

        // Monday's 17:00 in Chicago opens Tuesday's session.
        Assert.Equal(Timestamp.FromUtc(2026, 8, 17, 22), feed.From);
    }

    private static Engine EngineWith(string[] symbols, Func<Strategy> strategy)
    {
        var engine = new Engine(new EngineOptions { Instruments = [.. symbols.Select(symbol => Instruments.TryFind(symbol, out Instrument? found) ? found : throw new ArgumentException(symbol))] });
        for (int i = 0; i < symbols.Length; i++) engine.Add(strategy(), i, Timeframe.OneMinute);
        return engine;
    }

    private static IEnumerable<FeedInput> ReadAll(Channel<FeedInput> inbox)
    {
        while (inbox.Reader.TryRead(out FeedInput input)) yield return input;
    }

    private sealed class Averages : Strategy
    {
        public Averages(Timeframe? timeframe = null) => Use(new Sma(20), timeframe);

        protected override void OnBar(in Bar bar)
        {
        }
    }

    private sealed class Pivots : Strategy
    {
        public Pivots() => Use(new ClassicPivots(Calendars.CmeEquity));

        protected override void OnBar(in Bar bar)
        {
        }
    }

    /// <summary>A feed of nothing but a past: one bar a minute up to now, and the start that it was asked for last.</summary>
    private sealed class Past(string? without, FeedFault fault = FeedFault.NoHistory) : IFeed
    {
        public string Name => "past";

        public Timestamp From { get; private set; }

        public FeedHealth Health => FeedHealth.Idle;

        public Task RunAsync(IReadOnlyList<FeedSubscription> subscriptions, ChannelWriter<FeedInput> inbox, CancellationToken cancel) => Task.CompletedTask;

        public Task<IReadOnlyList<Bar>> HistoryAsync(Instrument instrument, Timeframe timeframe, Timestamp from, Timestamp to, CancellationToken cancel)
        {
            if (instrument.Symbol == without) throw new FeedException("the archive is closed", fault);
            From = from;
            var minute = TimeSpan.FromMinutes(1);
            return Task.FromResult<IReadOnlyList<Bar>>([new(Now - minute - minute, Now - minute, 1, 1, 1, 1, 1)]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
