using System.Diagnostics;
using Tradewind.Core.Engine;

namespace Tradewind.Storage.Sqlite;

/// <summary>An output, or an equity mark where the output has no kind.</summary>
internal struct RecorderItem
{
    public long Sequence;

    /// <summary>Place among the input's outputs.</summary>
    public int Ordinal;
    public Output Output;
    public EquityMark Mark;
}

/// <summary>A bounded queue of two arrays: one is filled while the other is stored.</summary>
/// <param name="gather">How long items wait for others to be stored with, unless a quarter of the room is taken before.</param>
internal sealed class RecorderQueue(int capacity, TimeSpan gather)
{
    private readonly object _gate = new();
    private RecorderItem[] _filling = new RecorderItem[capacity];
    private RecorderItem[] _storing = new RecorderItem[capacity];
    private int _filled;
    private int _taken;
    private bool _isAwake;

    /// <summary>The one who stores waits for more: he needs no waking for each.</summary>
    private bool _isGathering;
    private bool _isClosed;
    private long _leftOut;

    public int Count => Volatile.Read(ref _filled) + Volatile.Read(ref _taken);

    public long LeftOut => Interlocked.Read(ref _leftOut);

    public void Add(long sequence, int ordinal, in Output output)
    {
        lock (_gate)
        {
            if (_filled == capacity || _isClosed)
            {
                _leftOut++;
                return;
            }
            ref RecorderItem item = ref _filling[_filled++];
            item.Sequence = sequence;
            item.Ordinal = ordinal;
            item.Output = output;
            Announce();
        }
    }

    public void Add(in EquityMark mark)
    {
        lock (_gate)
        {
            if (_filled >= capacity / 2 || _isClosed) return;
            ref RecorderItem item = ref _filling[_filled++];
            item.Output = default;
            item.Mark = mark;
            Announce();
        }
    }

    /// <summary>Waits for items and returns all there are; empty only when there are none after <see cref="Wake"/>.</summary>
    public ReadOnlySpan<RecorderItem> Take()
    {
        lock (_gate)
        {
            while (_filled == 0 && !_isAwake) Monitor.Wait(_gate);
            Gather();
            (_filling, _storing) = (_storing, _filling);
            _taken = _filled;
            _filled = 0;
            return _storing.AsSpan(0, _taken);
        }
    }

    private void Announce()
    {
        if (!_isGathering || _filled >= capacity / 4) Monitor.Pulse(_gate);
    }

    private void Gather()
    {
        long start = Stopwatch.GetTimestamp();
        _isGathering = true;
        while (!_isAwake && _filled < capacity / 4 && gather - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero) Monitor.Wait(_gate, left);
        _isGathering = false;
    }

    /// <summary>Says that what was taken is stored.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _storing.AsSpan(0, _taken).Clear();
            _taken = 0;
        }
    }

    /// <summary>From now on taking does not wait.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isAwake = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes no more; what waits counts as left out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _leftOut += _filled + _taken;
            _filled = _taken = 0;
        }
    }
}
