using Tradewind.Core.Market;

namespace Tradewind.Core.Strategies;

/// <summary>Asks the strategies of a series side by side, on threads that an edge lends. Their wishes wait until all have been asked.</summary>
internal sealed class StrategyFork
{
    private readonly IWorkers _workers;
    private readonly int _from;
    private readonly IStrategyWatch? _watch;
    private readonly Action<int> _work;
    private Series? _series;

    /// <param name="from">Strategies on one series from which it is worth the barrier.</param>
    public StrategyFork(IWorkers workers, int from, IStrategyWatch? watch)
    {
        (_workers, _from, _watch) = (workers, from, watch);
        _work = Ask;
    }

    /// <summary>Enough of them, or two that say that they are heavy; never where a strategy has a second hand, which reaches into another slot.</summary>
    public bool IsWorthwhile(Series series) => !series.HasLinks && (series.Slots.Length >= _from || series.HeavyCount >= 2);

    public void Ask(Series series)
    {
        _series = series;
        foreach (StrategySlot slot in series.Slots) slot.Defer();
        _workers.Run(series.Slots.Length, _work);
    }

    private void Ask(int index)
    {
        Series series = _series!;
        StrategySlot slot = series.Slots[index];
        if (!slot.CanAct) return;
        _watch?.Enter(slot.Index, isShadow: false);
        try
        {
            slot.Strategy.HandleBar(in series.LastBar);
        }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended, once all have been asked.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            slot.Throw(failure);
        }
        _watch?.Leave(slot.Index, isShadow: false);
    }
}
