using System.Globalization;

namespace Tradewind.Core.Model;

/// <summary>What a bar counts until it closes.</summary>
public enum TimeframeKind : byte
{
    /// <summary>Bars of equal time, aligned to midnight UTC below one day and to the trading day from one day on.</summary>
    Time = 0,

    /// <summary>Bars of an equal number of trades.</summary>
    Trades = 1,

    /// <summary>Bars that close once the traded volume reaches the amount.</summary>
    Volume = 2,

    /// <summary>Bars whose high minus low reaches the amount, counted in ticks of the instrument.</summary>
    Range = 3,
}

/// <summary>How market data is cut into bars: <c>1s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>, <c>100t</c> (trades), <c>1000v</c> (volume), <c>8r</c> (range in ticks).</summary>
public readonly record struct Timeframe(TimeframeKind Kind, long Amount)
{
    public static readonly Timeframe OneSecond = Seconds(1);
    public static readonly Timeframe OneMinute = Minutes(1);
    public static readonly Timeframe OneDay = new(TimeframeKind.Time, Timestamp.NanosecondsPerDay);

    public static Timeframe Seconds(int count) => new(TimeframeKind.Time, count * Timestamp.NanosecondsPerSecond);

    public static Timeframe Minutes(int count) => new(TimeframeKind.Time, count * Timestamp.NanosecondsPerMinute);

    /// <summary>True for time bars of one day or longer: they follow the trading day, not the clock.</summary>
    public bool IsDaily => Kind == TimeframeKind.Time && Amount >= Timestamp.NanosecondsPerDay;

    /// <summary>Reads the notation of this type's summary; false for anything else or an amount below 1.</summary>
    public static bool TryParse(string? text, out Timeframe timeframe)
    {
        timeframe = default;
        if (text is not { Length: >= 2 }) return false;
        if (!long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long amount)) return false;
        if (amount is < 1 or > 1_000_000_000) return false;
        (TimeframeKind kind, long unit) = text[^1] switch
        {
            's' => (TimeframeKind.Time, Timestamp.NanosecondsPerSecond),
            'm' => (TimeframeKind.Time, Timestamp.NanosecondsPerMinute),
            'h' => (TimeframeKind.Time, Timestamp.NanosecondsPerHour),
            'd' => (TimeframeKind.Time, Timestamp.NanosecondsPerDay),
            't' => (TimeframeKind.Trades, 1L),
            'v' => (TimeframeKind.Volume, 1L),
            'r' => (TimeframeKind.Range, 1L),
            _ => (TimeframeKind.Time, 0L),
        };
        if (unit == 0 || amount > long.MaxValue / unit) return false;
        timeframe = new(kind, amount * unit);
        return true;
    }

    public override string ToString() => Kind switch
    {
        TimeframeKind.Trades => $"{Amount}t",
        TimeframeKind.Volume => $"{Amount}v",
        TimeframeKind.Range => $"{Amount}r",
        _ when Amount % Timestamp.NanosecondsPerDay == 0 => $"{Amount / Timestamp.NanosecondsPerDay}d",
        _ when Amount % Timestamp.NanosecondsPerHour == 0 => $"{Amount / Timestamp.NanosecondsPerHour}h",
        _ when Amount % Timestamp.NanosecondsPerMinute == 0 => $"{Amount / Timestamp.NanosecondsPerMinute}m",
        _ => $"{Amount / Timestamp.NanosecondsPerSecond}s",
    };
}
