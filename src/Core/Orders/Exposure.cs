using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>Measures how long positions under protection stood without a confirmed stop of their size. Part of a snapshot, bit by bit.</summary>
internal struct Exposure
{
    private Timestamp _since;
    private TimeSpan _longest;
    private TimeSpan _total;
    private long _count;

    public bool IsRunning { get; private set; }

    /// <summary>The instant at which something must be done, while it runs.</summary>
    public Timestamp Deadline { get; set; }

    public void Start(Timestamp now, TimeSpan limit)
    {
        IsRunning = true;
        _since = now;
        Deadline = now + limit;
    }

    /// <summary>How long it has run, zero or more.</summary>
    public readonly TimeSpan LengthAt(Timestamp now) => IsRunning ? now - _since : TimeSpan.Zero;

    /// <returns>How long it ran.</returns>
    public TimeSpan Stop(Timestamp now)
    {
        TimeSpan length = LengthAt(now);
        IsRunning = false;
        if (length == TimeSpan.Zero) return length;
        _total += length;
        if (length > _longest) _longest = length;
        _count++;
        return length;
    }

    public readonly UnprotectedTime At(Timestamp now)
    {
        TimeSpan current = LengthAt(now);
        return new(current, current > _longest ? current : _longest, _total + current, current > TimeSpan.Zero ? _count + 1 : _count);
    }
}

/// <summary>Time for which positions under protection stood without a stop of their size that the venue had confirmed.</summary>
/// <param name="Current">Of the period that lasts now; zero while protected or flat.</param>
/// <param name="Longest">Of one period.</param>
/// <param name="Count">Periods longer than nothing: a stop that is confirmed at the instant of the fill is none.</param>
public readonly record struct UnprotectedTime(TimeSpan Current, TimeSpan Longest, TimeSpan Total, long Count)
{
    /// <summary>Both together: the lengths of the worse one, the sums of both.</summary>
    public UnprotectedTime And(in UnprotectedTime other) => new(
        Current > other.Current ? Current : other.Current, Longest > other.Longest ? Longest : other.Longest, Total + other.Total, Count + other.Count);
}
