namespace Tradewind.Gateway.Market;

/// <summary>What a quote event can tell; null is not known. Prices are multiples of the tick size.</summary>
/// <param name="Change">Last price minus the last price of the session before.</param>
/// <param name="ChangePercent">The same in percent of it, two decimals.</param>
/// <param name="Volume">Contracts traded in the session.</param>
internal readonly record struct QuoteFields(
    decimal? LastPrice, decimal? BestBid, decimal? BestAsk, decimal? Change, decimal? ChangePercent, decimal? Open, decimal? High, decimal? Low, long? Volume)
{
    public bool IsEmpty => this == default;
}
