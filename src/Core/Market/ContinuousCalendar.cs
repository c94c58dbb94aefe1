using Tradewind.Core.Model;

namespace Tradewind.Core.Market;

/// <summary>Never closes; a trading day is a day of UTC. For crypto and for made-up data.</summary>
public sealed class ContinuousCalendar : SessionCalendar
{
    public static readonly ContinuousCalendar Instance = new();

    private ContinuousCalendar()
    {
    }

    public override string Name => "continuous";

    public override Session SessionAt(Timestamp time)
    {
        long day = Timestamp.FloorDivide(time.Nanoseconds, Timestamp.NanosecondsPerDay);
        var open = new Timestamp(day * Timestamp.NanosecondsPerDay);
        return new(DateOnly.FromDayNumber((int)day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber), open, open + TimeSpan.FromDays(1));
    }
}
