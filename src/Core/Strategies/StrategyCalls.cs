using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Strategies;

/// <summary>Asks strategies, in the order in which they joined. One that throws is suspended alone; the others go on.</summary>
internal sealed class StrategyCalls(OutputBuffer outputs, StrategyFork? fork, IStrategyWatch? watch)
{
    /// <summary>Compares versions that run beside each other; null where none are swapped.</summary>
    public VersionDesk? Versions { get; set; }

    public void Start(StrategySlot slot)
    {
        try
        {
            slot.Strategy.Start();
        }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Suspend(slot, failure);
        }
    }

    public void Stop(StrategySlot slot)
    {
        try
        {
            slot.Strategy.Stop();
        }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Suspend(slot, failure);
        }
    }

    /// <summary>About each series of which a bar finished.</summary>
    public void Ask(MarketState market)
    {
        market.HasClosedBars = false;
        foreach (Series series in market.SeriesSpan)
        {
            if (series.HasClosed) Ask(series);
        }
    }

    public void Ask(MarketState market, in Trade trade)
    {
        foreach (StrategySlot slot in market.TradeListeners)
        {
            if (!slot.CanAct) continue;
            try
            {
                watch?.Enter(slot.Index);
                slot.Strategy.HandleTrade(in trade);
                slot.Shadow?.OnTrade(in trade);
            }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Suspend(slot, failure);
            }
            watch?.Leave(slot.Index);
        }
    }

    public void Ask(MarketState market, in Quote quote)
    {
        foreach (StrategySlot slot in market.QuoteListeners)
        {
            if (!slot.CanAct) continue;
            try
            {
                watch?.Enter(slot.Index);
                slot.Strategy.HandleQuote(in quote);
                slot.Shadow?.OnQuote(in quote);
            }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Suspend(slot, failure);
            }
            watch?.Leave(slot.Index);
        }
    }

    /// <summary>Tells those that want to know of a bar of the past that the series just took in.</summary>
    public void Recall(Series series)
    {
        foreach (StrategySlot slot in series.Slots)
        {
            slot.Shadow?.OnHistory(in series.LastBar);
            if (!slot.ListensToHistory || slot.IsSuspended) continue;
            SetRecalling(slot, true);
            try
            {
                slot.Strategy.HandleHistory(in series.LastBar);
            }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Suspend(slot, failure);
            }
            SetRecalling(slot, false);
        }
    }

    public void Resume(StrategySlot slot)
    {
        if (!slot.IsSuspended) return;
        foreach (StrategySlot each in (ReadOnlySpan<StrategySlot>)[slot, .. slot.Links])
        {
            each.Resume();
            outputs.AddResumed(each.Market.Index, each.Index);
        }
    }

    /// <summary>As an operator or the program around the engine commands.</summary>
    public void Suspend(StrategySlot slot, string why)
    {
        if (slot.IsSuspended) return;
        slot.Halt();
        Announce(slot, why);
        SuspendLinks(slot);
    }

    private void Ask(Series series)
    {
        series.HasClosed = false;
        if (series.HasShadows) Versions?.Compare(series);
        AskRunning(series);
        if (series.HasShadows) AskShadows(series);
    }

    private static void AskShadows(Series series)
    {
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
            AskWatched(series, watch);
            return;
        }
        StrategySlot[] slots = series.Slots;
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

    private void AskWatched(Series series, IStrategyWatch observer)
    {
        foreach (StrategySlot slot in series.Slots)
        {
            if (!slot.CanAct) continue;
            observer.Enter(slot.Index);
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
            observer.Leave(slot.Index);
        }
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

    private static void SetRecalling(StrategySlot slot, bool isRecalling)
    {
        slot.IsRecalling = isRecalling;
        foreach (StrategySlot link in slot.Links) link.IsRecalling = isRecalling;
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
            link.Halt();
            Announce(link, $"suspended with {slot.Name}");
        }
    }

    private void Announce(StrategySlot slot, string why)
    {
        outputs.AddSuspended(slot.Market.Index, slot.Index, why);
        // Its wish no longer counts, so the decision cancels its entry orders; protective orders stay.
        slot.Market.NeedsDecision = true;
    }
}
