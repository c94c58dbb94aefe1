using Tradewind.Core.Engine;

namespace Tradewind.Core.Indicators;

/// <summary>A largest or smallest number and its age: 0 is the latest.</summary>
public readonly record struct Extreme(double Value, int Age);

/// <summary>The largest, or the smallest, of the last n numbers and its age, in O(1) on average: a queue of only those numbers that can still become it.</summary>
/// <remarks>Of equal numbers the latest counts.</remarks>
public sealed class AgedExtremes : IWindow
{
    private readonly double[] _values;
    private readonly long[] _places;
    private readonly double _sign;
    private readonly int _length;
    private int _head;
    private int _count;
    private long _pushed;

    private AgedExtremes(int length, double sign)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _values = new double[length];
        _places = new long[length];
        _length = length;
        _sign = sign;
    }

    public static AgedExtremes Highest(int length) => new(length, 1);

    public static AgedExtremes Lowest(int length) => new(length, -1);

    /// <summary>The extreme as it will be after pushing <paramref name="item"/>; changes nothing.</summary>
    public Extreme After(double item)
    {
        int first = _head, left = _count;
        if (left > 0 && _places[first] <= _pushed - _length)
        {
            first = Next(first);
            left--;
        }
        return left > 0 && _values[first] > item * _sign ? new(_values[first] * _sign, (int)(_pushed - _places[first])) : new(item, 0);
    }

    public void Push(double item)
    {
        if (_count > 0 && _places[_head] <= _pushed - _length)
        {
            _head = Next(_head);
            _count--;
        }
        double signed = item * _sign;
        int tail = At(_count);
        while (_count > 0)
        {
            int last = tail == 0 ? _length - 1 : tail - 1;
            if (_values[last] > signed) break;
            tail = last;
            _count--;
        }
        _values[tail] = signed;
        _places[tail] = _pushed++;
        _count++;
    }

    public void Reset()
    {
        _head = 0;
        _count = 0;
        _pushed = 0;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(_values.AsSpan());
        stream.Sync(_places.AsSpan());
        stream.Sync(ref _head);
        stream.Sync(ref _count);
        stream.Sync(ref _pushed);
    }

    private int Next(int index) => index + 1 == _length ? 0 : index + 1;

    private int At(int offset)
    {
        int index = _head + offset;
        return index >= _length ? index - _length : index;
    }
}
