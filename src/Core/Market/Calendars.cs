using System.Diagnostics.CodeAnalysis;

namespace Tradewind.Core.Market;

/// <summary>The calendars there are, by name.</summary>
public static class Calendars
{
    /// <summary>E-mini and micro index futures of CME and CBOT.</summary>
    public static readonly SessionCalendar CmeEquity = new UsSessionCalendar("cme-equity", UsTime.Chicago, CmeHours.Equity, CmeHours.EquityDays);

    /// <summary>Futures of NYMEX and COMEX.</summary>
    public static readonly SessionCalendar CmeEnergyAndMetals = new UsSessionCalendar("cme-energy-metals", UsTime.Chicago, CmeHours.EnergyAndMetals, CmeHours.EnergyAndMetalsDays);

    /// <summary>Currency futures of CME.</summary>
    public static readonly SessionCalendar CmeFx = new UsSessionCalendar("cme-fx", UsTime.Chicago, CmeHours.FxAndRates, CmeHours.FxDays);

    /// <summary>Treasury and other interest-rate futures of CBOT and CME.</summary>
    public static readonly SessionCalendar CmeRates = new UsSessionCalendar("cme-rates", UsTime.Chicago, CmeHours.FxAndRates, CmeHours.RatesDays);

    /// <summary>US shares, regular hours only.</summary>
    public static readonly SessionCalendar UsEquity = new UsSessionCalendar("us-equity", UsTime.NewYork, UsEquityHours.Regular, UsEquityHours.RegularDays);

    /// <summary>US shares with what trades before and after regular hours.</summary>
    public static readonly SessionCalendar UsEquityExtended = new UsSessionCalendar("us-equity-extended", UsTime.NewYork, UsEquityHours.Extended, UsEquityHours.ExtendedDays);

    /// <summary>Spot currencies: Sunday 17:00 to Friday 17:00 New York, a new day at 17:00. It knows no holidays, though banks hardly quote on 25 December and 1 January.</summary>
    public static readonly SessionCalendar Fx = new UsSessionCalendar("fx", UsTime.NewYork, [new(DateOnly.MinValue, -7 * 60, 17 * 60)], []);

    private static readonly Dictionary<string, SessionCalendar> Table = new SessionCalendar[]
    {
        CmeEquity, CmeEnergyAndMetals, CmeFx, CmeRates, UsEquity, UsEquityExtended, Fx, ContinuousCalendar.Instance,
    }.ToDictionary(calendar => calendar.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyCollection<SessionCalendar> All => Table.Values;

    public static bool TryFind(string name, [NotNullWhen(true)] out SessionCalendar? calendar) => Table.TryGetValue(name, out calendar);
}
