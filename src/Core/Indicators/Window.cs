using Tradewind.Core.Engine;

namespace Tradewind.Core.Indicators;

/// <summary>The last <see cref="Length"/> numbers that were pushed.</summary>
public sealed class Window : IWindow
{
    private readonly double[] _items;
    private int _next;
    private int _count;

    /// <param name="length">How many numbers it holds, 1 or more.</param>
    public Window(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _items = new double[length];
    }

    public int Length => _items.Length;

    /// <summary>Numbers held, at most <see cref="Length"/>.</summary>
    public int Count => _count;

    public bool IsFull => _count == _items.Length;

    /// <summary>What the next push drops; 0 while the window is not full.</summary>
    public double Leaving => _items[_next];

    /// <summary>True when the next push completes a round: the moment to sum anew what was summed by differences.</summary>
    public bool CompletesRound => _next == _items.Length - 1;

    /// <summary>The number pushed <paramref name="age"/> pushes ago: 0 is the latest.</summary>
    public double this[int age]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)age, (uint)_count);
            int index = _next - 1 - age;
            return _items[index < 0 ? index + _items.Length : index];
        }
    }

    public void Push(double item)
    {
        double[] items = _items;
        int next = _next;
        items[next] = item;
        next++;
        // 0 at the end, without a branch: when a window begins anew is what the processor cannot foresee.
        _next = next & ((next - items.Length) >> 31);
        if (_count < items.Length) _count++;
    }

    /// <summary>The sum of the numbers measured from <paramref name="item"/> as it will be after pushing it, added up afresh.</summary>
    public double OffsetsWith(double item)
    {
        double sum = 0;
        foreach (double each in _items.AsSpan(0, _next)) sum += each - item;
        foreach (double each in _items.AsSpan(_next + 1)) sum += each - item;
        return sum;
    }

    /// <summary>The sum of squared distances from <paramref name="item"/> + <paramref name="center"/> as it will be after pushing the item, added up afresh.</summary>
    public double SquaresWith(double item, double center)
    {
        double sum = center * center;
        foreach (double each in _items.AsSpan(0, _next)) sum += (each - item - center) * (each - item - center);
        foreach (double each in _items.AsSpan(_next + 1)) sum += (each - item - center) * (each - item - center);
        return sum;
    }

    /// <summary>The sum of the distances from <paramref name="center"/> as it will be after pushing <paramref name="item"/>.</summary>
    public double DistanceWith(double item, double center)
    {
        double sum = Math.Abs(item - center);
        foreach (double each in _items.AsSpan(0, _next)) sum += Math.Abs(each - center);
        foreach (double each in _items.AsSpan(_next + 1)) sum += Math.Abs(each - center);
        return sum;
    }

    /// <summary>How many of the numbers held are smaller than <paramref name="item"/>.</summary>
    public int CountBelow(double item)
    {
        int count = 0;
        foreach (double each in _items.AsSpan(0, _count)) count += each < item ? 1 : 0;
        return count;
    }

    /// <summary>The sum of the products of the deviations of two windows that are pushed together, as it will be after pushing <paramref name="x"/> and <paramref name="y"/>, added up afresh; the centers are measured from these.</summary>
    public static double ProductsWith(Window xs, Window ys, double x, double y, double centerX, double centerY)
    {
        double sum = centerX * centerY;
        for (int i = 0; i < xs._items.Length; i++)
        {
            if (i != xs._next) sum += (xs._items[i] - x - centerX) * (ys._items[i] - y - centerY);
        }
        return sum;
    }

    public void Reset()
    {
        Array.Clear(_items);
        _next = 0;
        _count = 0;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(_items.AsSpan());
        stream.Sync(ref _next);
        stream.Sync(ref _count);
    }
}
