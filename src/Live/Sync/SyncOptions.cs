namespace Tradewind.Live.Sync;

/// <summary>How often and how patiently the account is compared with the venue.</summary>
public sealed record SyncOptions
{
    /// <summary>Between two comparisons while orders work.</summary>
    public TimeSpan CompareWorking { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two comparisons while none works; also between two sweeps of all executions.</summary>
    public TimeSpan CompareIdle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A comparison waits until no execution has come for this long.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>It waits so for at most this long.</summary>
    public TimeSpan QuietPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long two rows of one event (an order's fill volume, the execution, the position) may be apart before one of them counts as missing.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The least time between two sightings that together prove an absence, a difference or a silence.</summary>
    public TimeSpan ProofSpacing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the venue must insist on what contradicts better knowledge before it is believed: a position that was held before, or that no row reports any more,
    /// and a list of executions without one that it told itself.
    /// </summary>
    public TimeSpan Distrust { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Without an answer for this long a request has failed.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after a failed request; it doubles up to <see cref="MaxRetryWait"/>.</summary>
    public TimeSpan RetryWait { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan MaxRetryWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How old the last good comparison may be before the account counts as unknown.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Between two questions whether a restricted account may trade again.</summary>
    public TimeSpan RestrictedWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A call that comes later than due by more than this means that the program stood still: that counts as a gap in the stream.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>By how much the venue's clock may differ, and its searches lag behind: questions reach this much further back.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The venue's list of open orders has those that are suspended.</summary>
    public bool ListsSuspended { get; init; }

    /// <summary>All faults at once, as sentences; none when valid.</summary>
    public IEnumerable<string> Faults()
    {
        (string Name, TimeSpan Value)[] spans =
        [
            (nameof(CompareWorking), CompareWorking), (nameof(CompareIdle), CompareIdle), (nameof(Grace), Grace), (nameof(ProofSpacing), ProofSpacing), (nameof(RequestTimeout), RequestTimeout),
            (nameof(RetryWait), RetryWait), (nameof(MaxRetryWait), MaxRetryWait), (nameof(MaxAge), MaxAge), (nameof(RestrictedWait), RestrictedWait), (nameof(MaxPause), MaxPause),
        ];
        foreach ((string name, TimeSpan value) in spans)
        {
            if (value <= TimeSpan.Zero) yield return $"{name} is {value}; it must be above zero.";
        }
        foreach ((string name, TimeSpan value) in new[] { (nameof(Quiet), Quiet), (nameof(QuietPatience), QuietPatience), (nameof(Distrust), Distrust), (nameof(Overlap), Overlap) })
        {
            if (value < TimeSpan.Zero) yield return $"{name} is {value}; it must not be negative.";
        }
        if (MaxRetryWait < RetryWait) yield return $"{nameof(MaxRetryWait)} is {MaxRetryWait}; it must be at least {nameof(RetryWait)}, {RetryWait}.";
        if (MaxAge <= CompareIdle) yield return $"{nameof(MaxAge)} is {MaxAge}; it must be more than {nameof(CompareIdle)}, {CompareIdle}.";
    }
}
