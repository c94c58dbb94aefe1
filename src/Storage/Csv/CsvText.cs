using System.Text;

namespace Tradewind.Storage.Csv;

/// <summary>Pieces of a file as they are shown in messages.</summary>
internal static class CsvText
{
    private const int LongestShown = 60;

    /// <summary>The text in quotes, cut to what fits a message; control characters become dots.</summary>
    public static string Quote(ReadOnlySpan<byte> text) => text.IsEmpty ? "nothing" : $"\"{Shorten(Encoding.UTF8.GetString(text))}\"";

    public static string Shorten(string text)
    {
        string shown = text.Length > LongestShown ? string.Concat(text.AsSpan(0, LongestShown), "…") : text;
        return string.Concat(shown.Select(letter => char.IsControl(letter) || letter == '\uFFFD' ? '.' : letter));
    }
}
