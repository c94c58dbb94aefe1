using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;

namespace Tradewind.Core.Signals;

/// <summary>How much a strategy's vote counts: 1 at first, then following its own last round trips.</summary>
/// <remarks>
/// weight = clamp(1 + mean / standard deviation, <see cref="Floor"/>, <see cref="Cap"/>) over the net results of the last
/// <see cref="Memory"/> round trips; 1 until there are <see cref="Minimum"/> of them. It knows nothing of luck: with few trades it follows noise.
/// </remarks>
public sealed class StrategyWeight : ISnapshot
{
    public const double Floor = 0.25;
    public const double Cap = 2.0;
    public const int Memory = 30;
    public const int Minimum = 10;

    private readonly Window _results = new(Memory);

    private bool _isCurrent = true;
    private double _value = 1;

    /// <summary>Between <see cref="Floor"/> and <see cref="Cap"/>.</summary>
    public double Value => _isCurrent ? _value : _value = Compute();

    /// <param name="netPnl">Result of a closed round trip, in money, fees included.</param>
    internal void Add(double netPnl)
    {
        _results.Push(netPnl);
        _isCurrent = false;
    }

    private double Compute()
    {
        _isCurrent = true;
        if (_results.Count < Minimum) return 1;
        double mean = 0, squares = 0;
        for (int i = 0; i < _results.Count; i++) mean += _results[i];
        mean /= _results.Count;
        for (int i = 0; i < _results.Count; i++) squares += (_results[i] - mean) * (_results[i] - mean);
        double deviation = Math.Sqrt(squares / (_results.Count - 1));
        double edge = deviation > 0 ? mean / deviation : Math.Sign(mean);
        return Math.Clamp(1 + edge, Floor, Cap);
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _isCurrent);
        stream.Sync(ref _value);
        _results.Sync(stream);
    }
}
