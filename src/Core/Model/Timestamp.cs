using System.Globalization;

namespace Tradewind.Core.Model;

/// <summary>A point in time: nanoseconds since 1970-01-01T00:00:00 UTC. The default value is that instant.</summary>
/// <remarks>Covers the years 1678 to 2262. Arithmetic does not check for overflow outside that range.</remarks>
public readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    public const long NanosecondsPerMicrosecond = 1_000;
    public const long NanosecondsPerMillisecond = 1_000_000;
    public const long NanosecondsPerSecond = 1_000_000_000;
    public const long NanosecondsPerMinute = 60 * NanosecondsPerSecond;
    public const long NanosecondsPerHour = 60 * NanosecondsPerMinute;
    public const long NanosecondsPerDay = 24 * NanosecondsPerHour;

    public static readonly Timestamp MinValue = new(long.MinValue);
    public static readonly Timestamp MaxValue = new(long.MaxValue);

    public static Timestamp FromUnixSeconds(long seconds) => new(seconds * NanosecondsPerSecond);

    public static Timestamp FromUtc(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) =>
        From(new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero));

    public static Timestamp From(DateTimeOffset time) => new((time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100);

    /// <summary>The same instant at 100 ns resolution; what is finer is cut off towards the past.</summary>
    public DateTimeOffset ToDateTimeOffset() => new(DateTime.UnixEpoch.Ticks + FloorDivide(Nanoseconds, 100), TimeSpan.Zero);

    public static Timestamp operator +(Timestamp time, TimeSpan span) => new(time.Nanoseconds + span.Ticks * 100);

    public static Timestamp operator -(Timestamp time, TimeSpan span) => new(time.Nanoseconds - span.Ticks * 100);

    /// <summary>The time between two instants at 100 ns resolution.</summary>
    public static TimeSpan operator -(Timestamp later, Timestamp earlier) => new((later.Nanoseconds - earlier.Nanoseconds) / 100);

    public static bool operator <(Timestamp a, Timestamp b) => a.Nanoseconds < b.Nanoseconds;

    public static bool operator >(Timestamp a, Timestamp b) => a.Nanoseconds > b.Nanoseconds;

    public static bool operator <=(Timestamp a, Timestamp b) => a.Nanoseconds <= b.Nanoseconds;

    public static bool operator >=(Timestamp a, Timestamp b) => a.Nanoseconds >= b.Nanoseconds;

    public int CompareTo(Timestamp other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>ISO 8601 in UTC with as many fractional digits (0, 3, 6 or 9) as the value has.</summary>
    public override string ToString()
    {
        string seconds = ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        long fraction = Nanoseconds - FloorDivide(Nanoseconds, NanosecondsPerSecond) * NanosecondsPerSecond;
        if (fraction == 0) return seconds + "Z";
        if (fraction % NanosecondsPerMillisecond == 0) return $"{seconds}.{fraction / NanosecondsPerMillisecond:D3}Z";
        if (fraction % NanosecondsPerMicrosecond == 0) return $"{seconds}.{fraction / NanosecondsPerMicrosecond:D6}Z";
        return $"{seconds}.{fraction:D9}Z";
    }

    /// <summary>Division that rounds towards minus infinity, so that instants before 1970 fall into the right unit.</summary>
    internal static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
