using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;

namespace Tradewind.Core.Portfolio;

/// <summary>What a strategy's last closed round trips in one instrument came to, for each unit and after fees, in money.</summary>
public sealed class TradeResults : ISnapshot
{
    private readonly Window _results;

    /// <param name="memory">How many are remembered, 1 or more.</param>
    public TradeResults(int memory) => _results = new(memory);

    /// <summary>Those that are remembered.</summary>
    public int Count => _results.Count;

    /// <summary>Those above 0.</summary>
    public int Wins => CountOf(1);

    /// <summary>Those below 0.</summary>
    public int Losses => CountOf(-1);

    /// <summary>Mean of those above 0; 0 where there is none.</summary>
    public double AverageWin => MeanOf(1);

    /// <summary>Mean of those below 0, as a number above 0; 0 where there is none.</summary>
    public double AverageLoss => MeanOf(-1);

    /// <summary>The latest comes last.</summary>
    public IEnumerable<double> OldestFirst() => Enumerable.Range(0, _results.Count).Select(number => _results[_results.Count - 1 - number]);

    public void Add(double perUnit) => _results.Push(perUnit);

    internal void Add(in RoundTrip closed) => Add((double)(closed.NetPnl / closed.Quantity));

    public void Sync(Snapshot stream) => _results.Sync(stream);

    private int CountOf(int sign)
    {
        int count = 0;
        for (int i = 0; i < _results.Count; i++) count += Math.Sign(_results[i]) == sign ? 1 : 0;
        return count;
    }

    private double MeanOf(int sign)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < _results.Count; i++)
        {
            if (Math.Sign(_results[i]) != sign) continue;
            sum += Math.Abs(_results[i]);
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
