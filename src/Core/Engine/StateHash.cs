using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tradewind.Core.Engine;

/// <summary>A rolling 64-bit hash of everything the engine put out. Equal inputs give equal hashes on every machine.</summary>
/// <remarks>Made to detect differences, not to resist an attacker.</remarks>
public struct StateHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private ulong _value;

    public StateHash(ulong value) => _value = value;

    public readonly ulong Value => _value;

    public void Fold(long value) => _value = (BitOperations.RotateLeft(_value, 23) ^ (ulong)value) * Multiplier;

    public void Fold(ulong value) => Fold((long)value);

    public void Fold(double value) => Fold(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Folds the amount with its scale: 1.0 and 1.00 differ, which equal inputs never produce.</summary>
    public void Fold(in decimal value)
    {
        // Read as it is written, the flags apart from the digits: for a word that was just written in two parts the processor waits until both are in its cache.
        ref uint parts = ref Unsafe.As<decimal, uint>(ref Unsafe.AsRef(in value));
        Fold(parts | (ulong)Unsafe.Add(ref parts, 1) << 32);
        Fold(Unsafe.As<uint, long>(ref Unsafe.Add(ref parts, 2)));
    }

    public void Fold(string? text)
    {
        if (text is null)
        {
            Fold(-1);
            return;
        }
        Fold(text.Length);
        foreach (char letter in text) Fold(letter);
    }

    public override readonly string ToString() => _value.ToString("x16");
}
