using System.Globalization;
using System.Text.Json;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>
/// The members of one JSON object, read as they were meant: numbers may come as text, names in any case, null counts as absent, members
/// that nobody asks for are ignored. What does not fit its meaning is a <see cref="WireException"/>, never a guess.
/// </summary>
/// <param name="what">What the object is, for the sentence: <c>order</c>.</param>
internal readonly struct WireObject(JsonElement element, string what)
{
    /// <summary>Prices and sums of money beyond it are no such: what is calculated with them need not fit any number.</summary>
    private const decimal MostAmount = 1_000_000_000_000m;

    /// <exception cref="WireException">It is absent or no whole number.</exception>
    public long Whole(string name) => WholeOrNull(name) ?? throw Missing(name);

    /// <exception cref="WireException">It is there and no whole number.</exception>
    public long? WholeOrNull(string name) => Number(name) is not { } amount ? null
        : amount == decimal.Truncate(amount) && amount is >= long.MinValue and <= long.MaxValue ? (long)amount : throw Unfit(name, "a whole number");

    /// <summary>A code of an enumeration: absent, of another form or new in a later version of the gateway, it is the default of the type, which means unknown.</summary>
    public T Code<T>(string name) where T : struct, Enum
    {
        try
        {
            return WholeOrNull(name) is { } code and >= int.MinValue and <= int.MaxValue && Enum.IsDefined((T)(object)(int)code) ? (T)(object)(int)code : default;
        }
        catch (WireException)
        {
            return default;
        }
    }

    /// <exception cref="WireException">It is there and no number, or one of more than 10¹².</exception>
    public decimal? Amount(string name) => Number(name) is not { } number ? null : Math.Abs(number) <= MostAmount ? number : throw Unfit(name, "a number of at most 10^12");

    private decimal? Number(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number)) return number;
        bool isText = value.ValueKind == JsonValueKind.String;
        if (isText && decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return number;
        throw Unfit(name, "a number");
    }

    /// <exception cref="WireException">It is absent or no number.</exception>
    public decimal AmountOf(string name) => Amount(name) ?? throw Missing(name);

    /// <summary>A text, or a number's digits.</summary>
    /// <exception cref="WireException">It is there and neither.</exception>
    public string? Text(string name) => Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw Unfit(name, "a text"),
    };

    /// <exception cref="WireException">It is there and neither true nor false.</exception>
    public bool? Flag(string name) => Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out bool flag) => flag,
        _ => throw Unfit(name, "true or false"),
    };

    /// <exception cref="WireException">It is there and no ISO 8601 time.</exception>
    public Timestamp? Time(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && WireTime.TryRead(System.Text.Encoding.UTF8.GetBytes(value.GetString()!), out Timestamp time)) return time;
        throw Unfit(name, "an ISO 8601 time");
    }

    public WireException Missing(string name) => new($"the {what} has no {name}");

    public WireException Unfit(string name, string expected) => new($"the {what}'s {name} is {Shortened(Find(name)?.GetRawText())}, expected {expected}");

    /// <summary>Null where it is absent or null.</summary>
    private JsonElement? Find(string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value))
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) value = member.Value;
            }
        }
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value;
    }

    private static string Shortened(string? text) => text is null ? "absent" : text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>Something that the gateway sent does not fit its meaning; the message is part of a sentence.</summary>
internal sealed class WireException(string message) : Exception(message);
