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
        Assert.Contains(_journal.Inputs, input => input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.Rejected);
        Assert.Contains(_journal.Inputs, input => input is { Kind: InputKind.Command, Command.Kind: CommandKind.Pause });
        Assert.True(engine.Strategy(0).IsSuspended);
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
            watch.Enter(1);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            watch.Leave(1);
        }
        Assert.Equal(new CallTimes(2, 20_000, 30_000), watch.Times(1));
        Assert.Null(watch.Times(0));
    }

    [Fact]
    public void ACallIsStuckOnlyWhileItHasNotReturned()
    {
        var watch = new StrategyWatch(_time, new());
        watch.Cover(1);
        watch.Enter(0);
        Assert.Null(watch.FindStuck());
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((0, TimeSpan.FromSeconds(6)), watch.FindStuck());
        watch.Leave(0);
        Assert.Null(watch.FindStuck());
    }

    [Fact]
    public void AllThatIsWrongWithTheOptionsIsSaidAtOnce()
    {
        string refusal = Assert.Throws<ArgumentException>(() => new StrategyWatch(_time, new() { Budget = TimeSpan.Zero, Patience = TimeSpan.Zero })).Message;
        Assert.Contains("Budget must be between", refusal, StringComparison.Ordinal);
        Assert.Contains("Patience must be above Budget", refusal, StringComparison.Ordinal);
    }

    private async Task<Engine> RunAsync(Thinker[] strategies, int bars, SilentBroker broker, bool waitsForOrder = false)
    {
        Engine engine = New(strategies, new StrategyWatch(_time, new()));
        await using var runner = new LiveRunner(engine, new LiveOptions { StopLimit = waitsForOrder ? TimeSpan.Zero : TimeSpan.FromSeconds(3) }, _journal, broker, [], new WallClock(_time), _time) { Warn = _warnings.Enqueue };
        runner.Start();
        for (int i = 0; i < bars; i++)
        {
            Timestamp start = Start + TimeSpan.FromMinutes(i - 10);
            await runner.Inbox.WriteAsync(new(new Input(0, new Bar(start, start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1)), 0), _limit.Token);
        }
        if (waitsForOrder) await broker.First.WaitAsync(_limit.Token);
        await runner.StopAsync().WaitAsync(_limit.Token);
        await runner.Completion.WaitAsync(_limit.Token);
        return engine;
    }

    private static Engine New(Thinker[] strategies, IStrategyWatch? watch)
    {
        var engine = new Engine(new EngineOptions { Instruments = [Es], StartingCash = 1_000_000m, Watch = watch });
        foreach (Thinker strategy in strategies) engine.Add(strategy, 0, Timeframe.OneMinute);
        return engine;
    }

    /// <summary>Thinks for a while on each bar: the only clock there is moves on.</summary>
    private sealed class Thinker(FakeTimeProvider time, TimeSpan thought) : Strategy
    {
        private readonly FakeTimeProvider _time = time;

        private readonly TimeSpan _thought = thought;

        public bool Buys { get; init; }

        public int Asked { get; private set; }

        protected override void OnBar(in Bar bar)
        {
            Asked++;
            _time.Advance(_thought);
            if (Buys) Buy("after some thought");
        }
    }

    private sealed class SilentBroker : IBroker
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<Order> Sent { get; } = new();

        public Task First => _first.Task;

        public string Name => "silent";

        public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => Task.CompletedTask;

        public ValueTask SubmitAsync(Order order, CancellationToken cancel)
        {
            Sent.Enqueue(order);
            _first.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask CancelAsync(Order order, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class MemoryJournal : IJournal
    {
        public List<Input> Inputs { get; } = [];

        public long DurableSequence => Inputs.Count;

        public bool IsSpaceLow => false;

        public string? Fault => null;

        public long Append(in Input input, ulong hashBefore)
        {
            Inputs.Add(input);
            return Inputs.Count;
        }

        public ValueTask WaitDurableAsync(long sequence, CancellationToken cancel) => ValueTask.CompletedTask;

        public void Complete(ulong finalHash)
        {
        }

        public void Dispose()
        {
        }
    }
}
