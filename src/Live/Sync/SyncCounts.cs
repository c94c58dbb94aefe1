namespace Tradewind.Live.Sync;

/// <summary>What the synchroniser had to put right since it began, for metrics.</summary>
public sealed class SyncCounts
{
    /// <summary>Executions that the stream did not tell and a question found.</summary>
    public long FillsFound { get; internal set; }

    /// <summary>Executions that no question found either and the order's own rows proved.</summary>
    public long SyntheticFills { get; internal set; }

    public long ExternalFills { get; internal set; }

    /// <summary>Positions of the venue that were adopted without an explanation.</summary>
    public long Adjustments { get; internal set; }

    /// <summary>Times that the account stopped being synced.</summary>
    public long Resyncs { get; internal set; }

    /// <summary>Look-ups of single orders.</summary>
    public long LookUps { get; internal set; }

    /// <summary>Orders proven never to have arrived, or to be gone.</summary>
    public long Absences { get; internal set; }

    /// <summary>Orders that worked at the venue although they were over for the engine, and were canceled.</summary>
    public long Strays { get; internal set; }

    /// <summary>The longest that one order's outcome was unknown.</summary>
    public TimeSpan LongestDoubt { get; internal set; }
}
