using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tradewind.Storage.Csv;

/// <summary>Decimal text to the nearest double.</summary>
internal static class CsvNumber
{
    /// <summary>Whole numbers up to here, and powers of ten up to 22, are doubles without error; one division of two of them is rounded once (Clinger, 1990).</summary>
    private const ulong LargestExactMantissa = 1UL << 53;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads the number at the position and leaves the position behind its last letter.</summary>
    /// <param name="text">Ends with a newline, which stops the reading.</param>
    /// <returns>False where there is no finite number; the position then means nothing.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, ref int position, out double value)
    {
        int at = position;
        bool isNegative = text[at] == '-';
        if (isNegative) at++;
        int first = at;
        ulong mantissa = 0;
        uint digit;
        while ((digit = (uint)text[at] - '0') <= 9)
        {
            mantissa = mantissa * 10 + digit;
            at++;
        }
        int digits = at - first;
        int decimals = 0;
        if (text[at] == '.')
        {
            int point = at++;
            while ((digit = (uint)text[at] - '0') <= 9)
            {
                mantissa = mantissa * 10 + digit;
                at++;
            }
            decimals = at - point - 1;
            digits += decimals;
        }
        if (digits - 1 > 18 || mantissa > LargestExactMantissa || (text[at] | 0x20) == 'e') return TryReadAny(text, ref position, out value);
        value = mantissa / PowersOfTen[decimals];
        if (isNegative) value = -value;
        position = at;
        return digits > 0;
    }

    /// <summary>Any notation of the invariant culture: exponents, more digits than the short way holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadAny(ReadOnlySpan<byte> text, ref int position, out double value)
    {
        int length = text[position..].IndexOfAny((byte)',', (byte)'\n', (byte)'\r');
        if (length < 0 || !TryParse(text.Slice(position, length), out value))
        {
            value = 0;
            return false;
        }
        position += length;
        return true;
    }

    /// <summary>A whole field; false for anything but a finite number.</summary>
    public static bool TryParse(ReadOnlySpan<byte> field, out double value) =>
        double.TryParse(field, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);
}
