using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.History;

/// <summary>How a gap in the live data is closed: its whole minutes by bars of a minute, its ragged ends by bars of a second.</summary>
public sealed record BackfillOptions
{
    /// <summary>Off: every gap is only reported.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Bars for the middle of a gap: time bars of 1 s to 1 h that divide a day. No longer than the smallest timeframe in use, for a longer bar cannot be cut.</summary>
    public Timeframe Timeframe { get; init; } = Timeframe.OneMinute;

    /// <summary>Time that the gateway gets to finish its newest bars before they are asked for, 0 s to 1 min.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest stretch that is filled; what lies before is reported as a gap; 1 min to 31 d.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(3);

    /// <summary>After so long the filling is given up and the gap reported, 1 s to 30 min.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Trades and book changes of one symbol held back during the filling, 100 to 10,000,000. One more, and the filling is given up, for no trade is dropped.</summary>
    public int Held { get; init; } = 200_000;

    internal void Check(OptionFaults faults)
    {
        if (Timeframe.Kind != TimeframeKind.Time || Timeframe.Amount > Timestamp.NanosecondsPerHour || Timeframe.Amount < Timestamp.NanosecondsPerSecond || Timestamp.NanosecondsPerDay % Timeframe.Amount != 0)
            faults.Add($"Backfill.Timeframe is {Timeframe}; it must be a time from 1s to 1h that divides a day.");
        faults.Range("Backfill.Settle", Settle, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        faults.Range("Backfill.Longest", Longest, TimeSpan.FromMinutes(1), TimeSpan.FromDays(31));
        faults.Range("Backfill.GiveUpAfter", GiveUpAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
        faults.Range("Backfill.Held", Held, 100, 10_000_000);
    }
}
