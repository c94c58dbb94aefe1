using System.Reflection;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Puts strategies on markets: a slot for each of their hands, and series for what they read.</summary>
internal static class StrategyPlaces
{
    /// <summary>Index of the strategy's own slot; its legs follow.</summary>
    public static int Add(List<StrategySlot> slots, MarketState[] markets, SignalDesk desk, Strategy strategy, int instrument, Timeframe timeframe, string name, int? priority)
    {
        int rank = priority ?? strategy.GetType().GetCustomAttribute<StrategyAttribute>()?.Priority ?? 0;
        MarketState market = markets[instrument];
        MarketState[] others = [.. strategy.Legs.Select(leg => MarketOf(markets, market, leg, name))];
        StrategySlot own = Place(slots, market, desk, strategy, timeframe, name, rank);
        StrategySlot[] hands = [own, .. strategy.Legs.Select((leg, i) => Place(slots, others[i], desk, leg.Hand, timeframe, $"{name}:{leg.Symbol}", rank))];
        foreach (StrategySlot hand in hands)
        {
            hand.Links = [.. hands.Where(each => each != hand)];
            hand.Market.Add(hand);
            hand.Series.Add(hand);
        }
        return own.Index;
    }

    private static StrategySlot Place(List<StrategySlot> slots, MarketState market, SignalDesk desk, Strategy strategy, Timeframe timeframe, string name, int priority)
    {
        var slot = new StrategySlot(slots.Count, name, strategy, market, market.SeriesOf(timeframe), desk, priority);
        foreach (IndicatorUse use in strategy.Uses) market.SeriesOf(use.Timeframe ?? timeframe).Use(use.Indicator);
        strategy.Bind(slot);
        desk.Join(slot);
        market.MeasureVolume(strategy.CurveSessions);
        slots.Add(slot);
        return slot;
    }

    private static MarketState MarketOf(MarketState[] markets, MarketState own, Leg leg, string name)
    {
        MarketState found = Array.Find(markets, each => each.Instrument.Symbol.Equals(leg.Symbol, StringComparison.OrdinalIgnoreCase))
            ?? throw new MissingLegException($"{name} trades {leg.Symbol} beside {own.Instrument.Symbol}, and there is no {leg.Symbol} here{NearestNames.Suggestion(leg.Symbol, markets.Where(each => each != own).Select(each => each.Instrument.Symbol))}; run it where both are traded, or name another.", name, own.Instrument.Symbol, leg.Symbol);
        return found != own ? found : throw new ArgumentException($"{name} trades {leg.Symbol} beside {own.Instrument.Symbol}, which is the same; name another instrument.");
    }
}
