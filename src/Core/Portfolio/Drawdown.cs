using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;

namespace Tradewind.Core.Portfolio;

/// <summary>How far an equity curve has fallen below its highest mark, in money and as a fraction of that mark. The first equity counts as a mark.</summary>
/// <remarks>Below one peak the deepest fall in money is also the deepest in proportion, so a mark needs no division: it is done once for each peak, when that is over or asked for.</remarks>
public struct Drawdown(double equity)
{
    private double _peak = equity;
    private double _deepest;
    private double _deepestRate;

    /// <summary>Deepest fall from the present peak.</summary>
    private double _fall;

    /// <summary>Highest equity so far.</summary>
    public readonly double Peak => _peak;

    /// <summary>Deepest fall so far, in money, 0 or more.</summary>
    public readonly double Max => Math.Max(_fall, _deepest);

    /// <summary>Deepest fall so far as a fraction of the peak that it was a fall from; peaks of 0 and less do not count.</summary>
    public readonly double MaxRate => _peak > 0 ? Math.Max(_fall / _peak, _deepestRate) : _deepestRate;

    internal static Drawdown From(double peak, double max, double maxRate) => new(peak) { _deepest = max, _deepestRate = maxRate };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(double equity)
    {
        if (equity > _peak) Rise(equity);
        else _fall = double.MaxNative(_peak - equity, _fall);
    }

    internal void Sync(Snapshot stream)
    {
        stream.Sync(ref _peak);
        stream.Sync(ref _deepest);
        stream.Sync(ref _deepestRate);
        stream.Sync(ref _fall);
    }

    private void Rise(double peak) => (_deepest, _deepestRate, _fall, _peak) = (Max, MaxRate, 0, peak);
}
