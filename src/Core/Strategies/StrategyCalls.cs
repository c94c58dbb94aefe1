using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Strategies;

/// <summary>Asks strategies, in the order in which they joined. One that throws is suspended alone; the others go on.</summary>
internal sealed class StrategyCalls(OutputBuffer outputs)
{
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
                slot.Strategy.HandleTrade(in trade);
            }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Suspend(slot, failure);
            }
        }
    }

    public void Ask(MarketState market, in Quote quote)
    {
        foreach (StrategySlot slot in market.QuoteListeners)
        {
            if (!slot.CanAct) continue;
            try
            {
                slot.Strategy.HandleQuote(in quote);
            }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Suspend(slot, failure);
            }
        }
    }

    /// <summary>Tells those that want to know of a bar of the past that the series just took in.</summary>
    public void Recall(Series series)
    {
        foreach (StrategySlot slot in series.Slots)
        {
            if (!slot.ListensToHistory || slot.IsSuspended) continue;
            slot.IsRecalling = true;
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
            slot.IsRecalling = false;
        }
    }

    public void Resume(StrategySlot slot)
    {
        if (!slot.IsSuspended) return;
        slot.Resume();
        outputs.AddResumed(slot.Market.Index, slot.Index);
    }

    private void Ask(Series series)
    {
        series.HasClosed = false;
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

    private void Suspend(StrategySlot slot, Exception failure)
    {
        slot.Suspend(failure);
        outputs.AddSuspended(slot.Market.Index, slot.Index, $"{failure.GetType().Name}: {failure.Message}");
        // Its wish no longer counts, so the decision cancels its entry orders; protective orders stay.
        slot.Market.NeedsDecision = true;
    }
}
