using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Strategies;

/// <summary>Asks strategies, in the order in which they joined. One that throws is suspended alone; the others go on.</summary>
internal sealed class StrategyCalls(OutputBuffer outputs, StrategyFork? fork, IStrategyWatch? watch)
{
    private readonly bool _isPlain = fork is null && watch is null;

    /// <summary>Who measures; null where nobody does.</summary>
    public IStrategyWatch? Watch => watch;

    /// <summary>Compares versions that run beside each other; null where none are swapped.</summary>
    public VersionDesk? Versions { get; set; }

    private delegate void Step<T>(Strategy strategy, in T about);

    public void Start(StrategySlot slot) => Guard(slot, 0, static (Strategy strategy, in int _) => strategy.Start());

    /// <summary>The session ends, for the strategy and for the version beside it.</summary>
    public void Stop(StrategySlot slot)
    {
        Guard(slot, 0, static (Strategy strategy, in int _) => strategy.Stop());
        slot.Shadow?.Stop();
    }

    /// <summary>Disposes the strategies and the versions beside them.</summary>
    /// <returns>A sentence for each that threw.</returns>
    public static IReadOnlyList<string> Release(IReadOnlyList<StrategySlot> slots)
    {
        List<string> faults = [];
        foreach (StrategySlot slot in slots)
        {
            void Note(Strategy strategy, Exception failure) => faults.Add($"{slot.Name} failed while it was disposed ({failure.GetType().Name}: {failure.Message.TrimEnd('.')}).");
            slot.Strategy.Release(Note);
            slot.Shadow?.Strategy.Release(Note);
        }
        return faults;
    }

    public void Tell(StrategySlot slot, in Fill fill) => Guard(slot, in fill, static (Strategy strategy, in Fill booked) => strategy.HandleFill(in booked));

    /// <summary>About each series of which a bar finished.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ask(MarketState market)
    {
        market.HasClosedBars = false;
        Series[] all = market.Series;
        if (all.Length != 1) AskAll(all);
        else if (all[0].HasClosed) Ask(all[0]);
    }

    public void Ask(MarketState market, in Trade trade)
    {
        foreach (StrategySlot slot in market.TradeListeners)
        {
            if (slot.CanAct) Guard(slot, in trade, static (Strategy strategy, in Trade seen) => strategy.HandleTrade(in seen));
            slot.Shadow?.OnTrade(in trade);
        }
    }

    public void Ask(MarketState market, in Quote quote)
    {
        foreach (StrategySlot slot in market.QuoteListeners)
        {
            if (slot.CanAct) Guard(slot, in quote, static (Strategy strategy, in Quote seen) => strategy.HandleQuote(in seen));
            slot.Shadow?.OnQuote(in quote);
        }
    }

    /// <summary>Tells those that want to know of a bar of the past that the series just took in.</summary>
    public void Recall(Series series)
    {
        foreach (StrategySlot slot in series.Slots)
        {
            slot.Shadow?.OnHistory(in series.LastBar);
            if (!slot.ListensToHistory || slot.IsSuspended) continue;
            foreach (StrategySlot hand in (ReadOnlySpan<StrategySlot>)[slot, .. slot.Links]) hand.BeginRecall(in series.LastBar);
            Guard(slot, in series.LastBar, static (Strategy strategy, in Bar past) => strategy.HandleHistory(in past));
            foreach (StrategySlot hand in (ReadOnlySpan<StrategySlot>)[slot, .. slot.Links]) hand.EndRecall();
        }
    }

    /// <returns>False when it was not suspended.</returns>
    public bool Resume(StrategySlot slot)
    {
        if (!slot.IsSuspended) return false;
        foreach (StrategySlot each in (ReadOnlySpan<StrategySlot>)[slot, .. slot.Links])
        {
            each.Resume(Revive(each));
            outputs.AddResumed(each.Market.Index, each.Index);
        }
        return true;
    }

    /// <summary>As an operator or the program around the engine commands.</summary>
    /// <returns>False when it was suspended already.</returns>
    public bool Suspend(StrategySlot slot, string why)
    {
        if (slot.IsSuspended) return false;
        slot.Halt(why);
        Announce(slot, why);
        SuspendLinks(slot);
        return true;
    }

    /// <summary>An indicator of the series failed: whoever uses it, or what reads from it, is suspended.</summary>
    public void Fail(IReadOnlyList<MarketState> markets, Series series, Exception failure)
    {
        foreach (MarketState market in markets)
        {
            if (!market.Series.Contains(series)) continue;
            foreach (StrategySlot slot in market.Slots)
            {
                if (!slot.IsSuspended && UsesHalted(slot, slot.Strategy, series)) Suspend(slot, failure);
                if (slot.Shadow is { Slot.IsSuspended: false } shadow && UsesHalted(slot, shadow.Strategy, series)) shadow.Slot.Suspend(failure);
            }
        }
    }

    private static bool UsesHalted(StrategySlot slot, Strategy strategy, Series series)
    {
        foreach (IndicatorUse use in strategy.Uses)
        {
            if ((use.Timeframe ?? slot.Series.Timeframe) == series.Timeframe && series.HasHalted(use.Indicator)) return true;
        }
        return false;
    }

    /// <summary>Those of its indicators that failed begin anew.</summary>
    /// <returns>False where none failed.</returns>
    private static bool Revive(StrategySlot slot)
    {
        bool any = false;
        foreach (IndicatorUse use in slot.Indicators)
        {
            Series series = slot.Market.SeriesOf(use.Timeframe ?? slot.Series.Timeframe);
            if (!series.HasHalted(use.Indicator)) continue;
            series.Revive(use.Indicator);
            any = true;
        }
        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ask(Series series)
    {
        series.HasClosed = false;
        if (_isPlain && series.Only is { } only) AskOnly(only, series);
        else if (series.HasShadows) AskWithShadows(series);
        else AskRunning(series);
    }

    private void AskAll(Series[] all)
    {
        foreach (Series series in all)
        {
            if (series.HasClosed) Ask(series);
        }
    }

    private void AskWithShadows(Series series)
    {
        Versions?.Compare(series);
        AskRunning(series);
        foreach (StrategySlot slot in series.Slots) slot.Shadow?.OnBar(in series.LastBar);
    }

    private void AskRunning(Series series)
    {
        if (fork is not null && fork.IsWorthwhile(series))
        {
            AskSideBySide(series, fork);
            return;
        }
        if (watch is not null)
        {
            AskWatched(series);
            return;
        }
        AskInTurn(series.Slots, series);
    }

    private void AskOnly(StrategySlot slot, Series series)
    {
        if (!slot.CanAct) return;
        try
        {
            slot.Strategy.HandleBar(in series.LastBar);
        }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Suspend(slot, failure);
        }
    }

    private void AskInTurn(StrategySlot[] slots, Series series)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            try
            {
                // One guarded region for all: entering one a strategy would cost more than most strategies do.
                for (; i < slots.Length; i++)
                {
                    if (slots[i].CanAct) slots[i].Strategy.HandleBar(in series.LastBar);
                }
            }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended; the loop goes on with the next.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Suspend(slots[i], failure);
            }
        }
    }

    private void AskWatched(Series series)
    {
        foreach (StrategySlot slot in series.Slots)
        {
            if (slot.CanAct) Guard(slot, in series.LastBar, static (Strategy strategy, in Bar closed) => strategy.HandleBar(in closed));
        }
    }

    private void Guard<T>(StrategySlot slot, in T about, Step<T> step)
    {
        watch?.Enter(slot.Index, isShadow: false);
        try
        {
            step(slot.Strategy, in about);
        }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Suspend(slot, failure);
        }
        watch?.Leave(slot.Index, isShadow: false);
    }

    /// <summary>All are asked at once; what they wish is handed over in their order afterwards, so that the outcome is the same.</summary>
    private void AskSideBySide(Series series, StrategyFork workers)
    {
        workers.Ask(series);
        foreach (StrategySlot slot in series.Slots)
        {
            try
            {
                slot.HandOver();
            }
            catch (StrategyFloodException flood)
            {
                Suspend(slot, flood);
                continue;
            }
            if (slot.TakeThrown() is { } failure) Suspend(slot, failure);
        }
    }

    private void Suspend(StrategySlot slot, Exception failure)
    {
        slot.Suspend(failure);
        Announce(slot, $"{failure.GetType().Name}: {failure.Message}");
        SuspendLinks(slot);
    }

    /// <summary>The hands of one strategy stop together.</summary>
    private void SuspendLinks(StrategySlot slot)
    {
        foreach (StrategySlot link in slot.Links)
        {
            if (link.IsSuspended) continue;
            string why = $"suspended with {slot.Name}";
            link.Halt(why);
            Announce(link, why);
        }
    }

    private void Announce(StrategySlot slot, string why)
    {
        outputs.AddSuspended(slot.Market.Index, slot.Index, why);
        // Its wish no longer counts, so the decision cancels its entry orders; protective orders stay.
        slot.Market.NeedsDecision = true;
    }
}
