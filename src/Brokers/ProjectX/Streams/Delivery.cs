using System.Threading.Channels;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Engine;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>
/// Writes to the inbox in order, never blocking the receiving thread. While the inbox is full, what comes waits here, the socket is not
/// read further, and a waiting quote gives way to a newer one of its instrument; trades, depth, bars and events are never dropped.
/// </summary>
/// <remarks>The wait is bounded by what had been received before reading stopped: about a megabyte of messages.</remarks>
internal sealed class Delivery : IReadPause
{
    private readonly ChannelWriter<FeedInput> _inbox;
    private readonly FeedMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly List<FeedInput> _waiting = [];
    private readonly Dictionary<int, long> _waitingQuote = [];
    private int _head;
    private long _taken;
    private bool _isClosed;
    private TaskCompletionSource? _room;

    private readonly CancellationToken _stop;

    /// <param name="stop">Ends the feed: what still waits is given up.</param>
    public Delivery(ChannelWriter<FeedInput> inbox, FeedMetrics metrics, CancellationToken stop)
    {
        _inbox = inbox;
        _metrics = metrics;
        _stop = stop;
    }

    public void Write(in FeedInput input)
    {
        lock (_gate)
        {
            if (_isClosed || (_room is null && TryWrite(input))) return;
            Keep(input);
            if (_room is not null) return;
            _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = DrainAsync();
        }
    }

    public ValueTask WaitAsync(CancellationToken cancel)
    {
        lock (_gate) return _room is null ? ValueTask.CompletedTask : new(_room.Task.WaitAsync(cancel));
    }

    private bool TryWrite(in FeedInput input)
    {
        if (!_inbox.TryWrite(input)) return false;
        if (input.Input.Kind is InputKind.Trade or InputKind.Quote or InputKind.Depth) _metrics.TickDelivered();
        return true;
    }

    private void Keep(in FeedInput input)
    {
        int instrument = input.Input.Instrument;
        if (input.Input.Kind != InputKind.Quote) _waitingQuote.Remove(instrument);
        else if (_waitingQuote.TryGetValue(instrument, out long place) && place >= _taken)
        {
            _waiting[_head + (int)(place - _taken)] = input;
            _metrics.QuoteConflated();
            return;
        }
        else _waitingQuote[instrument] = _taken + (_waiting.Count - _head);
        _waiting.Add(input);
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            bool isOpen = await HasRoomAsync().ConfigureAwait(false);
            lock (_gate)
            {
                while (isOpen && _head < _waiting.Count && TryWrite(_waiting[_head]))
                {
                    _head++;
                    _taken++;
                }
                if (isOpen && _head < _waiting.Count) continue;
                _isClosed = !isOpen;
                _waiting.Clear();
                _waitingQuote.Clear();
                _head = 0;
                _room!.SetResult();
                _room = null;
                return;
            }
        }
    }

    /// <summary>False when nobody will read any more: the feed is stopped, or the reader has ended or failed, which it reports itself.</summary>
    private async ValueTask<bool> HasRoomAsync()
    {
        try
        {
            return await _inbox.WaitToWriteAsync(_stop).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return false;
        }
    }
}
