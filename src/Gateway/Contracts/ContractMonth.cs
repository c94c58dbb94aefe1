using System.Globalization;
using System.Text.RegularExpressions;

namespace Tradewind.Gateway.Contracts;

/// <summary>A delivery month of a product and the days that follow from it.</summary>
public readonly partial record struct ContractMonth(Product Product, int Year, int Month)
{
    /// <summary>Days from a contract's roll to its <see cref="Termination"/> day: on the roll day the next contract is the active one.</summary>
    public const int RollDays = 8;

    private const string Codes = "FGHJKMNQUVXZ";

    private char Code => Codes[Month - 1];

    public string Id => $"CON.{Product.SymbolId}.{Code}{Year % 100:D2}";

    /// <summary>The name has a one-digit year, as in the original's list: ESU6.</summary>
    public string Name => $"{Product.Instrument.Symbol}{Code}{Year % 10}";

    /// <summary>Positions show a two-digit year: ESU26.</summary>
    public string DisplayName => $"{Product.Instrument.Symbol}{Code}{Year % 100:D2}";

    public string Description => string.Create(CultureInfo.InvariantCulture, $"{Product.Instrument.Description}: {new DateOnly(Year, Month, 1):MMMM yyyy}");

    /// <summary>The first trading day on which this contract is no longer the active one.</summary>
    public DateOnly RollDay => Termination(Product.Termination).AddDays(-RollDays);

    public ContractMonth Next() => FirstFrom(Product, new DateOnly(Year, Month, 1).AddMonths(1));

    /// <summary>The contract that is active on a trading day: the first one whose roll day is still to come.</summary>
    public static ContractMonth ActiveOn(Product product, DateOnly tradingDay)
    {
        ContractMonth month = FirstFrom(product, new(tradingDay.Year, tradingDay.Month, 1));
        while (month.RollDay <= tradingDay) month = month.Next();
        return month;
    }

    /// <summary>Reads an id such as CON.F.US.EP.U26; the century is the 21st.</summary>
    public static ContractMonth? Parse(string id, IEnumerable<Product> products)
    {
        if (IdForm().Match(id) is not { Success: true } match) return null;
        char code = match.Groups[2].ValueSpan[0];
        Product? product = products.FirstOrDefault(product => product.SymbolId == match.Groups[1].Value && product.Cycle.Contains(code, StringComparison.Ordinal));
        return product is null ? null : new(product, 2000 + int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture), Codes.IndexOf(code, StringComparison.Ordinal) + 1);
    }

    private static ContractMonth FirstFrom(Product product, DateOnly month)
    {
        while (!product.Cycle.Contains(Codes[month.Month - 1], StringComparison.Ordinal)) month = month.AddMonths(1);
        return new(product, month.Year, month.Month);
    }

    private DateOnly Termination(Termination rule)
    {
        var first = new DateOnly(Year, Month, 1);
        return rule switch
        {
            Contracts.Termination.ThirdFriday => Nth(first, DayOfWeek.Friday, 3),
            Contracts.Termination.BeforeThirdWednesday => BusinessDaysBefore(Nth(first, DayOfWeek.Wednesday, 3), 2),
            Contracts.Termination.BeforeThe25th => CrudeEnd(first),
            Contracts.Termination.DayBeforeThe25thRule => BusinessDaysBefore(CrudeEnd(first), 1),
            _ => BusinessDaysBefore(first, 1),
        };
    }

    private static DateOnly CrudeEnd(DateOnly first)
    {
        DateOnly day = first.AddMonths(-1).AddDays(24);
        return BusinessDaysBefore(day, IsWeekend(day) ? 4 : 3);
    }

    private static DateOnly Nth(DateOnly first, DayOfWeek day, int count) => first.AddDays(((int)day - (int)first.DayOfWeek + 7) % 7 + 7 * (count - 1));

    private static DateOnly BusinessDaysBefore(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(-1);
            if (!IsWeekend(day)) count--;
        }
        return day;
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    [GeneratedRegex(@"^CON\.(F\.US\.[A-Z0-9]+)\.([FGHJKMNQUVXZ])([0-9][0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
