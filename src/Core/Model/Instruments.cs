using System.Diagnostics.CodeAnalysis;
using Tradewind.Core.Market;

namespace Tradewind.Core.Model;

/// <summary>The built-in table of instruments. Margins are examples to be confirmed with the broker, not constants of nature.</summary>
public static class Instruments
{
    private static readonly Dictionary<string, Instrument> Table = new[]
    {
        Future("ES", "E-mini S&P 500", "CME", 0.25m, 50m, Calendars.CmeEquity),
        Future("MES", "Micro E-mini S&P 500", "CME", 0.25m, 5m, Calendars.CmeEquity),
        Future("NQ", "E-mini Nasdaq-100", "CME", 0.25m, 20m, Calendars.CmeEquity),
        Future("MNQ", "Micro E-mini Nasdaq-100", "CME", 0.25m, 2m, Calendars.CmeEquity),
        Future("CL", "Crude oil (WTI)", "NYMEX", 0.01m, 1000m, Calendars.CmeEnergyAndMetals),
        Future("MCL", "Micro crude oil (WTI)", "NYMEX", 0.01m, 100m, Calendars.CmeEnergyAndMetals),
        Future("GC", "Gold", "COMEX", 0.1m, 100m, Calendars.CmeEnergyAndMetals),
        Future("MGC", "Micro gold", "COMEX", 0.1m, 10m, Calendars.CmeEnergyAndMetals),
        Future("6E", "Euro FX", "CME", 0.00005m, 125000m, Calendars.CmeFx),
        Future("M6E", "Micro euro FX", "CME", 0.0001m, 12500m, Calendars.CmeFx),
        Future("RTY", "E-mini Russell 2000", "CME", 0.1m, 50m, Calendars.CmeEquity),
        Future("M2K", "Micro E-mini Russell 2000", "CME", 0.1m, 5m, Calendars.CmeEquity),
        Future("YM", "E-mini Dow", "CBOT", 1m, 5m, Calendars.CmeEquity),
        Future("MYM", "Micro E-mini Dow", "CBOT", 1m, 0.5m, Calendars.CmeEquity),
        Future("ZN", "10-year T-note", "CBOT", 0.015625m, 1000m, Calendars.CmeRates),
        new Instrument("SPY", AssetClass.Equity, 0.01m, 1m, Calendars.UsEquityExtended) { Description = "SPDR S&P 500 ETF", Venue = "ARCA" },
        new Instrument("AAPL", AssetClass.Equity, 0.01m, 1m, Calendars.UsEquityExtended) { Description = "Apple", Venue = "NASDAQ" },
        new Instrument("BTCUSD", AssetClass.Crypto, 0.01m, 1m, ContinuousCalendar.Instance) { Description = "Bitcoin in US dollars", LotSize = 0.00000001m },
        new Instrument("EURUSD", AssetClass.Forex, 0.00001m, 1m, Calendars.Fx) { Description = "Euro in US dollars", MarginRate = 0.05 },
    }.ToDictionary(instrument => instrument.Symbol, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyCollection<Instrument> All => Table.Values;

    public static bool TryFind(string symbol, [NotNullWhen(true)] out Instrument? instrument) => Table.TryGetValue(symbol, out instrument);

    private static Instrument Future(string symbol, string description, string venue, decimal tickSize, decimal pointValue, SessionCalendar calendar) =>
        new(symbol, AssetClass.Future, tickSize, pointValue, calendar)
        {
            Description = description,
            Venue = venue,
            MarginRate = 0.1,
        };
}
