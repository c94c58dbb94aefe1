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
        foreach (JsonElement entry in Entries(payload, what, 0)) rows.Add(read(new(entry, what)));
        return rows;
    }

    /// <exception cref="WireException">Something in it is no object.</exception>
    public static IEnumerable<JsonElement> Entries(JsonElement payload, string what, int depth = 0)
    {
        if (payload.ValueKind == JsonValueKind.Null) return [];
        if (depth > DeepestNesting) throw new WireException($"the {what} is nested too deeply");
        if (payload.ValueKind == JsonValueKind.Array) return payload.EnumerateArray().SelectMany(entry => Entries(entry, what, depth + 1));
        if (payload.ValueKind != JsonValueKind.Object) throw new WireException($"the {what} is a {payload.ValueKind}, expected an object");
        return payload.TryGetProperty("data", out JsonElement data) && data.ValueKind is not (JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)
            ? Entries(data, what, depth + 1)
            : [payload];
    }
}
