using System.Text.Json;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>Texts of the wire as bytes, with or without escapes: some servers write a time's plus sign as \u002B.</summary>
internal static class WireText
{
    private const int Longest = 128;

    /// <param name="reader">At a string.</param>
    /// <returns>The text; empty where it has escapes and is longer than any time, number or contract id.</returns>
    public static ReadOnlySpan<byte> Read(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence) return reader.ValueSpan;
        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > Longest) return [];
        var text = new byte[length];
        return text.AsSpan(0, reader.CopyString(text));
    }
}
