using Tradewind.Core.Model;
using Tradewind.Simulation;
using Tradewind.Storage;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>One instrument of a backtest with the part of its file that counts.</summary>
/// <param name="Name">The file as the user named it.</param>
internal sealed record BacktestMarket(string Name, Instrument Instrument, MarketDataFile File, Range Events)
{
    public int Count => Events.GetOffsetAndLength(File.Count).Length;

    /// <summary>The instrument first, then its legs.</summary>
    /// <exception cref="InputException">An instrument is not known or there twice, or the files have no bars of that length or no time in common.</exception>
    public static IReadOnlyList<BacktestMarket> Find(BacktestPlan plan, BacktestData data, out Timeframe timeframe)
    {
        Instrument own = plan.Instrument.Find(data.Main);
        timeframe = BarSeries.LengthFor(data.Main, plan.Timeframe);
        List<BacktestMarket> markets = [new(plan.DataFile, own, data.Main, DataRange.Of(data.Main, plan.From, plan.To))];
        for (int i = 0; i < plan.Legs.Count; i++) markets.Add(FindLeg(plan, plan.Legs[i], data.All[i + 1], markets[0], timeframe));
        return markets;
    }

    /// <summary>A sentence where the data of one end long before those of another: what is held then stands alone. Null where they end together.</summary>
    public static string? UnevenEnd(IReadOnlyList<BacktestMarket> markets)
    {
        (BacktestMarket Market, Timestamp End)[] ends = [.. markets.Select(market => (market, DataRange.SpanOf(market.File, market.Events).To)).OrderBy(each => each.To)];
        (BacktestMarket Market, Timestamp End) first = ends[0], last = ends[^1];
        return last.End - first.End <= TimeSpan.FromDays(1) ? null
            : $"{first.Market.Name} ends at {first.End}, and {last.Market.Name} goes on to {last.End}: what is held of {first.Market.Instrument.Symbol} by then stays at its last price; --to {first.End} ends both together.";
    }

    public History ToHistory(int index, Timeframe timeframe) => File.Kind switch
    {
        MarketDataKind.Bars => History.Of(index, File.Bars[Events]),
        MarketDataKind.Trades => History.Of(index, File.Trades[Events]),
        _ => History.Of(index, File.Quotes[Events], timeframe, Instrument),
    };

    private static BacktestMarket FindLeg(BacktestPlan plan, LegPlan leg, MarketDataFile file, BacktestMarket own, Timeframe timeframe)
    {
        Instrument instrument = plan.Instrument.FindLeg(leg.Symbol);
        if (instrument.Symbol.Equals(own.Instrument.Symbol, StringComparison.OrdinalIgnoreCase)) throw new InputException($"--leg: {leg.Symbol} is what --data {own.Name} is of; name another instrument.");
        if (instrument.Currency != own.Instrument.Currency) throw new InputException($"--leg: {instrument.Symbol} is in {instrument.Currency} and {own.Instrument.Symbol} in {own.Instrument.Currency}; name instruments of one currency.");
        if (plan.Timeframe is null && file.Timeframe is { Kind: TimeframeKind.Time } length && timeframe.Kind == TimeframeKind.Time && length.Amount > timeframe.Amount)
        {
            throw new InputException($"--leg: {leg.File} holds bars of {length}, and the strategy would act on bars of {timeframe} ({own.Name}); add --timeframe {length} or longer.");
        }
        BarSeries.LengthFor(file, timeframe);
        var found = new BacktestMarket(leg.File, instrument, file, DataRange.Of(file, plan.From, plan.To));
        (Timestamp from, Timestamp to) = DataRange.SpanOf(file, found.Events);
        (Timestamp ownFrom, Timestamp ownTo) = DataRange.SpanOf(own.File, own.Events);
        if (from < ownTo && ownFrom < to) return found;
        throw new InputException($"--leg: {leg.File} covers {from} to {to}, and {own.Name} {ownFrom} to {ownTo}: they have no time in common; name files of one time.");
    }
}
