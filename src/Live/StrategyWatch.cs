using Tradewind.Core.Strategies;

namespace Tradewind.Live;

/// <summary>How long calls of a strategy took, in microseconds.</summary>
public sealed record CallTimes(long Count, double MeanMicroseconds, double LongestMicroseconds);

/// <summary>What a call of a strategy may take.</summary>
public sealed record StrategyWatchOptions
{
    /// <summary>A call that took longer suspends its strategy once it returns. 1 ms to 1 min.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A call that takes longer still, and has not returned, holds the engine up: people are told, and no new risk is taken when it returns. Above <see cref="Budget"/>, at most 10 min.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">Lists everything that is wrong.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (Budget < TimeSpan.FromMilliseconds(1) || Budget > TimeSpan.FromMinutes(1)) faults.Add($"Budget must be between 1 ms and 1 minute, found {Budget}.");
        if (Patience <= Budget || Patience > TimeSpan.FromMinutes(10)) faults.Add($"Patience must be above Budget ({Budget}) and at most 10 minutes, found {Patience}.");
        if (faults.Count > 0) throw new ArgumentException(string.Join(' ', faults));
    }
}

/// <summary>Measures each call of each strategy. The engine tells it when; it alone has a clock.</summary>
/// <remarks>A strategy is called by one thread at a time, and different ones by different threads, so that each has a seat of its own; anybody may look.</remarks>
public sealed class StrategyWatch : IStrategyWatch
{
    private readonly TimeProvider _time;
    private Seat[] _seats = [];
    private int _slow;

    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public StrategyWatch(TimeProvider time, StrategyWatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _time = time;
        Options = options;
    }

    public StrategyWatchOptions Options { get; }

    /// <summary>Before the engine's first input, once all strategies have joined.</summary>
    public void Cover(int strategies) => _seats = [.. Enumerable.Range(0, 2 * strategies).Select(_ => new Seat())];

    public void Enter(int strategy, bool isShadow) => Volatile.Write(ref _seats[SeatOf(strategy, isShadow)].Since, Math.Max(1, _time.GetTimestamp()));

    public void Leave(int strategy, bool isShadow)
    {
        Seat seat = _seats[SeatOf(strategy, isShadow)];
        long ticks = _time.GetElapsedTime(seat.Since).Ticks;
        Volatile.Write(ref seat.Since, 0);
        seat.Ticks += ticks;
        seat.Longest = Math.Max(seat.Longest, ticks);
        Volatile.Write(ref seat.Count, seat.Count + 1);
        if (ticks <= Options.Budget.Ticks) return;
        Volatile.Write(ref seat.Over, ticks);
        Interlocked.Increment(ref _slow);
    }

    /// <summary>A strategy, or the version beside it, that went over its budget since it was last asked for here.</summary>
    public bool TryTakeSlow(out int strategy, out bool isShadow, out TimeSpan took)
    {
        (strategy, isShadow, took) = (-1, false, default);
        if (Volatile.Read(ref _slow) == 0) return false;
        for (int i = 0; i < _seats.Length; i++)
        {
            long ticks = Interlocked.Exchange(ref _seats[i].Over, 0);
            if (ticks == 0) continue;
            (strategy, isShadow, took) = (i / 2, i % 2 == 1, TimeSpan.FromTicks(ticks));
            return true;
        }
        Volatile.Write(ref _slow, 0);
        return false;
    }

    /// <summary>The strategy whose call has taken longer than <see cref="StrategyWatchOptions.Patience"/> and has not returned; null while there is none. From any thread.</summary>
    public (int Strategy, bool IsShadow, TimeSpan For)? FindStuck()
    {
        for (int i = 0; i < _seats.Length; i++)
        {
            long since = Volatile.Read(ref _seats[i].Since);
            if (since != 0 && _time.GetElapsedTime(since) is var taken && taken > Options.Patience) return (i / 2, i % 2 == 1, taken);
        }
        return null;
    }

    /// <summary>Null before the first call. From the engine's thread.</summary>
    public CallTimes? Times(int strategy)
    {
        int index = SeatOf(strategy, isShadow: false);
        if ((uint)index >= (uint)_seats.Length || _seats[index] is not { Count: > 0 } seat) return null;
        return new(seat.Count, TimeSpan.FromTicks(seat.Ticks).TotalMicroseconds / seat.Count, TimeSpan.FromTicks(seat.Longest).TotalMicroseconds);
    }

    private static int SeatOf(int strategy, bool isShadow) => 2 * strategy + (isShadow ? 1 : 0);

    private sealed class Seat
    {
        /// <summary>When the call began; 0 while there is none.</summary>
        public long Since;
        public long Count;
        public long Ticks;
        public long Longest;

        /// <summary>How long a call took that went over the budget; 0 once it was taken note of.</summary>
        public long Over;
    }
}
