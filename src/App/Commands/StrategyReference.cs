namespace Tradewind.App.Commands;

/// <summary>A strategy as a user names it: one of the library, or one of a file (<c>My.cs</c>, <c>My.cs:name</c>, <c>My.dll:Type</c>).</summary>
/// <param name="File">Null for the library.</param>
/// <param name="Name">Null for the only one of the file.</param>
internal sealed record StrategyReference(string? File, string? Name)
{
    private static readonly string[] Endings = [".cs", ".dll"];

    public static StrategyReference Parse(string text)
    {
        foreach (string ending in Endings)
        {
            if (text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return new(text, null);
            int colon = text.LastIndexOf(ending + ":", StringComparison.OrdinalIgnoreCase);
            if (colon >= 0) return new(text[..(colon + ending.Length)], text[(colon + ending.Length + 1)..]);
        }
        return new(null, text);
    }
}
