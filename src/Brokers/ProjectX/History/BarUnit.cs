using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.History;

/// <summary>A timeframe in the gateway's words: <c>unit</c> (1 second, 2 minute, 3 hour, 4 day) and <c>unitNumber</c>.</summary>
internal readonly record struct BarUnit(int Unit, int Number)
{
    /// <exception cref="FeedException">The gateway keeps time bars only.</exception>
    public static BarUnit Of(Timeframe timeframe)
    {
        if (timeframe.Kind != TimeframeKind.Time) throw new FeedException($"ProjectX has no history in bars of {timeframe}; ask for a timeframe of time, such as 1m.", FeedFault.NoHistory);
        (int unit, long length) = timeframe.Amount switch
        {
            var amount when amount % Timestamp.NanosecondsPerDay == 0 => (4, Timestamp.NanosecondsPerDay),
            var amount when amount % Timestamp.NanosecondsPerHour == 0 => (3, Timestamp.NanosecondsPerHour),
            var amount when amount % Timestamp.NanosecondsPerMinute == 0 => (2, Timestamp.NanosecondsPerMinute),
            _ => (1, Timestamp.NanosecondsPerSecond),
        };
        return new(unit, (int)(timeframe.Amount / length));
    }
}
