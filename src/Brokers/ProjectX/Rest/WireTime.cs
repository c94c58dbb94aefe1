using System.Buffers.Text;
using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>Times on the wire: ISO 8601 with 0 to 9 fractional digits and an offset; without one they are UTC.</summary>
internal static class WireTime
{
    /// <summary>Milliseconds and Z, the form that the gateway accepts everywhere.</summary>
    public static string Write(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>False for anything that is not <c>yyyy-MM-ddTHH:mm:ss[.f…][Z|±hh:mm]</c> or no date of the calendar.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':') return false;
        if (!Number(text[..4], out int year) || !Number(text[5..7], out int month) || !Number(text[8..10], out int day)) return false;
        if (!Number(text[11..13], out int hour) || !Number(text[14..16], out int minute) || !Number(text[17..19], out int second)) return false;
        if (year is < 1900 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;
        ReadOnlySpan<byte> rest = text[19..];
        if (!TryReadFraction(ref rest, out long nanoseconds) || !TryReadOffset(rest, out int offsetMinutes)) return false;
        long seconds = (new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        seconds += hour * 3600L + (minute - offsetMinutes) * 60L + second;
        time = new(seconds * Timestamp.NanosecondsPerSecond + nanoseconds);
        return true;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, out long nanoseconds)
    {
        nanoseconds = 0;
        if (rest.IsEmpty || rest[0] != '.') return true;
        long unit = Timestamp.NanosecondsPerSecond;
        int length = 1;
        for (; length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9'; length++)
        {
            unit /= 10;
            nanoseconds += (rest[length] - '0') * unit;
        }
        rest = rest[length..];
        return length > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.IsEmpty || (rest.Length == 1 && rest[0] is (byte)'Z' or (byte)'z')) return true;
        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':') return false;
        if (!Number(rest[1..3], out int hour) || !Number(rest[4..6], out int minute) || hour > 14 || minute > 59) return false;
        minutes = (hour * 60 + minute) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value) => Utf8Parser.TryParse(digits, out value, out int used) && used == digits.Length && value >= 0;
}
