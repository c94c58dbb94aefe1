using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>The newest bars of one length built from trades; the oldest make room.</summary>
/// <param name="unit">Length of a bar in nanoseconds.</param>
/// <param name="capacity">Most bars kept.</param>
/// <param name="from">The first instant whose trades are given.</param>
internal sealed class RecentBars(long unit, int capacity, Timestamp from)
{
    private Bar[] _bars = new Bar[Math.Min(capacity, 256)];
    private int _first;
    private int _count;

    /// <summary>Everything from here on is kept, nothing before it.</summary>
    public Timestamp From { get; private set; } = from;

    public void Add(in Trade trade)
    {
        if (_count > 0)
        {
            ref Bar last = ref _bars[IndexOf(_count - 1)];
            if (trade.Time < last.End)
            {
                last = BarSpan.Joined(last, new(last.Start, last.End, trade.Price, trade.Price, trade.Price, trade.Price, trade.Size));
                return;
            }
        }
        MakeRoom();
        Timestamp start = BarSpan.Floor(trade.Time, unit);
        _bars[IndexOf(_count++)] = new(start, BarSpan.After(start, unit), trade.Price, trade.Price, trade.Price, trade.Price, trade.Size);
    }

    /// <summary>Adds the bars that start in [from, to), oldest first.</summary>
    public void CopyTo(Timestamp from, Timestamp to, List<Bar> bars)
    {
        for (int i = FirstAtOrAfter(from); i < _count; i++)
        {
            Bar bar = _bars[IndexOf(i)];
            if (bar.Start >= to) return;
            bars.Add(bar);
        }
    }

    private int FirstAtOrAfter(Timestamp time)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_bars[IndexOf(middle)].Start < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void MakeRoom()
    {
        if (_count < _bars.Length) return;
        if (_count < capacity)
        {
            var larger = new Bar[Math.Min(capacity, 2 * _count)];
            for (int i = 0; i < _count; i++) larger[i] = _bars[IndexOf(i)];
            _bars = larger;
            _first = 0;
            return;
        }
        From = _bars[_first].End;
        _first = (_first + 1) % _bars.Length;
        _count--;
    }

    private int IndexOf(int position) => (_first + position) % _bars.Length;
}
