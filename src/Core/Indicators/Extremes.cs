using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;

namespace Tradewind.Core.Indicators;

/// <summary>The largest, or the smallest, of the last n numbers, in O(1) on average and without a branch that depends on the numbers.</summary>
/// <remarks>
/// The n − 1 numbers before the next one are held in two parts: of the running block only the extreme is kept, of the block before the extreme of each of its tails.
/// When the running block is full, its tails are computed in one pass and take the place of the others.
/// </remarks>
public sealed class Extremes : IWindow
{
    private readonly double[] _tails;
    private readonly double _sign;
    private int _filled;
    private double _running = double.NegativeInfinity;

    private Extremes(int length, double sign)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _tails = new double[length];
        _sign = sign;
        Array.Fill(_tails, double.NegativeInfinity);
    }

    public static Extremes Highest(int length) => new(length, 1);

    public static Extremes Lowest(int length) => new(length, -1);

    /// <summary>The extreme as it will be after pushing <paramref name="item"/>; changes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double After(double item) => _sign * double.MaxNative(double.MaxNative(_tails[_filled], _running), _sign * item);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(double item)
    {
        double signed = _sign * item;
        _tails[_filled] = signed;
        _running = double.MaxNative(_running, signed);
        // The last place stays empty: no tail is left of a block that has left the window.
        if (++_filled >= _tails.Length - 1) BeginBlock();
    }

    public void Reset()
    {
        Array.Fill(_tails, double.NegativeInfinity);
        _filled = 0;
        _running = double.NegativeInfinity;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(_tails.AsSpan());
        stream.Sync(ref _filled);
        stream.Sync(ref _running);
    }

    private void BeginBlock()
    {
        _tails[^1] = double.NegativeInfinity;
        double extreme = double.NegativeInfinity;
        for (int i = _tails.Length - 2; i >= 0; i--)
        {
            extreme = double.MaxNative(extreme, _tails[i]);
            _tails[i] = extreme;
        }
        _filled = 0;
        _running = double.NegativeInfinity;
    }
}
