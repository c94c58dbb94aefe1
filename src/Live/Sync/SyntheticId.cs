using System.Globalization;

namespace Tradewind.Live.Sync;

/// <summary>Numbers of executions that the venue did not tell.</summary>
internal static class SyntheticId
{
    /// <summary>Below 0, and always the same for an order and the quantity that is filled with it (FNV-1a, 64 bits).</summary>
    public static long Of(string clientId, decimal filled)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in clientId) hash = (hash ^ c) * 1099511628211;
        foreach (char c in filled.ToString("0.############################", CultureInfo.InvariantCulture)) hash = (hash ^ c) * 1099511628211;
        return -(long)((hash >> 1) | 1);
    }
}
