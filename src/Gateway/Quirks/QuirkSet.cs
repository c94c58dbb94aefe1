namespace Tradewind.Gateway.Quirks;

/// <summary>Which quirks are switched on. May be changed and read by any thread at any time; reading costs one load.</summary>
public sealed class QuirkSet
{
    private ulong _on;

    public QuirkSet(params IEnumerable<Quirk> quirks)
    {
        ArgumentNullException.ThrowIfNull(quirks);
        foreach (Quirk quirk in quirks) Set(quirk, isOn: true);
    }

    public bool Has(Quirk quirk) => (Volatile.Read(ref _on) & BitOf(quirk)) != 0;

    /// <summary>Whether any of some is on.</summary>
    internal bool HasAny(ulong bits) => (Volatile.Read(ref _on) & bits) != 0;

    public void Set(Quirk quirk, bool isOn)
    {
        if (isOn) Interlocked.Or(ref _on, BitOf(quirk));
        else Interlocked.And(ref _on, ~BitOf(quirk));
    }

    internal static ulong BitsOf(params ReadOnlySpan<Quirk> quirks)
    {
        ulong bits = 0;
        foreach (Quirk quirk in quirks) bits |= BitOf(quirk);
        return bits;
    }

    private static ulong BitOf(Quirk quirk) => 1UL << (int)quirk;
}
