using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>Sends orders and cancels to the broker: in order per instrument, side by side across instruments, and never before the input that caused them is on the disk.</summary>
/// <remarks>
/// Its queues have no bound, because an order may not be dropped; the risk gate's order rate bounds them. Each instrument has a thread of its own, which waits for the
/// disk itself: the pool's threads may all be busy for milliseconds, and the feed lives of them.
/// </remarks>
public sealed class Outbox : IAsyncDisposable
{
    private readonly IBroker _broker;
    private readonly IJournal _journal;
    private readonly ChannelWriter<FeedInput> _inbox;
    private readonly BlockingCollection<Step>[] _lanes;
    private readonly Task[] _senders;
    private readonly IFence? _fence;
    private readonly Action<LiveStep>? _step;
    private readonly TimeProvider _time;
    private readonly RiskDoor? _door;
    private readonly CancellationTokenSource _cancel = new();
    private long _pending;

    /// <param name="fence">Is asked at each sending; null where nobody else can act on the account.</param>
    /// <param name="step">Is told of each step of an order; null for nobody.</param>
    /// <param name="time">Measures <see cref="IntentLatency"/>; the machine's where null.</param>
    /// <param name="door">Is asked last before an order is handed over; null where all may pass.</param>
    public Outbox(IBroker broker, IJournal journal, ChannelWriter<FeedInput> inbox, int instruments, IFence? fence = null, Action<LiveStep>? step = null, TimeProvider? time = null, RiskDoor? door = null)
    {
        _broker = broker;
        _journal = journal;
        _inbox = inbox;
        _fence = fence;
        _step = step;
        _time = time ?? TimeProvider.System;
        _door = door;
        _lanes = [.. Enumerable.Range(0, instruments).Select(_ => new BlockingCollection<Step>())];
        _senders = [.. _lanes.Select((lane, instrument) => Start(string.Create(CultureInfo.InvariantCulture, $"orders {instrument}"), () => SendAll(lane)))];
    }

    /// <summary>Orders and cancels that were not sent yet.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    /// <summary>From an order's approval to its hand-over to the broker; in between its input is put on the disk for good. Cancels and modifications count as well.</summary>
    public LatencyHistogram IntentLatency { get; } = new();

    public void Submit(Order order, long sequence) => Post(new(order, OutputKind.OrderSubmitted, default, sequence, _time.GetTimestamp()));

    public void Modify(Order order, in OrderTerms terms, long sequence) => Post(new(order, OutputKind.ModifyRequested, terms, sequence, _time.GetTimestamp()));

    public void Cancel(Order order, long sequence) => Post(new(order, OutputKind.CancelRequested, default, sequence, _time.GetTimestamp()));

    /// <summary>Completes when everything posted so far was sent, or the time is over.</summary>
    public async Task<bool> DrainAsync(TimeSpan limit, TimeProvider time)
    {
        foreach (BlockingCollection<Step> lane in _lanes) lane.CompleteAdding();
        Task all = Task.WhenAll(_senders);
        return await Task.WhenAny(all, Task.Delay(limit, time)).ConfigureAwait(false) == all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BlockingCollection<Step> lane in _lanes) lane.CompleteAdding();
        await _cancel.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_senders).ConfigureAwait(false);
        foreach (BlockingCollection<Step> lane in _lanes) lane.Dispose();
        _cancel.Dispose();
    }

    private void Post(in Step step)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            _lanes[step.Order.Instrument].Add(step);
        }
        catch (InvalidOperationException)
        {
            // The session has given up waiting for it: what comes now stays unsent, and the journal says so.
        }
    }

    /// <returns>Completes with the thread.</returns>
    private static Task Start(string name, Action work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                work();
                ended.SetResult();
            }
#pragma warning disable CA1031 // Whoever waits for the thread gets the fault, whatever it is.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                ended.SetException(fault);
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        return ended.Task;
    }

    private void SendAll(BlockingCollection<Step> lane)
    {
        // The broker never hears of these, nor of what was to become of them.
        HashSet<OrderId> withheld = [];
        try
        {
            foreach (Step step in lane.GetConsumingEnumerable(_cancel.Token))
            {
                if (step.What == OutputKind.OrderSubmitted) withheld.Remove(step.Order.Id);
                if (!withheld.Contains(step.Order.Id) && !Send(step) && step.What == OutputKind.OrderSubmitted) withheld.Add(step.Order.Id);
                Interlocked.Decrement(ref _pending);
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // The session ends; what was not sent stays unsent and the journal says so.
        }
        catch (ChannelClosedException)
        {
            // The engine has ended before it could be told what became of a sending; the next session looks the order up.
        }
    }

    /// <returns>False where it was withheld.</returns>
    private bool Send(Step step)
    {
        try
        {
            _journal.WaitDurable(step.Sequence, _cancel.Token);
            _step?.Invoke(LiveStep.OrderDurable);
            using IDisposable? pass = _fence is null ? null : Wait(_fence.EnterAsync(_cancel.Token));
            Measure(in step);
            if (step.What != OutputKind.CancelRequested) _door?.Pass(step.Order);
            Wait(HandOverAsync(step));
            _step?.Invoke(LiveStep.OrderSent);
            return true;
        }
#pragma warning disable CA1031 // Whatever a broker throws, the engine learns it as an input.
        catch (Exception failure) when (failure is not OperationCanceledException || !_cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Tell(SendFailure.Of(step.What, step.Order.Id, failure), failure.Message);
            return failure is not WithheldException;
        }
    }

    private void Tell(BrokerEvent told, string text) => Wait(_inbox.WriteAsync(new(new Input(default, told, text), 0), _cancel.Token));

    private static void Wait(ValueTask work) => work.AsTask().GetAwaiter().GetResult();

    private static T Wait<T>(ValueTask<T> work) => work.AsTask().GetAwaiter().GetResult();

    private void Measure(in Step step)
    {
        long nanoseconds = _time.GetElapsedTime(step.PostedAt).Ticks * 100;
        lock (IntentLatency) IntentLatency.Add(nanoseconds);
    }

    private ValueTask HandOverAsync(Step step) => step.What switch
    {
        OutputKind.OrderSubmitted => _broker.SubmitAsync(step.Order, _cancel.Token),
        OutputKind.CancelRequested => _broker.CancelAsync(step.Order, _cancel.Token),
        _ => _broker.ModifyAsync(step.Order, step.Terms, _cancel.Token),
    };

    /// <param name="Terms">Of a modification.</param>
    private readonly record struct Step(Order Order, OutputKind What, OrderTerms Terms, long Sequence, long PostedAt);
}
