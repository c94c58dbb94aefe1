using Tradewind.Core.Market;
using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Swaps versions of strategies in a running engine: the new one is warmed up, runs as a shadow, and takes over; the one before stays as the shadow, as the way back.</summary>
internal sealed class VersionDesk(OutputBuffer outputs, IStrategyVersions? versions, StrategyCalls calls)
{
    /// <summary>A new version begins to run beside the strategy; an earlier shadow goes.</summary>
    /// <param name="takesOver">By itself, once the position is flat.</param>
    public void Try(StrategySlot slot, string? version, bool takesOver)
    {
        if (Create(slot, version) is not { } strategy) return;
        Remove(slot);
        Attach(slot, new Shadow(strategy, version, takesOver, calls.Watch));
        Warm(slot, slot.Shadow!);
        Say(slot, $"version {version} runs beside {slot.Version ?? "the one of the start"}");
    }

    /// <summary>The shadow trades from now on, and what traded runs on as the shadow. What is held stays; the standing wish is taken back.</summary>
    public void TakeOver(StrategySlot slot)
    {
        if (slot.Shadow is not { } shadow)
        {
            Say(slot, "there is no other version to take over");
            return;
        }
        if (!shadow.CanAct)
        {
            Say(slot, $"version {shadow.Version} cannot take over: {(shadow.Slot.IsSuspended ? shadow.Slot.LastError : "its indicators are not ready")}");
            return;
        }
        Strategy before = slot.Strategy;
        string? versionBefore = slot.Version;
        slot.Replace(shadow.Strategy, shadow.Version);
        Attach(slot, new Shadow(before, versionBefore, takesOver: false, calls.Watch));
        calls.Resume(slot);
        slot.Market.NeedsDecision = true;
        Say(slot, $"version {slot.Version ?? "of the start"} took over from {versionBefore ?? "the one of the start"}");
    }

    /// <summary>The version beside the strategy goes.</summary>
    public void Drop(StrategySlot slot)
    {
        string what = slot.Shadow is { } shadow ? $"version {shadow.Version ?? "of the start"} is dropped" : "there is no other version to drop";
        Remove(slot);
        Say(slot, what);
    }

    /// <summary>The version beside the strategy took too long: it alone is asked no more.</summary>
    public void SuspendShadow(StrategySlot slot, string why)
    {
        if (slot.Shadow is not { Slot.IsSuspended: false } shadow) return;
        shadow.Slot.Halt(why);
        Say(slot, $"version {shadow.Version ?? "of the start"}, which runs beside it, is suspended: {why}");
    }

    /// <summary>Before the strategies of a series are asked anew: what they wished last is compared, and who waits for a flat position takes over.</summary>
    public void Compare(Series series)
    {
        foreach (StrategySlot slot in series.Slots)
        {
            if (slot.Shadow is not { } shadow) continue;
            if (shadow.Compare(slot) is { } difference) outputs.AddAlert(slot.Market.Index, difference);
            if (shadow.TakesOver && shadow.CanAct && shadow.Counters.Compared > 0 && slot.Position.IsFlat && !HasWorkingOrders(slot)) TakeOver(slot);
        }
    }

    private Strategy? Create(StrategySlot slot, string? version)
    {
        try
        {
            if (versions is null || version is null) throw new ArgumentException("no versions are known here");
            Strategy strategy = versions.Create(slot.Name, version, slot.Instrument);
            if (strategy.Legs.Count == 0 && !slot.IsLinked) return strategy;
            Release(slot, strategy);
            throw new ArgumentException("a strategy with a second instrument cannot be swapped");
        }
        catch (ArgumentException fault)
        {
            Say(slot, $"version {version} cannot run: {fault.Message.TrimEnd('.')}");
            return null;
        }
    }

    private void Remove(StrategySlot slot)
    {
        if (slot.Shadow is not { } shadow) return;
        shadow.Stop();
        slot.Shadow = null;
        slot.Listen();
        slot.Market.Listen();
        foreach (IndicatorUse use in shadow.Strategy.Uses) slot.Market.SeriesOf(use.Timeframe ?? slot.Series.Timeframe).Forget(slot.Market.Slots);
        Release(slot, shadow.Strategy);
    }

    private void Release(StrategySlot slot, Strategy strategy) => strategy.Release((_, failure) => Say(slot, $"a version that goes failed while it was disposed ({failure.GetType().Name}: {failure.Message.TrimEnd('.')})"));

    private static void Attach(StrategySlot slot, Shadow shadow)
    {
        slot.Shadow = shadow;
        shadow.Bind(slot);
        slot.Listen();
        slot.Market.Listen();
        slot.Series.HasShadows = true;
    }

    /// <summary>From the bars that the series kept: the indicators that are new here, then what the strategy remembers itself.</summary>
    private static void Warm(StrategySlot slot, Shadow shadow)
    {
        foreach (IndicatorUse use in shadow.Strategy.Uses) slot.Market.SeriesOf(use.Timeframe ?? slot.Series.Timeframe).UseWarm(use.Indicator);
        shadow.Start(slot.Series.RecentBars());
    }

    private static bool HasWorkingOrders(StrategySlot slot)
    {
        foreach (Order order in slot.Market.Working)
        {
            for (int i = 0; i < order.ShareCount; i++)
            {
                if (order.Share(i).Strategy == slot.Index) return true;
            }
        }
        return false;
    }

    private void Say(StrategySlot slot, string what) => outputs.AddAlert(slot.Market.Index, $"{slot.Name}: {what}.");
}
