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

/// <summary>What a person asks of a running engine, and what is answered.</summary>
public sealed class OperatorDeskTests : IAsyncDisposable
{
    private static readonly Instrument Es = new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginRate = 0.1 };
    private static readonly Instrument Nq = new("NQ", AssetClass.Future, 0.25m, 20m, ContinuousCalendar.Instance) { MarginRate = 0.1 };
    private static readonly Timestamp Start = Timestamp.FromUtc(2025, 3, 3, 14, 30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 3, 14, 30, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
    private readonly SemaphoreSlim _isReleased = new(0);
    private readonly SemaphoreSlim _isHeld = new(0);
    private readonly MemoryJournal _journal = new();
    private readonly Engine _engine;
    private readonly OperatorDesk _desk;
    private readonly LiveRunner _runner;
    private int _bars;

    public OperatorDeskTests()
    {
        _engine = new Engine(new EngineOptions { Instruments = [Es, Nq], StartingCash = 1_000_000m, AllowShort = true, RecentBars = 10, Versions = new Next(() => new Acting(this)) });
        _engine.Add(new Acting(this), 0, Timeframe.OneMinute, "acting");
        _engine.Add(new Acting(this), 1, Timeframe.OneMinute, "acting");
        _engine.Add(new Acting(this), 0, Timeframe.OneMinute, "other");
        _desk = new OperatorDesk(_engine, _time);
        _runner = new LiveRunner(_engine, new LiveOptions { StopLimit = TimeSpan.Zero }, _journal, new FillingBroker(this), [_desk], new WallClock(_time), _time);
        _desk.Open(_runner.Inbox);
        _runner.Start();
    }

    private bool Throws { get; set; }

    private bool Buys { get; set; }

    private bool Hangs { get; set; }

    public async ValueTask DisposeAsync()
    {
        _isReleased.Release();
        await _runner.StopAsync().WaitAsync(_limit.Token);
        await _runner.DisposeAsync();
        _limit.Dispose();
        _isReleased.Dispose();
        _isHeld.Dispose();
    }

    [Fact]
    public async Task APauseHoldsUntilItIsLifted()
    {
        Assert.Equal((OperatorOutcome.Done, "Trading is paused: only orders that reduce a position pass; tradewind resume lifts it."), await Ask(OperatorAction.Pause));
        Assert.Equal((OperatorOutcome.NothingToDo, "Trading was paused already."), await Ask(OperatorAction.Pause));
        Assert.Equal(TradingState.ReduceOnly, _engine.State);
        Assert.Equal((OperatorOutcome.Done, "Trading goes on."), await Ask(OperatorAction.Resume));
        Assert.Equal((OperatorOutcome.NothingToDo, "Trading was not paused."), await Ask(OperatorAction.Resume));
        Assert.Equal(TradingState.Active, _engine.State);
    }

    [Fact]
    public async Task ASuspendedStrategyActsAgainOnRequest()
    {
        Assert.Equal((OperatorOutcome.NothingToDo, "acting on ES, NQ: it was not suspended."), await Ask(OperatorAction.ResumeStrategy, "acting"));
        Throws = true;
        await Bar(0);
        Throws = false;
        Assert.Equal((OperatorOutcome.Done, "acting on ES: it acts again."), await Ask(OperatorAction.ResumeStrategy, "Acting"));
        Assert.False(_engine.Strategy(0).IsSuspended);
        Assert.True(_engine.Strategy(2).IsSuspended);
    }

    [Fact]
    public async Task WhatIsHeldIsNamedWhenItIsClosed()
    {
        Buys = true;
        await Bar(0);
        await Bar(1);
        await Until(() => _journal.Inputs.Count(input => input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.Filled) >= 2);
        (OperatorOutcome outcome, string message) = await Ask(OperatorAction.Flatten);

        Assert.Equal(OperatorOutcome.Done, outcome);
        Assert.Equal("Trading is paused, entry orders are canceled, and 2 positions are being closed (ES 2, NQ 1); tradewind resume lets it trade again.", message);
        await Until(() => _engine.Account.PositionOf(0).IsFlat && _engine.Account.PositionOf(1).IsFlat);
        Assert.Contains("no position was open", (await Ask(OperatorAction.Flatten)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKillIsNotLifted()
    {
        Buys = true;
        await Bar(1);
        await Until(() => !_engine.Account.PositionOf(1).IsFlat);
        Assert.Equal((OperatorOutcome.Done, "Killed: entry orders are canceled, one position is being closed (NQ 1), and nothing is traded any more in this session; start a new one to trade again."), await Ask(OperatorAction.Kill));
        await Until(() => _engine.Account.PositionOf(1).IsFlat);
        Assert.Equal((OperatorOutcome.Refused, "Trading is halted for the rest of this session; start a new one to trade again."), await Ask(OperatorAction.Resume));
        await Bar(0);
        Assert.True(_engine.Account.PositionOf(0).IsFlat);
    }

    [Fact]
    public async Task VersionsAreTakenOverRolledBackAndDropped()
    {
        Assert.Equal((OperatorOutcome.Refused, "acting on ES, NQ: there is no other version to take over."), await Ask(OperatorAction.TakeOver, "acting"));
        await _runner.SendAsync(new Command(CommandKind.TryVersion, 1), "v2", _limit.Token);

        Assert.Equal((OperatorOutcome.Refused, "acting on NQ: version v2, which runs beside it, has not traded: there is nothing to go back to."), await Ask(OperatorAction.RollBack, "acting", "NQ"));
        Assert.Equal((OperatorOutcome.Done, "acting on ES: there is no other version to take over. acting on NQ: version v2 took over from the one of the start."), await Ask(OperatorAction.TakeOver, "acting"));
        Assert.Equal("v2", _engine.Strategy(1).Version);
        Assert.Equal((OperatorOutcome.Done, "acting on NQ: version of the start took over from v2."), await Ask(OperatorAction.RollBack, "acting", "nq"));
        Assert.Equal((OperatorOutcome.Done, "acting on NQ: version v2 is dropped."), await Ask(OperatorAction.DropVersion, "acting", "NQ"));
        Assert.Equal((OperatorOutcome.Refused, "acting on NQ: there is no other version to drop."), await Ask(OperatorAction.DropVersion, "acting", "NQ"));
    }

    [Fact]
    public async Task WhatIsNotThereIsNamedWithWhatIs()
    {
        Assert.Equal((OperatorOutcome.Unknown, "There is no strategy \"actng\" in this session; near names: acting; it has acting, other."), await Ask(OperatorAction.ResumeStrategy, "actng"));
        Assert.Equal((OperatorOutcome.Unknown, "acting does not trade CL in this session; it trades ES, NQ."), await Ask(OperatorAction.TakeOver, "acting", "CL"));
    }

    [Fact]
    public async Task AnEngineThatHangsIsNoAnswerAndTheCommandStillCounts()
    {
        Hangs = true;
        Task bar = Bar(0);
        await _isHeld.WaitAsync(_limit.Token);
        Task<OperatorAnswer> asked = _desk.AskAsync(new(OperatorAction.Pause), _limit.Token);
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(OperatorOutcome.NoAnswer, (await asked.WaitAsync(_limit.Token)).Outcome);
        Hangs = false;
        _isReleased.Release();
        await bar;
        await Until(() => _engine.State == TradingState.ReduceOnly);
    }

    [Fact]
    public async Task ASessionThatEndsTakesNoMore()
    {
        await _runner.StopAsync().WaitAsync(_limit.Token);

        Assert.Equal((OperatorOutcome.NoAnswer, "The session is ending and takes no more commands."), await Ask(OperatorAction.Pause));
    }

    [Fact]
    public async Task EveryCommandIsInTheJournal()
    {
        await Ask(OperatorAction.Pause);
        await Ask(OperatorAction.ResumeStrategy, "other");

        Assert.Equal([new Command(CommandKind.Pause), new Command(CommandKind.ResumeStrategy, 2)], _journal.Inputs.Where(input => input.Kind == InputKind.Command).Select(input => input.Command));
    }

    private async Task<(OperatorOutcome Outcome, string Message)> Ask(OperatorAction action, string? strategy = null, string? symbol = null)
    {
        OperatorAnswer answer = await _desk.AskAsync(new(action, strategy, symbol), _limit.Token);
        return (answer.Outcome, answer.Message);
    }

    private async Task Bar(int instrument)
    {
        Timestamp start = Start + TimeSpan.FromMinutes(_bars++ - 100);
        await _runner.Inbox.WriteAsync(new(new Input(instrument, new Bar(start, start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1)), 0), _limit.Token);
        await Until(() => _journal.Inputs.Count(input => input.Kind == InputKind.Bar) == _bars && (Hangs || _runner.InputCount >= _journal.Inputs.Count));
    }

    private async Task Until(Func<bool> condition)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition()) await pause.WaitForNextTickAsync(_limit.Token);
    }

    private sealed class Next(Func<Strategy> make) : IStrategyVersions
    {
        public Strategy Create(string strategy, string version, Instrument instrument) => make();
    }

    private sealed class Acting(OperatorDeskTests test) : Strategy
    {
        private readonly OperatorDeskTests _test = test;

        protected override void OnBar(in Bar bar)
        {
            if (_test.Throws) throw new InvalidOperationException("broken");
            if (_test.Buys) Buy("test");
            if (!_test.Hangs) return;
            _test._isHeld.Release();
            _test._isReleased.Wait();
        }
    }

    /// <summary>Fills what it is sent at once.</summary>
    private sealed class FillingBroker(OperatorDeskTests test) : IBroker
    {
        private long _executions;

        public string Name => "filling";

        public BrokerCapabilities Capabilities { get; } = new();

        public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => Task.CompletedTask;

        public ValueTask SubmitAsync(Order order, CancellationToken cancel)
        {
            test._runner.Inbox.TryWrite(new(new Input(default, new BrokerEvent(BrokerEventKind.Filled, order.Id, Interlocked.Increment(ref _executions), order.Quantity, 5000m)), 0));
            return ValueTask.CompletedTask;
        }

        public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask CancelAsync(Order order, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
