using System.Collections.Concurrent;
using System.Threading.Channels;
using Tradewind.Brokers.Tests.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Sending;

/// <summary>Orders leave in order for each instrument, side by side across them, and never before their cause is on the disk.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private readonly GatedBroker _broker = new();
    private readonly GatedJournal _journal = new();
    private readonly Channel<FeedInput> _inbox = Channel.CreateUnbounded<FeedInput>();
    private Outbox _outbox = null!;

    public ValueTask InitializeAsync()
    {
        _outbox = new Outbox(_broker, _journal, _inbox.Writer, instruments: 2);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task AStalledInstrumentDelaysOnlyItself()
    {
        Order[] orders = ApprovedOrders.On(0, 0, 1, 1);
        _journal.Open(until: 10);
        _broker.Stall(instrument: 0);

        foreach (Order order in orders) _outbox.Submit(order, sequence: 1);

        await _broker.Sent(orders[2]);
        await _broker.Sent(orders[3]);
        Assert.DoesNotContain(_broker.Finished, order => order.Instrument == 0);
        Assert.Equal(2, _outbox.Pending);
        _broker.Release(instrument: 0);
        await _broker.Sent(orders[1]);
        Assert.Equal([orders[0], orders[1]], _broker.Finished.Where(order => order.Instrument == 0));
    }

    [Fact]
    public async Task NothingIsSentBeforeItsCauseIsOnTheDisk()
    {
        Order[] orders = ApprovedOrders.On(0, 1);
        _journal.Open(until: 4);

        _outbox.Submit(orders[0], sequence: 5);
        _outbox.Submit(orders[1], sequence: 4);

        await _broker.Sent(orders[1]);
        Assert.DoesNotContain(orders[0], _broker.Started);
        _journal.Open(until: 5);
        await _broker.Sent(orders[0]);
    }

    [Fact]
    public async Task WhatCertainlyWasNotSentIsToldAsThatWithItsWords()
    {
        Order[] orders = ApprovedOrders.On(0, 0);
        _journal.Open(until: 10);
        _broker.Failures[orders[0].Id] = new NotSentException("the account is closed");

        foreach (Order order in orders) _outbox.Submit(order, sequence: 1);

        FeedInput told = await _inbox.Reader.ReadAsync(ScriptedGateway.Patience);
        Assert.Equal(BrokerEventKind.NotSent, told.Input.Broker.Kind);
        Assert.Equal(orders[0].Id, told.Input.Broker.Order);
        Assert.Equal("the account is closed", told.Input.Text);
        await _broker.Sent(orders[1]);
    }

    [Fact]
    public async Task AnyOtherFailureLeavesTheOrderInDoubt()
    {
        Order[] orders = ApprovedOrders.On(0, 0);
        _journal.Open(until: 10);
        _broker.Failures[orders[0].Id] = new IOException("the connection was reset");

        foreach (Order order in orders) _outbox.Submit(order, sequence: 1);

        FeedInput told = await _inbox.Reader.ReadAsync(ScriptedGateway.Patience);
        Assert.Equal(BrokerEventKind.SubmitInDoubt, told.Input.Broker.Kind);
        Assert.Equal(orders[0].Id, told.Input.Broker.Order);
        Assert.Equal("the connection was reset", told.Input.Text);
        await _broker.Sent(orders[1]);
    }

    /// <summary>Sends at once, but for instruments that are held up and orders that fail.</summary>
    private sealed class GatedBroker : IBroker
    {
        private readonly ConcurrentDictionary<OrderId, TaskCompletionSource> _sent = new();
        private readonly ConcurrentDictionary<int, TaskCompletionSource> _stalls = new();

        public string Name => "gated";

        public BrokerCapabilities Capabilities { get; } = new();

        public ConcurrentQueue<Order> Started { get; } = new();

        public ConcurrentQueue<Order> Finished { get; } = new();

        public ConcurrentDictionary<OrderId, Exception> Failures { get; } = new();

        public void Stall(int instrument) => _stalls[instrument] = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release(int instrument)
        {
            if (_stalls.TryRemove(instrument, out TaskCompletionSource? stall)) stall.TrySetResult();
        }

        public Task Sent(Order order) => Completion(order).Task.WaitAsync(ScriptedGateway.Patience);

        public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => Task.CompletedTask;

        public async ValueTask SubmitAsync(Order order, CancellationToken cancel)
        {
            Started.Enqueue(order);
            if (_stalls.TryGetValue(order.Instrument, out TaskCompletionSource? stall)) await stall.Task.WaitAsync(cancel);
            if (Failures.TryGetValue(order.Id, out Exception? failure)) throw failure;
            Finished.Enqueue(order);
            Completion(order).TrySetResult();
        }

        public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask CancelAsync(Order order, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private TaskCompletionSource Completion(Order order) => _sent.GetOrAdd(order.Id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Durable as far as the test says.</summary>
    private sealed class GatedJournal : IJournal
    {
        private readonly object _gate = new();

        public long DurableSequence { get; private set; }

        public bool IsSpaceLow => false;

        public string? Fault => null;

        public void Open(long until)
        {
            lock (_gate)
            {
                DurableSequence = until;
                Monitor.PulseAll(_gate);
            }
        }

        public long Append(in Input input, ulong hashBefore) => throw new NotSupportedException();

        public void WaitDurable(long sequence, CancellationToken cancel)
        {
            using CancellationTokenRegistration ending = cancel.Register(() => Open(DurableSequence));
            lock (_gate)
            {
                while (sequence > DurableSequence)
                {
                    cancel.ThrowIfCancellationRequested();
                    Monitor.Wait(_gate);
                }
            }
        }

        public void Complete(ulong finalHash) => throw new NotSupportedException();

        public void Dispose() => throw new NotSupportedException();
    }
}
