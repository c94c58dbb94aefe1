using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.Tests.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Sending;

/// <summary>An order waits in the outbox for its disk, and meanwhile the fence falls: what adds risk does not leave any more, what protects or closes does.</summary>
public sealed class HeldDiskTests : IAsyncDisposable
{
    private static readonly Instrument Es = new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginRate = 0.1 };
    private static readonly Timestamp Start = Timestamp.FromUtc(2025, 3, 3, 14);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 3, 14, 30, 0, TimeSpan.Zero));
    private readonly CancellationToken _patience = ScriptedGateway.Patience;
    private readonly HeldDisk _disk = new();
    private readonly Witness _broker = new();
    private readonly Engine _engine = NewEngine();
    private readonly LiveRunner _runner;
    private int _bars;

    public HeldDiskTests()
    {
        _runner = new LiveRunner(_engine, new LiveOptions { StopLimit = TimeSpan.Zero }, _disk, _broker, [], new WallClock(_time), _time);
        _broker.Inbox = _runner.Inbox;
        _runner.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _disk.Release();
        await _runner.StopAsync().WaitAsync(_patience);
        await _runner.DisposeAsync();
    }

    public static TheoryData<string, Input> Falls => new()
    {
        { "paused", new Input(default, new Command(CommandKind.Pause)) },
        { "paused", new Input(default, new Command(CommandKind.Flatten)) },
        { "halted", new Input(default, new Command(CommandKind.Stop)) },
        { "synchronised", new Input(-1, default, new AccountEvent(AccountEventKind.Unsynced)) },
        { "synchronised", new Input(-1, default, new AccountEvent(AccountEventKind.Syncing)) },
        { "restricted", new Input(-1, default, new AccountEvent(AccountEventKind.Restricted)) },
    };

    [Theory]
    [MemberData(nameof(Falls))]
    public async Task AnEntryThatWaitsForTheDiskIsWithheldOnceTheFenceFalls(string why, Input fall)
    {
        _disk.Hold();
        await Bar();
        await Give(fall);
        _disk.Release();
        Input told = await _disk.Until(input => input.Kind == InputKind.Broker, _patience);
        Assert.Equal(BrokerEventKind.Withheld, told.Broker.Kind);
        Assert.Contains(why, told.Text, StringComparison.Ordinal);
        await Give(Input.Timer(default));
        Assert.Empty(_broker.Heard);
        Assert.Empty(_engine.Market(0).Working);
    }

    [Fact]
    public async Task WhatTheJournalHoldsLeadsAnotherEngineToTheSame()
    {
        _disk.Hold();
        await Bar();
        await Give(new Input(default, new Command(CommandKind.Pause)));
        _disk.Release();
        await _disk.Until(input => input.Kind == InputKind.Broker, _patience);
        await Give(new Input(default, new Command(CommandKind.Resume)));
        await Bar();
        await _disk.Until(input => input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.Filled, _patience);
        await _runner.StopAsync().WaitAsync(_patience);
        Engine twin = NewEngine();
        foreach (Input input in _disk.Inputs) twin.Process(in input);
        Assert.Equal(_engine.OutputHash, twin.OutputHash);
    }

    [Fact]
    public async Task AStopThatWaitsForTheDiskLeavesThoughTradingIsPaused()
    {
        _broker.OnEntry = _disk.Hold;
        await Bar();
        await _disk.Until(input => input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.Filled, _patience);
        await Give(new Input(default, new Command(CommandKind.Pause)));
        Assert.DoesNotContain("Submit StopLoss", _broker.Heard);
        _disk.Release();
        await Until(() => _broker.Heard.Contains("Submit StopLoss"));
    }

    [Fact]
    public async Task AnOrderThatClosesThePositionLeavesThoughTheAccountIsNotSynchronised()
    {
        await Bar();
        await Until(() => _broker.Heard.Contains("Submit StopLoss"));
        _disk.Hold();
        await Bar();
        await Give(new Input(-1, default, new AccountEvent(AccountEventKind.Unsynced)));
        _disk.Release();
        await Until(() => _broker.Heard.Count(heard => heard == "Submit Target") == 2);
        await _disk.Until(input => input.Kind == InputKind.Broker && input.Broker is { Kind: BrokerEventKind.Filled, ExecutionId: 2 }, _patience);
        await Until(() => _engine.Account.PositionOf(0).IsFlat);
    }

    private static Engine NewEngine()
    {
        var engine = new Engine(new EngineOptions { Instruments = [Es], StartingCash = 1_000_000m, AllowShort = true });
        engine.Add(new InAndOut(), 0, Timeframe.OneMinute);
        return engine;
    }

    private Task Bar()
    {
        Timestamp start = Start + TimeSpan.FromMinutes(_bars++);
        return Give(new Input(0, new Bar(start, start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1)));
    }

    /// <summary>Returns once the engine has processed it.</summary>
    private async Task Give(Input input)
    {
        long before = _runner.InputCount;
        await _runner.Inbox.WriteAsync(new(input, 0), _patience);
        await Until(() => _runner.InputCount > before);
    }

    private async Task Until(Func<bool> condition)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition()) await pause.WaitForNextTickAsync(_patience);
    }

    /// <summary>Buys with a stop while flat, closes while it holds.</summary>
    private sealed class InAndOut : Strategy
    {
        private int _asked;

        protected override void OnBar(in Bar bar)
        {
            _asked++;
            if (Position == 0) Emit(new Wish(SignalAction.Buy, "in") { Quantity = _asked, StopLoss = bar.Close - 10 });
            else Close("out");
        }
    }

    /// <summary>Notes what reaches it; fills entries and what closes at once, takes stops.</summary>
    private sealed class Witness : IBroker
    {
        private long _executions;

        public ChannelWriter<FeedInput> Inbox { get; set; } = null!;

        public Action OnEntry { get; set; } = () => { };

        public ConcurrentQueue<string> Heard { get; } = new();

        public string Name => "witness";

        public BrokerCapabilities Capabilities { get; } = new();

        public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => Task.CompletedTask;

        public ValueTask SubmitAsync(Order order, CancellationToken cancel)
        {
            if (order.Purpose == OrderPurpose.Target) OnEntry();
            Heard.Enqueue($"Submit {order.Purpose}");
            BrokerEvent told = order.Purpose == OrderPurpose.StopLoss
                ? new(BrokerEventKind.Accepted, order.Id)
                : new(BrokerEventKind.Filled, order.Id, Interlocked.Increment(ref _executions), order.Quantity, 5000m);
            Inbox.TryWrite(new(new Input(default, in told), 0));
            return ValueTask.CompletedTask;
        }

        public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel) => Hear($"Modify {order.Purpose}");

        public ValueTask CancelAsync(Order order, CancellationToken cancel) => Hear($"Cancel {order.Purpose}");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private ValueTask Hear(string what)
        {
            Heard.Enqueue(what);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A journal whose disk takes as long as the test says.</summary>
    private sealed class HeldDisk : IJournal
    {
        private TaskCompletionSource _flushed = Done();

        public ConcurrentQueue<Input> Inputs { get; } = new();

        public long DurableSequence => Inputs.Count;

        public bool IsSpaceLow => false;

        public string? Fault => null;

        public void Hold() => _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _flushed.TrySetResult();

        public async Task<Input> Until(Func<Input, bool> isIt, CancellationToken patience)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!Inputs.Any(isIt)) await pause.WaitForNextTickAsync(patience);
            return Inputs.Last(isIt);
        }

        public long Append(in Input input, ulong hashBefore)
        {
            Inputs.Enqueue(input);
            return Inputs.Count;
        }

        public void WaitDurable(long sequence, CancellationToken cancel) => _flushed.Task.Wait(cancel);

        public void Complete(ulong finalHash)
        {
        }

        public void Dispose()
        {
        }

        private static TaskCompletionSource Done()
        {
            var done = new TaskCompletionSource();
            done.SetResult();
            return done;
        }
    }
}
