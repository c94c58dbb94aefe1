using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>Sends orders and cancels to the broker: in order per instrument, side by side across instruments, and never before the input that caused them is on the disk.</summary>
/// <remarks>Its queues have no bound, because an order may not be dropped; the risk gate's order rate bounds them.</remarks>
public sealed class Outbox : IAsyncDisposable
{
    private readonly IBroker _broker;
    private readonly IJournal _journal;
    private readonly ChannelWriter<FeedInput> _inbox;
    private readonly Channel<Step>[] _lanes;
    private readonly Task[] _senders;
    private readonly CancellationTokenSource _cancel = new();
    private long _pending;

    public Outbox(IBroker broker, IJournal journal, ChannelWriter<FeedInput> inbox, int instruments)
    {
        _broker = broker;
        _journal = journal;
        _inbox = inbox;
        _lanes = [.. Enumerable.Range(0, instruments).Select(_ => Channel.CreateUnbounded<Step>(new() { SingleReader = true }))];
        _senders = [.. _lanes.Select(lane => Task.Run(() => SendAsync(lane.Reader)))];
    }

    /// <summary>Orders and cancels that were not sent yet.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    public void Submit(Order order, long sequence) => Post(new(order, IsCancel: false, sequence));

    public void Cancel(Order order, long sequence) => Post(new(order, IsCancel: true, sequence));

    /// <summary>Completes when everything posted so far was sent, or the time is over.</summary>
    public async Task<bool> DrainAsync(TimeSpan limit, TimeProvider time)
    {
        foreach (Channel<Step> lane in _lanes) lane.Writer.TryComplete();
        Task all = Task.WhenAll(_senders);
        return await Task.WhenAny(all, Task.Delay(limit, time)).ConfigureAwait(false) == all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Channel<Step> lane in _lanes) lane.Writer.TryComplete();
        await _cancel.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_senders).ConfigureAwait(false);
        _cancel.Dispose();
    }

    private void Post(in Step step)
    {
        Interlocked.Increment(ref _pending);
        _lanes[step.Order.Instrument].Writer.TryWrite(step);
    }

    private async Task SendAsync(ChannelReader<Step> lane)
    {
        try
        {
            await foreach (Step step in lane.ReadAllAsync(_cancel.Token).ConfigureAwait(false))
            {
                await SendAsync(step).ConfigureAwait(false);
                Interlocked.Decrement(ref _pending);
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // The session ends; what was not sent stays unsent and the journal says so.
        }
    }

    private async Task SendAsync(Step step)
    {
        try
        {
            await _journal.WaitDurableAsync(step.Sequence, _cancel.Token).ConfigureAwait(false);
            if (step.IsCancel) await _broker.CancelAsync(step.Order, _cancel.Token).ConfigureAwait(false);
            else await _broker.SubmitAsync(step.Order, _cancel.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A broker that throws has not sent: the order is refused, and the engine learns it as an input.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            BrokerEventKind kind = step.IsCancel ? BrokerEventKind.CancelRejected : BrokerEventKind.Rejected;
            await _inbox.WriteAsync(new(new Input(default, new BrokerEvent(kind, step.Order.Id), failure.Message), 0), _cancel.Token).ConfigureAwait(false);
        }
    }

    private readonly record struct Step(Order Order, bool IsCancel, long Sequence);
}
