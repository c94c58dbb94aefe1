namespace Tradewind.Simulation.Market;

/// <summary>What a source of chance is for. Each value names its own stream, so that one more draw here changes nothing there.</summary>
internal static class Purpose
{
    public const ulong Days = 1;
    public const ulong Jumps = 2;
    public const ulong Minutes = 3;

    /// <summary>Plus the underlying's index.</summary>
    public const ulong Steps = 16;

    /// <summary>Plus the instrument's key.</summary>
    public const ulong Orders = 1UL << 32;
    public const ulong Bars = 2UL << 32;
    public const ulong Ladder = 3UL << 32;
    public const ulong BarSeconds = 4UL << 32;

    /// <summary>A number for a symbol that stays the same for ever (FNV-1a, 32 bits).</summary>
    public static ulong KeyOf(string symbol)
    {
        uint hash = 2_166_136_261;
        foreach (char letter in symbol.ToUpperInvariant()) hash = (hash ^ letter) * 16_777_619;
        return hash;
    }
}
