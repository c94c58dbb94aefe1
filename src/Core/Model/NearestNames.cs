namespace Tradewind.Core.Model;

/// <summary>Names that a mistyped one may have meant.</summary>
public static class NearestNames
{
    private const int Most = 3;
    private const int ShortestWord = 4;

    /// <summary>The nearest names as the end of a sentence, or nothing where none is near.</summary>
    public static string Suggestion(string mistyped, IEnumerable<string> names)
    {
        int limit = Math.Max(2, mistyped.Length / 3);
        string[] near = [.. names.Select(name => (name, distance: Distance(mistyped.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(each => each.distance <= limit || (mistyped.Length >= 3 && each.name.StartsWith(mistyped, StringComparison.OrdinalIgnoreCase)) || SharesAWord(mistyped, each.name))
            .OrderBy(each => each.distance).ThenBy(each => each.name, StringComparer.Ordinal)
            .Take(Most).Select(each => each.name)];
        return near.Length == 0 ? "" : $"; near names: {string.Join(", ", near)}";
    }

    /// <summary>moving-avrage and moving-average-cross; only whole words that say something.</summary>
    private static bool SharesAWord(string mistyped, string name) =>
        mistyped.Split('-').Where(word => word.Length >= ShortestWord).Intersect(name.Split('-'), StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>Letters to insert, drop or replace to turn one into the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
