using Tradewind.Core.Engine;

namespace Tradewind.Core.Indicators;

/// <summary>The last n numbers in order of size. A push costs O(n) moves of memory, a look O(log n).</summary>
public sealed class SortedWindow(int length) : IWindow
{
    private readonly Window _window = new(length);
    private readonly double[] _sorted = new double[length];

    /// <summary>The number of a rank as it will be after pushing <paramref name="item"/> into a window that is full or becomes so; 0 is the smallest. Changes nothing.</summary>
    public double After(double item, int rank)
    {
        // The others in order are the sorted numbers without the one that leaves; the item stands between them at its place.
        int others = length - 1;
        int leaving = _window.IsFull ? PlaceOf(_window.Leaving) : others;
        int place = PlaceOf(item);
        if (_window.IsFull && leaving < place) place--;
        if (rank == place) return item;
        int among = rank < place ? rank : rank - 1;
        return _sorted[among < leaving ? among : among + 1];
    }

    public void Push(double item)
    {
        int count = _window.Count;
        if (_window.IsFull)
        {
            int leaving = PlaceOf(_window.Leaving);
            _sorted.AsSpan(leaving + 1, count - leaving - 1).CopyTo(_sorted.AsSpan(leaving));
            count--;
        }
        int place = _sorted.AsSpan(0, count).BinarySearch(item);
        if (place < 0) place = ~place;
        _sorted.AsSpan(place, count - place).CopyTo(_sorted.AsSpan(place + 1));
        _sorted[place] = item;
        _window.Push(item);
    }

    public void Reset()
    {
        _window.Reset();
        Array.Clear(_sorted);
    }

    public void Sync(Snapshot stream)
    {
        _window.Sync(stream);
        stream.Sync(_sorted.AsSpan());
    }

    /// <summary>The first place whose number is not smaller.</summary>
    private int PlaceOf(double item)
    {
        int low = 0, high = _window.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_sorted[middle] < item) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
