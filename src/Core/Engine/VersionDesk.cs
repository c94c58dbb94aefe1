using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Swaps versions of strategies in a running engine: the new one is warmed up, runs as a shadow, and takes over; the one before stays as the shadow, as the way back.</summary>
internal sealed class VersionDesk(OutputBuffer outputs, IStrategyVersions? versions, StrategyCalls calls)
{
    private const int ShownHash = 12;

    /// <summary>A new version begins to run beside the strategy; an earlier shadow goes.</summary>
    /// <param name="takesOver">By itself, once the position is flat.</param>
    /// <returns>False when there is no such version, or it cannot be made.</returns>
    public bool Try(StrategySlot slot, string? version, bool takesOver)
    {
        if (Create(slot, version) is not { } strategy) return false;
        Remove(slot);
        Attach(slot, new Shadow(strategy, version, takesOver, calls.Watch));
        if (!Warm(slot, slot.Shadow!)) return false;
        Say(slot, $"version {Short(version)} runs beside {Before(slot.Version)}");
        return true;
    }

    /// <summary>The shadow trades from now on, and what traded runs on as the shadow. What is held stays; the standing wish is taken back.</summary>
    /// <returns>False when there is none, or it cannot act.</returns>
    public bool TakeOver(StrategySlot slot)
    {
        if (slot.Shadow is not { } shadow) return Refuse(slot, "there is no other version to take over");
        if (!shadow.CanAct) return Refuse(slot, $"version {Short(shadow.Version)} cannot take over: {(shadow.Slot.IsSuspended ? shadow.Slot.LastError : "its indicators are not ready")}");
        Strategy before = slot.Strategy;
        string? versionBefore = slot.Version;
        slot.Replace(shadow.Strategy, shadow.Version);
        Attach(slot, new Shadow(before, versionBefore, takesOver: false, calls.Watch) { HasTraded = true });
        calls.Resume(slot);
        slot.Market.NeedsDecision = true;
        Say(slot, $"version {Short(slot.Version)} took over from {Before(versionBefore)}");
        return true;
    }

    /// <summary>As <see cref="TakeOver"/>, but never back: by a version that has not traded yet.</summary>
    /// <returns>False when there is none, or it cannot act.</returns>
    public bool Promote(StrategySlot slot) =>
        slot.Shadow is { HasTraded: true } shadow ? Refuse(slot, $"version {Short(shadow.Version)}, which runs beside it, traded before: to go back to it is a rollback") : TakeOver(slot);

    /// <summary>Back to the version that traded before the last take-over.</summary>
    /// <returns>False when none did, or it cannot act.</returns>
    public bool RollBack(StrategySlot slot)
    {
        if (slot.Shadow is { HasTraded: true }) return TakeOver(slot);
        return Refuse(slot, slot.Shadow is null ? "there is no other version to go back to" : $"version {Short(slot.Shadow.Version)}, which runs beside it, has not traded: there is nothing to go back to");
    }

    /// <summary>The version beside the strategy goes.</summary>
    /// <returns>False when there is none.</returns>
    public bool Drop(StrategySlot slot)
    {
        if (slot.Shadow is not { } shadow) return Refuse(slot, "there is no other version to drop");
        Remove(slot);
        Say(slot, $"version {Short(shadow.Version)} is dropped");
        return true;
    }

    /// <summary>The version beside the strategy took too long: it alone is asked no more.</summary>
    /// <returns>False when there is none, or it is suspended already.</returns>
    public bool SuspendShadow(StrategySlot slot, string why)
    {
        if (slot.Shadow is not { Slot.IsSuspended: false } shadow) return false;
        shadow.Slot.Halt(why);
        Say(slot, $"version {Short(shadow.Version)}, which runs beside it, is suspended: {why}");
        return true;
    }

    /// <summary>Before the strategies of a series are asked anew: what they wished last is compared, and who waits for a flat position takes over.</summary>
    public void Compare(Series series)
    {
        foreach (StrategySlot slot in series.Slots)
        {
            if (slot.Shadow is not { } shadow) continue;
            if (shadow.TakeFailure() is { } failure) Say(slot, $"version {Short(shadow.Version)}, which runs beside it, is suspended: {failure.TrimEnd('.')}");
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
            Say(slot, $"version {Short(version)} cannot run: {fault.Message.TrimEnd('.')}");
            return null;
        }
    }

    private void Remove(StrategySlot slot)
    {
        if (slot.Shadow is not { } shadow) return;
        shadow.Stop();
        Detach(slot, shadow);
    }

    private void Detach(StrategySlot slot, Shadow shadow)
    {
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
        slot.Market.MeasureVolume(shadow.Strategy.CurveSessions);
        slot.Listen();
        slot.Market.Listen();
        slot.Series.HasShadows = true;
    }

    /// <summary>From the bars that were kept: its indicators, and beside each bar what the strategy itself remembers or would have said. Then its indicators follow those that run already.</summary>
    /// <returns>False when an indicator of it failed: it goes again.</returns>
    private bool Warm(StrategySlot slot, Shadow shadow)
    {
        try
        {
            WarmUp(slot, shadow);
            return true;
        }
#pragma warning disable CA1031 // Whatever an indicator of a new version throws, the version that trades goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Detach(slot, shadow);
            Say(slot, $"version {Short(shadow.Version)} cannot run: an indicator of it failed ({failure.GetType().Name}: {failure.Message.TrimEnd('.')})");
            return false;
        }
    }

    private static void WarmUp(StrategySlot slot, Shadow shadow)
    {
        Dictionary<Series, WarmSeries> all = [];
        foreach (IndicatorUse use in shadow.Strategy.Uses)
        {
            Series series = slot.Market.SeriesOf(use.Timeframe ?? slot.Series.Timeframe);
            if (!all.TryGetValue(series, out WarmSeries? warm)) all.Add(series, warm = new WarmSeries(series));
            warm.Add(use.Indicator);
        }
        foreach (Bar bar in slot.Series.RecentBars())
        {
            foreach (WarmSeries warm in all.Values) warm.UpdateTo(bar.End);
            shadow.OnHistory(in bar);
        }
        foreach (WarmSeries warm in all.Values) warm.Finish();
        shadow.Start();
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

    /// <summary>A hash is named by its beginning.</summary>
    private static string Short(string? version) => version is null ? "of the start" : version.Length > ShownHash ? version[..ShownHash] : version;

    private static string Before(string? version) => version is null ? "the one of the start" : Short(version);

    private bool Refuse(StrategySlot slot, string why)
    {
        Say(slot, why);
        return false;
    }

    private void Say(StrategySlot slot, string what) => outputs.AddAlert(slot.Market.Index, $"{slot.Name}: {what}.");
}
