using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>ISO 8601 dates and times with an offset: <c>2013-10-06T22:00:00.123456789+02:00</c>. Seconds and fraction may be missing, a space may stand for the T.</summary>
internal static class IsoTime
{
    public const int DateLength = 10;

    private const int FirstYear = 1678;
    private const int LastYear = 2261;
    private const int MostFractionDigits = 9;

    /// <summary>Seconds since midnight of eight letters <c>HH:mm:ss</c> in memory order; negative when they are anything else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SecondOfDay(ulong letters)
    {
        const ulong Zeros = 0x3030_3A30_303A_3030; // the letters 00:00:00, lowest byte first
        const ulong HighHalves = 0xF0F0_FFF0_F0FF_F0F0;
        const ulong AboveNine = 0x0606_0006_0600_0606; // pushes a digit above nine into the high half
        ulong digits = (BitConverter.IsLittleEndian ? letters : BinaryPrimitives.ReverseEndianness(letters)) ^ Zeros;
        if (((digits | (digits + AboveNine)) & HighHalves) != 0) return -1;
        int hour = (int)(digits & 15) * 10 + (int)(digits >> 8 & 15);
        int minute = (int)(digits >> 24 & 15) * 10 + (int)(digits >> 32 & 15);
        int second = (int)(digits >> 48 & 15) * 10 + (int)(digits >> 56);
        return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : -1;
    }

    /// <summary>The first ten letters as a date; the result is its midnight UTC.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-') return false;
        int year = Digits(text[..4]), month = Digits(text[5..7]), day = Digits(text[8..10]);
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        nanoseconds = (new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) * 100;
        return true;
    }

    /// <summary>Reads a whole field.</summary>
    /// <param name="nanoseconds">UTC.</param>
    /// <param name="offsetMinutes">What the local time is ahead of UTC.</param>
    public static ClockFault Read(ReadOnlySpan<byte> field, out long nanoseconds, out int offsetMinutes)
    {
        offsetMinutes = 0;
        field = field.TrimEnd((byte)'\n');
        if (!TryReadDate(field, out nanoseconds)) return IsDateOutOfRange(field) ? ClockFault.OutOfRange : ClockFault.NotATime;
        ReadOnlySpan<byte> rest = field[DateLength..];
        if (rest.IsEmpty) return ClockFault.NoOffset;
        if (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' ')) return ClockFault.NotATime;
        rest = rest[1..];
        if (!TryReadClock(ref rest, out long sinceMidnight)) return ClockFault.NotATime;
        if (rest.IsEmpty) return ClockFault.NoOffset;
        if (!TryReadOffset(rest, out offsetMinutes)) return ClockFault.NotATime;
        nanoseconds += sinceMidnight - offsetMinutes * Timestamp.NanosecondsPerMinute;
        return ClockFault.None;
    }

    /// <summary>UTC with 0, 3, 6 or 9 decimals of the second, whichever are needed.</summary>
    public static bool TryFormat(Timestamp time, Span<byte> destination, out int written) =>
        Encoding.UTF8.TryGetBytes(time.ToString(), destination, out written);

    /// <summary><c>HH:mm</c>, <c>HH:mm:ss</c> or <c>HH:mm:ss.f</c>, cut off the front of the text.</summary>
    private static bool TryReadClock(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < 5 || text[2] != ':') return false;
        int hour = Digits(text[..2]), minute = Digits(text[3..5]), second = 0;
        text = text[5..];
        if (text.Length >= 3 && text[0] == ':')
        {
            second = Digits(text[1..3]);
            text = text[3..];
            if (!TryReadFraction(ref text, out nanoseconds)) return false;
        }
        nanoseconds += (hour * 3600L + minute * 60L + second) * Timestamp.NanosecondsPerSecond;
        return hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.IsEmpty || text[0] != '.') return true;
        int digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0) digits = text.Length - 1;
        if (digits is 0 or > MostFractionDigits) return false;
        for (int i = 1; i <= MostFractionDigits; i++) nanoseconds = nanoseconds * 10 + (i <= digits ? text[i] - '0' : 0);
        text = text[(digits + 1)..];
        return true;
    }

    /// <summary><c>Z</c>, <c>+hh:mm</c>, <c>+hhmm</c> or <c>+hh</c>.</summary>
    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1) return text[0] is (byte)'Z' or (byte)'z';
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6)) return false;
        if (text.Length == 6 && text[3] != ':') return false;
        int hour = Digits(text[1..3]);
        int minute = text.Length == 3 ? 0 : Digits(text[^2..]);
        if (hour is < 0 or > 18 || minute is < 0 or > 59) return false;
        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    /// <summary>True for a well-formed date whose year a timestamp cannot hold.</summary>
    private static bool IsDateOutOfRange(ReadOnlySpan<byte> text) =>
        text.Length >= DateLength && text[4] == '-' && text[7] == '-' && Digits(text[..4]) is (>= 0 and < FirstYear) or > LastYear && Digits(text[5..7]) is >= 1 and <= 12;

    /// <summary>The value of a run of decimal digits; -1 when one of them is none.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte letter in text)
        {
            if (letter is < (byte)'0' or > (byte)'9') return -1;
            value = value * 10 + (letter - '0');
        }
        return value;
    }
}
