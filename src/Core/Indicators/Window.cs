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
        int next = _next;
        _items[next] = item;
        _next = ++next == _items.Length ? 0 : next;
        if (_count < _items.Length) _count++;
    }

    /// <summary>The sum of squared deviations from <paramref name="center"/> as it will be after pushing <paramref name="item"/>, added up afresh.</summary>
    public double SquaresWith(double item, double center)
    {
        double sum = (item - center) * (item - center);
        foreach (double each in _items.AsSpan(0, _next)) sum += (each - center) * (each - center);
        foreach (double each in _items.AsSpan(_next + 1)) sum += (each - center) * (each - center);
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
