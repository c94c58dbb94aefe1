using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Strategies;

/// <summary>Asks strategies, in the order in which they joined. One that throws is suspended alone; the others go on.</summary>
internal sealed class StrategyCalls(OutputBuffer outputs)
{
    private delegate void Call<T>(Strategy strategy, in T happening);

    private static readonly Call<Bar> OfBar = static (Strategy strategy, in Bar bar) => strategy.HandleBar(in bar);
    private static readonly Call<Trade> OfTrade = static (Strategy strategy, in Trade trade) => strategy.HandleTrade(in trade);
    private static readonly Call<Quote> OfQuote = static (Strategy strategy, in Quote quote) => strategy.HandleQuote(in quote);

    public void Start(StrategySlot slot) => Ask(slot, 0, static (Strategy strategy, in int _) => strategy.Start());

    /// <summary>About each series of which a bar finished.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ask(MarketState market)
    {
        foreach (Series series in market.SeriesSpan)
        {
            if (series.HasClosed) Ask(series);
        }
    }

    public void Ask(MarketState market, in Trade trade)
    {
        foreach (StrategySlot slot in market.TradeListeners)
        {
            if (slot.IsReady && !slot.IsSuspended) Ask(slot, in trade, OfTrade);
        }
    }

    public void Ask(MarketState market, in Quote quote)
    {
        foreach (StrategySlot slot in market.QuoteListeners)
        {
            if (slot.IsReady && !slot.IsSuspended) Ask(slot, in quote, OfQuote);
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
        foreach (StrategySlot slot in series.Slots)
        {
            if (slot.IsReady && !slot.IsSuspended) Ask(slot, in series.LastBar, OfBar);
        }
    }

    private void Ask<T>(StrategySlot slot, in T happening, Call<T> call)
    {
        try
        {
            call(slot.Strategy, in happening);
        }
#pragma warning disable CA1031 // Whatever a strategy throws, it alone is suspended.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            slot.Suspend();
            outputs.AddSuspended(slot.Market.Index, slot.Index, $"{failure.GetType().Name}: {failure.Message}");
            // Its wish no longer counts, so the decision cancels its entry orders; protective orders stay.
            slot.Market.NeedsDecision = true;
        }
    }
}
