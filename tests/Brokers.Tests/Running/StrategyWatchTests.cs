using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Running;

/// <summary>Strategies that take their time, on a clock that only they move.</summary>
public sealed class StrategyWatchTests : IDisposable
{
    private static readonly Instrument Es = new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginRate = 0.1 };
    private static readonly Timestamp Start = Timestamp.FromUtc(2025, 3, 3, 14, 30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 3, 14, 30, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly MemoryJournal _journal = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task ACallOverItsBudgetSuspendsTheStrategyOnceItReturnsAndTheOthersGoOn()
    {
        var slow = new Thinker(_time, TimeSpan.FromSeconds(2));
        var quick = new Thinker(_time, TimeSpan.FromMilliseconds(1));
        Engine engine = await RunAsync([slow, quick], bars: 3, new SilentBroker());

        Assert.Equal((1, 3), (slow.Asked, quick.Asked));
        Assert.Equal((true, false), (engine.Strategy(0).IsSuspended, engine.Strategy(1).IsSuspended));
        Assert.Contains(_warnings, text => text.Contains("took 2000 ms for one call, more than its budget of 1000 ms", StringComparison.Ordinal));
        Assert.Equal(TradingState.Halted, engine.State);
    }

    [Fact]
    public async Task TheSuspensionIsAnInputSoThatAReplayNeedsNoClock()
    {
        Engine engine = await RunAsync([new Thinker(_time, TimeSpan.FromSeconds(2))], bars: 3, new SilentBroker());

        Assert.Contains(_journal.Inputs, input => input is { Kind: InputKind.Command, Command.Kind: CommandKind.SuspendSlowStrategy });
        Engine replayed = New([new Thinker(new FakeTimeProvider(), TimeSpan.Zero)], watch: null);
        foreach (Input input in _journal.Inputs) replayed.Process(in input);
        Assert.Equal(engine.OutputHash, replayed.OutputHash);
    }

    [Fact]
    public async Task OneThatHoldsTheEngineUpIsToldOfAndItsNewRiskNeverLeaves()
    {
        var broker = new SilentBroker();
        var stuck = new Thinker(_time, TimeSpan.FromSeconds(20)) { Buys = true };
        Engine engine = await RunAsync([stuck], bars: 2, broker);

        Assert.Contains(_warnings, text => text.Contains("has not returned for", StringComparison.Ordinal));
        Assert.Contains(_warnings, text => text.Contains("Trading is paused", StringComparison.Ordinal));
        Assert.Empty(broker.Sent);
        Assert.Contains(_journal.Inputs, input => input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.NotSent);
        Assert.Contains(_journal.Inputs, input => input is { Kind: InputKind.Command, Command.Kind: CommandKind.Pause });
        Assert.True(engine.Strategy(0).IsSuspended);
    }

    [Fact]
    public async Task AVersionBesideAStrategyThatIsSlowIsSuspendedAloneAndAReplayNeedsNoClock()
    {
        var running = new Thinker(_time, TimeSpan.FromMilliseconds(1));
        var shadow = new Thinker(_time, TimeSpan.FromSeconds(2));
        Engine engine = await RunAsync([running], bars: 3, new SilentBroker(), version: shadow);

        Assert.Equal((3, 1), (running.Asked, shadow.Asked));
        Assert.False(engine.Strategy(0).IsSuspended);
        Assert.Equal("a call took longer than its time budget", engine.Strategy(0).ShadowError);
        Assert.Contains(_warnings, text => text.Contains("The version beside Thinker took 2000 ms for one call, more than its budget of 1000 ms: it is suspended. The version that trades goes on.", StringComparison.Ordinal));
        Assert.Contains(_journal.Inputs, input => input is { Kind: InputKind.Command, Command.Kind: CommandKind.SuspendSlowVersion });

        Engine replayed = New([new Thinker(new FakeTimeProvider(), TimeSpan.Zero)], watch: null, new Thinker(new FakeTimeProvider(), TimeSpan.Zero));
        foreach (Input input in _journal.Inputs) replayed.Process(in input);
        Assert.Equal(engine.OutputHash, replayed.OutputHash);
    }

    [Fact]
    public async Task AVersionThatHoldsTheEngineUpIsToldOf()
    {
        await RunAsync([new Thinker(_time, TimeSpan.Zero)], bars: 2, new SilentBroker(), version: new Thinker(_time, TimeSpan.FromSeconds(20)));

        Assert.Contains(_warnings, text => text.Contains("The version beside Thinker on ES has not returned for", StringComparison.Ordinal));
        Assert.Contains(_journal.Inputs, input => input is { Kind: InputKind.Command, Command.Kind: CommandKind.Pause });
    }

    [Fact]
    public async Task SlowAtAFillIsSlowToo()
    {
        var strategy = new Thinker(_time, TimeSpan.Zero) { Buys = true, AtFill = TimeSpan.FromSeconds(2) };
        var broker = new SilentBroker { Fills = true };
        Engine engine = await RunAsync([strategy], bars: 1, broker, waitsForFill: true);

        Assert.True(engine.Strategy(0).IsSuspended);
        Assert.Equal(1m, engine.Account.PositionOf(0).Quantity);
    }

    [Fact]
    public async Task AnOrderInTimeLeaves()
    {
        var broker = new SilentBroker();
        await RunAsync([new Thinker(_time, TimeSpan.FromMilliseconds(900)) { Buys = true }], bars: 1, broker, waitsForOrder: true);

        Assert.Single(broker.Sent);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void TimesAreKeptForEachStrategy()
    {
        var watch = new StrategyWatch(_time, new());
        watch.Cover(2);
        foreach (int milliseconds in (int[])[10, 30])
        {
            watch.Enter(1, isShadow: false);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            watch.Leave(1, isShadow: false);
        }
        Assert.Equal(new CallTimes(2, 20_000, 30_000), watch.Times(1));
        Assert.Null(watch.Times(0));
    }

    [Fact]
    public void ACallIsStuckOnlyWhileItHasNotReturned()
    {
        var watch = new StrategyWatch(_time, new());
        watch.Cover(1);
        watch.Enter(0, isShadow: true);
        Assert.Null(watch.FindStuck());
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((0, true, TimeSpan.FromSeconds(6)), watch.FindStuck());
        watch.Leave(0, isShadow: true);
        Assert.Null(watch.FindStuck());
    }

    [Fact]
    public void AllThatIsWrongWithTheOptionsIsSaidAtOnce()
    {
        string refusal = Assert.Throws<ArgumentException>(() => new StrategyWatch(_time, new() { Budget = TimeSpan.Zero, Patience = TimeSpan.Zero })).Message;
        Assert.Contains("Budget must be between", refusal, StringComparison.Ordinal);
        Assert.Contains("Patience must be above Budget", refusal, StringComparison.Ordinal);
    }

    private async Task<Engine> RunAsync(Thinker[] strategies, int bars, SilentBroker broker, bool waitsForOrder = false, Thinker? version = null, bool waitsForFill = false)
    {
        Engine engine = New(strategies, new StrategyWatch(_time, new()), version);
        await using var runner = new LiveRunner(engine, new LiveOptions { StopLimit = waitsForOrder ? TimeSpan.Zero : TimeSpan.FromSeconds(3) }, _journal, broker, [], new WallClock(_time), _time) { Warn = _warnings.Enqueue };
        runner.Start();
        broker.Inbox = runner.Inbox;
        if (version is not null) await runner.SendAsync(new Command(CommandKind.TryVersion), "new", _limit.Token);
        for (int i = 0; i < bars; i++)
        {
            Timestamp start = Start + TimeSpan.FromMinutes(i - 10);
            await runner.Inbox.WriteAsync(new(new Input(0, new Bar(start, start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1)), 0), _limit.Token);
        }
        if (waitsForOrder || waitsForFill) await broker.First.WaitAsync(_limit.Token);
        await runner.StopAsync().WaitAsync(_limit.Token);
        await runner.Completion.WaitAsync(_limit.Token);
        return engine;
    }

    private static Engine New(Thinker[] strategies, IStrategyWatch? watch, Thinker? version = null)
    {
        var engine = new Engine(new EngineOptions { Instruments = [Es], StartingCash = 1_000_000m, Watch = watch, RecentBars = 10, Versions = version is null ? null : new One(version) });
        foreach (Thinker strategy in strategies) engine.Add(strategy, 0, Timeframe.OneMinute);
        return engine;
    }

    private sealed class One(Strategy version) : IStrategyVersions
    {
        public Strategy Create(string strategy, string wanted, Instrument instrument) => version;
    }

    /// <summary>Thinks for a while on each bar: the only clock there is moves on.</summary>
    private sealed class Thinker(FakeTimeProvider time, TimeSpan thought) : Strategy
    {
        private readonly FakeTimeProvider _time = time;

        private readonly TimeSpan _thought = thought;

        public bool Buys { get; init; }

        public TimeSpan AtFill { get; init; }

        public int Asked { get; private set; }

        protected override void OnBar(in Bar bar)
        {
            Asked++;
            _time.Advance(_thought);
            if (Buys) Buy("after some thought");
        }

        protected override void OnFill(in Fill fill) => _time.Advance(AtFill);
    }

    private sealed class SilentBroker : IBroker
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<Order> Sent { get; } = new();

        public Task First => _first.Task;

        public bool Fills { get; init; }

        public ChannelWriter<FeedInput>? Inbox { get; set; }

        public string Name => "silent";

        public BrokerCapabilities Capabilities { get; } = new();

        public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => Task.CompletedTask;

        public ValueTask SubmitAsync(Order order, CancellationToken cancel)
        {
            Sent.Enqueue(order);
            if (Fills) Inbox!.TryWrite(new(new Input(default, new BrokerEvent(BrokerEventKind.Filled, order.Id, 1, order.Quantity, 5000m)), 0));
            _first.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask CancelAsync(Order order, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
