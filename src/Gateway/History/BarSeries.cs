using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <summary>Bars of one short length in the order of time; the oldest are forgotten beyond the capacity.</summary>
internal sealed class BarSeries(long lengthNanoseconds, int capacity)
{
    private readonly List<SmallBar> _bars = [];
    private int _first;

    public int Count => _bars.Count - _first;

    /// <summary>Whether there were bars before the oldest one kept.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>By age, 0 is the oldest one kept.</summary>
    public SmallBar this[int index] => _bars[_first + index];

    /// <summary>Takes a piece of the newest bar or of a later one. What is older than the newest bar is joined to it: time never runs backwards here.</summary>
    public void Add(in SmallBar piece)
    {
        var start = new Timestamp(piece.Start.Nanoseconds - piece.Start.Nanoseconds % lengthNanoseconds);
        if (_bars.Count > 0 && start <= _bars[^1].Start) _bars[^1] = _bars[^1].With(piece);
        else Append(piece with { Start = start });
    }

    private void Append(in SmallBar bar)
    {
        _bars.Add(bar);
        if (Count > capacity)
        {
            _first++;
            HasForgotten = true;
        }
        // Forgotten bars are cut off in large pieces, so that one costs next to nothing.
        if (_first <= capacity / 4 + 1024) return;
        _bars.RemoveRange(0, _first);
        _first = 0;
    }
}
