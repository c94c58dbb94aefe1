using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Accounts;

/// <summary>The prop firm's day: it turns at 17:00 in Chicago.</summary>
internal static class TradingDay
{
    private static readonly TimeSpan Turn = TimeSpan.FromHours(17);

    /// <summary>The next 17:00 in Chicago after an instant.</summary>
    public static Timestamp NextTurn(Timestamp now) => Next(now, Turn);

    /// <summary>The next instant at which it is this time of day in Chicago.</summary>
    public static Timestamp Next(Timestamp now, TimeSpan timeOfDay)
    {
        DateTime local = UsTime.Chicago.ToLocal(now).Date + timeOfDay;
        while (UsTime.Chicago.ToUtc(local) <= now) local = local.AddDays(1);
        return UsTime.Chicago.ToUtc(local);
    }

    /// <summary>Whether it is between an account's flat-by time and the turn of the day.</summary>
    public static bool IsFlatTime(Timestamp now, TimeOnly? flatBy) =>
        flatBy is { } time && UsTime.Chicago.ToLocal(now).TimeOfDay is var local && local >= time.ToTimeSpan() && local < Turn;
}
