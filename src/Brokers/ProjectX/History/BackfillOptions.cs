using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.History;

/// <summary>How a gap in the live data is closed.</summary>
public sealed record BackfillOptions
{
    /// <summary>Off: every gap is only reported.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Bars that replace what was missed: time bars from 1 s to 1 h.</summary>
    public Timeframe Timeframe { get; init; } = Timeframe.OneMinute;

    /// <summary>
    /// Bars that stand for the part of the bar still forming when data flows again, or null for none: then that part is reported as a gap.
    /// A time shorter than <see cref="Timeframe"/> that divides it.
    /// </summary>
    public Timeframe? Tail { get; init; } = Core.Model.Timeframe.OneSecond;

    /// <summary>
    /// The filling starts where the span with the last good tick started: the largest timeframe that is built from ticks, so that a bar
    /// which was forming is rebuilt whole. <see cref="Timeframe"/> to 1 d.
    /// </summary>
    public TimeSpan RebuildSpan { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time that the gateway gets to finish its newest bars before they are asked for, 0 s to 1 min.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest stretch that is filled; what lies before is reported as a gap; 1 min to 31 d.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(3);

    /// <summary>After so long the filling is given up and the gap reported, 1 s to 30 min.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Trades of one symbol held back during the filling, 100 to 10,000,000. One more, and the filling is given up, for no trade is dropped.</summary>
    public int HeldTrades { get; init; } = 200_000;

    internal void Check(OptionFaults faults)
    {
        CheckTimeframe(faults);
        faults.Range("Backfill.RebuildSpan", RebuildSpan, Span(Timeframe), TimeSpan.FromDays(1));
        faults.Range("Backfill.Settle", Settle, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        faults.Range("Backfill.Longest", Longest, TimeSpan.FromMinutes(1), TimeSpan.FromDays(31));
        faults.Range("Backfill.GiveUpAfter", GiveUpAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
        faults.Range("Backfill.HeldTrades", HeldTrades, 100, 10_000_000);
    }

    private void CheckTimeframe(OptionFaults faults)
    {
        if (Timeframe.Kind != TimeframeKind.Time || Span(Timeframe) > TimeSpan.FromHours(1))
            faults.Add($"Backfill.Timeframe is {Timeframe}; it must be a time from 1s to 1h.");
        if (Tail is not { } tail) return;
        if (tail.Kind != TimeframeKind.Time || tail.Amount >= Timeframe.Amount || Timeframe.Amount % tail.Amount != 0)
            faults.Add($"Backfill.Tail is {tail}; it must be a time shorter than Backfill.Timeframe ({Timeframe}) that divides it.");
    }

    private static TimeSpan Span(Timeframe timeframe) => TimeSpan.FromTicks(timeframe.Amount / 100);
}
