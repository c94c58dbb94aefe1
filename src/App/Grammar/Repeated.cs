namespace Tradewind.App.Grammar;

/// <summary>Names that stand twice where each may stand once.</summary>
internal static class Repeated
{
    /// <summary>The first of them, as it was written first; null where there is none. Upper and lower case, and spaces around, make no other name.</summary>
    public static string? In(IEnumerable<string> names) => names.Select(name => name.Trim()).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1)?.Key;
}
