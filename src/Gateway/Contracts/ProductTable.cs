using System.Diagnostics.CodeAnalysis;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Contracts;

/// <summary>The products that the gateway knows, with the roots seen in a live list.</summary>
public static class ProductTable
{
    private const string Quarterly = "HMUZ";
    private const string Monthly = "FGHJKMNQUVXZ";
    private const string Gold = "GJMQVZ";

    private static readonly Dictionary<string, Product> Table = new[]
    {
        Listed("ES", "EP", Quarterly, Termination.ThirdFriday),
        Listed("NQ", "ENQ", Quarterly, Termination.ThirdFriday),
        Listed("CL", "CLE", Monthly, Termination.BeforeThe25th),
        Listed("GC", "GCE", Gold, Termination.EndOfMonthBefore),
        Listed("6E", "EU6", Quarterly, Termination.BeforeThirdWednesday),
        Listed("MES", "MES", Quarterly, Termination.ThirdFriday),
        Listed("MNQ", "MNQ", Quarterly, Termination.ThirdFriday),
        Listed("MCL", "MCLE", Monthly, Termination.DayBeforeThe25thRule),
        Listed("MGC", "MGC", Gold, Termination.EndOfMonthBefore),
        Listed("M6E", "M6E", Quarterly, Termination.BeforeThirdWednesday),
        Listed("RTY", "RTY", Quarterly, Termination.ThirdFriday),
        Listed("M2K", "M2K", Quarterly, Termination.ThirdFriday),
        Listed("YM", "YM", Quarterly, Termination.ThirdFriday),
        Listed("MYM", "MYM", Quarterly, Termination.ThirdFriday),
        Listed("ZN", "TYA", Quarterly, Termination.EndOfMonthBefore),
    }.ToDictionary(product => product.Instrument.Symbol, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Symbols => Table.Keys;

    internal static IEnumerable<Product> All => Table.Values;

    public static bool TryFind(string symbol, [NotNullWhen(true)] out Product? product) => Table.TryGetValue(symbol, out product);

    private static Product Listed(string symbol, string root, string cycle, Termination termination) =>
        Instruments.TryFind(symbol, out Instrument? instrument)
            ? new(instrument, root, cycle, termination)
            : throw new InvalidOperationException($"{symbol} is listed at the gateway but missing in the table of instruments.");
}
