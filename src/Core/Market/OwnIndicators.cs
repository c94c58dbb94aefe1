using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Market;

/// <summary>What is told when an indicator of a user's own fails.</summary>
internal sealed class IndicatorFaults(long callRounds)
{
    /// <summary>Rounds that a call may take.</summary>
    public long CallRounds => callRounds;

    /// <summary>The series on which it happened, and what to say.</summary>
    public Action<Series, Exception>? Tell { get; set; }
}

/// <summary>
/// Updates the indicators of a series where some are of users' own. One that throws, or does not end, halts together with those that read from it, and with whoever
/// uses them; the others go on. It begins anew when a strategy that uses it is resumed.
/// </summary>
internal sealed class OwnIndicators(Series series, IndicatorFaults faults) : ISnapshot
{
    /// <summary>In the order in which they failed.</summary>
    private readonly List<Indicator> _halted = [];

    private delegate void Step<T>(Indicator indicator, in T seen);

    public void Update(Indicator[] indicators, in Bar bar)
    {
        foreach (Indicator indicator in indicators) Guard(indicator, in bar, static (Indicator each, in Bar seen) => each.Update(in seen));
    }

    public void Update(Indicator[] indicators, in Trade trade)
    {
        foreach (Indicator indicator in indicators) Guard(indicator, in trade, static (Indicator each, in Trade seen) => each.Update(in seen));
    }

    /// <summary>It, or one that it reads from, has halted.</summary>
    public bool HasHalted(Indicator used) => _halted.Count > 0 && Chain(used).Exists(Halts);

    public void Revive(Indicator used) => Chain(used).ForEach(each => _halted.RemoveAll(each.IsSameAs));

    public void Sync(Snapshot stream)
    {
        int count = _halted.Count;
        stream.Sync(ref count);
        if (stream.IsReading) _halted.Clear();
        for (int i = 0; i < count; i++)
        {
            string? name = stream.IsReading ? null : _halted[i].Name;
            stream.Sync(ref name);
            if (stream.IsReading) _halted.Add(Find(name));
        }
    }

    private Indicator Find(string? name)
    {
        foreach (Indicator each in series.Indicators)
        {
            if (each.Name == name) return each;
        }
        throw new SnapshotException($"The snapshot has the indicator {name}, which is not here: it was taken with other strategies.");
    }

    private bool Halts(Indicator indicator) => _halted.Exists(indicator.IsSameAs);

    private static List<Indicator> Chain(Indicator used)
    {
        List<Indicator> chain = [];
        Series.Collect(used, chain);
        return chain;
    }

    private void Guard<T>(Indicator indicator, in T seen, Step<T> step)
    {
        if (_halted.Count > 0 && Halts(indicator)) return;
        try
        {
            using (CallMeter.Begin(faults.CallRounds))
            {
                step(indicator, in seen);
                CallMeter.Check();
            }
        }
#pragma warning disable CA1031 // Whatever an indicator throws, those who use it are suspended alone.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Halt(indicator);
            faults.Tell?.Invoke(series, new IndicatorFailedException($"{indicator.Name} failed: {failure.GetType().Name}: {failure.Message}", failure));
        }
    }

    /// <summary>With all that read from it: a value of theirs would be none of the market's.</summary>
    private void Halt(Indicator failed)
    {
        foreach (Indicator each in series.Indicators)
        {
            if (Halts(each) || !Chain(each).Exists(failed.IsSameAs)) continue;
            _halted.Add(each);
            each.Reset();
        }
    }
}
