using System.Text.Json;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>Finds the objects in a payload, which may be an object, an <c>{action, data}</c> envelope, or an array of either; nulls are skipped.</summary>
internal static class WireRows
{
    private const int DeepestNesting = 4;

    /// <exception cref="WireException">Something in it is no object or cannot be read: nobody can say what is missing, so nothing is taken.</exception>
    public static List<T> Read<T>(JsonElement payload, string what, Func<WireObject, T> read)
    {
        List<T> rows = [];
        foreach (JsonElement part in Parts(payload))
        {
            if (part.ValueKind != JsonValueKind.Object) throw new WireException($"the {what} is a {part.ValueKind}, expected an object");
            rows.Add(read(new(part, what)));
        }
        return rows;
    }

    /// <summary>The objects, and what is there in place of one.</summary>
    public static IEnumerable<JsonElement> Parts(JsonElement payload, int depth = 0)
    {
        if (payload.ValueKind == JsonValueKind.Null) return [];
        if (payload.ValueKind == JsonValueKind.Array && depth < DeepestNesting) return payload.EnumerateArray().SelectMany(entry => Parts(entry, depth + 1));
        // A row with a member of that name is a row.
        bool isEnvelope = payload.ValueKind == JsonValueKind.Object && !payload.TryGetProperty("id", out _) && payload.TryGetProperty("data", out JsonElement data)
            && data.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null;
        return isEnvelope && depth < DeepestNesting ? Parts(payload.GetProperty("data"), depth + 1) : [payload];
    }
}
