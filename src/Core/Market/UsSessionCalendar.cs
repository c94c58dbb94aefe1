using Tradewind.Core.Model;

namespace Tradewind.Core.Market;

/// <summary>A venue that trades Monday to Friday at wall-clock hours of Chicago or New York, but for the days of a table. The trading day is the date on which the session closes.</summary>
public sealed class UsSessionCalendar : SessionCalendar
{
    private readonly UsTime _zone;
    private readonly TradingHours[] _hours;
    private readonly SpecialDays _specialDays;

    /// <param name="hours">Oldest first; the first row also serves all dates before it.</param>
    internal UsSessionCalendar(string name, UsTime zone, TradingHours[] hours, SpecialDay[] specialDays)
    {
        Name = name;
        _zone = zone;
        _hours = hours;
        _specialDays = new(specialDays);
    }

    public override string Name { get; }

    /// <remarks>Sessions do not overlap and close on their own date, by day: the first one that closes after the instant is the answer.</remarks>
    public override Session SessionAt(Timestamp time)
    {
        long local = _zone.ToLocal(time.Nanoseconds);
        int day = (int)Timestamp.FloorDivide(local, Timestamp.NanosecondsPerDay);
        int minute = (int)((local - day * Timestamp.NanosecondsPerDay) / Timestamp.NanosecondsPerMinute);
        int close = CloseOf(day);
        if (minute >= close) close = CloseOf(++day);
        while (close == SpecialDay.Closed) close = CloseOf(++day);
        return new(Days.ToDate(day), At(day, OpenOf(day)), At(day, close));
    }

    private int CloseOf(int day)
    {
        if (Days.IsWeekend(day)) return SpecialDay.Closed;
        return _specialDays.On(day)?.Close ?? HoursOf(day).Close;
    }

    private int OpenOf(int day)
    {
        if (_specialDays.On(day)?.Open is { } open) return open;
        TradingHours hours = HoursOf(day);
        if (hours.Open == hours.OpenAfterClosure) return hours.Open;
        bool isEveRegular = !Days.IsWeekend(day - 1) && _specialDays.On(day - 1)?.Close is null;
        return isEveRegular ? hours.Open : hours.OpenAfterClosure;
    }

    private TradingHours HoursOf(int day)
    {
        int row = _hours.Length - 1;
        while (row > 0 && day < Days.Number(_hours[row].From)) row--;
        return _hours[row];
    }

    private Timestamp At(int day, int minute) => new(_zone.ToUtc(day * Timestamp.NanosecondsPerDay + minute * Timestamp.NanosecondsPerMinute));
}
