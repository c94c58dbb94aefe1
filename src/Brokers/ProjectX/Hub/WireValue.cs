using System.Buffers.Text;
using System.Text.Json;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>Reads single values of a payload, tolerant of numbers in quotes. Null counts as absent; anything else unfit is a failure, not an exception.</summary>
internal static class WireValue
{
    /// <summary>False for what is no number. The text "NaN" is a number here: the price check refuses it with a reason.</summary>
    public static bool TryNumber(ref Utf8JsonReader reader, ref double value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out value);
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String:
                ReadOnlySpan<byte> text = WireText.Read(ref reader);
                if (!Utf8Parser.TryParse(text, out double number, out int used) || used != text.Length) return false;
                value = number;
                return true;
            default:
                reader.Skip();
                return false;
        }
    }

    public static bool TryInteger(ref Utf8JsonReader reader, ref int value)
    {
        double number = value;
        if (!TryNumber(ref reader, ref number) || number != Math.Floor(number) || Math.Abs(number) > int.MaxValue) return false;
        value = (int)number;
        return true;
    }

    public static bool TryTime(ref Utf8JsonReader reader, ref Timestamp value)
    {
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (reader.TokenType == JsonTokenType.String && WireTime.TryRead(WireText.Read(ref reader), out value)) return true;
        reader.Skip();
        return false;
    }
}
