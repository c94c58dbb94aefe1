using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.History;

/// <summary>
/// Fetches what a symbol missed. The second in which the gap starts is filled with what is missing of it, whole seconds lead to the
/// next full bar of the chosen timeframe, such bars follow, and whole seconds lead up to the boundary.
/// </summary>
/// <remarks>
/// Lies where the gateway's bars of a second differ from its trades. Evidence is asked of it first: a history that does not know the
/// trades we saw ourselves is stalled, and is asked again until it does or the time is up.
/// </remarks>
internal sealed class GapFiller(BarHistory history, BackfillOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    /// <param name="gap">What is missing before a boundary; asked anew for each attempt, since trades go on being held back.</param>
    /// <param name="boundary">A whole second; see <see cref="Filling.Boundary"/>.</param>
    public async Task<Filling> FillAsync(Func<Timestamp, Gap> gap, Timestamp boundary, CancellationToken cancel)
    {
        SeenSecond? seen = gap(boundary).Seen;
        Timestamp start = seen is { } second && second.Start < boundary ? second.Start : Floor(boundary);
        Timestamp from = Later(start, Ceiling(boundary - options.Longest));
        if (!options.IsOn) return Unfilled(start, boundary);
        long began = time.GetTimestamp();
        while (true)
        {
            (List<Bar>? bars, string why) = await TryAsync(gap(boundary), from, boundary, cancel).ConfigureAwait(false);
            if (bars is not null) return new(start, boundary, WithoutSeen(bars, seen), from > start ? (start, from) : null);
            if (time.GetElapsedTime(began) >= options.GiveUpAfter)
            {
                log.LogWarning("{Symbol}: the gap from {From} to {To} stays open: {Why}", gap(boundary).Instrument.Symbol, start, boundary, why);
                return Unfilled(start, boundary);
            }
            await Task.Delay(AskAgain, time, cancel).ConfigureAwait(false);
        }
    }

    private async Task<(List<Bar>? Bars, string Why)> TryAsync(Gap gap, Timestamp from, Timestamp boundary, CancellationToken cancel)
    {
        List<Bar> bars = [];
        foreach ((Timestamp partFrom, Timestamp partTo, Timeframe timeframe) in Parts(from, boundary))
        {
            if (partFrom >= partTo) continue;
            RestResult<IReadOnlyList<Bar>> part = await history.ReadAsync(gap.ContractId, gap.Instrument, timeframe, partFrom, partTo, cancel).ConfigureAwait(false);
            if (part.Failure is { } failure) return (null, failure.Sentence);
            bars.AddRange(part.Value);
        }
        return KnowsWhatWeSaw(gap, from, boundary, bars) ? (bars, "") : (null, "the history does not know trades that came live; it seems to have stalled.");
    }

    /// <summary>Seconds up to the first full bar, full bars, seconds up to the boundary; seconds alone where no full bar fits.</summary>
    private (Timestamp From, Timestamp To, Timeframe Timeframe)[] Parts(Timestamp from, Timestamp boundary)
    {
        (Timestamp middle, Timestamp tail) = (Ceiling(from), Floor(boundary));
        if (middle >= tail) return [(from, boundary, Timeframe.OneSecond)];
        return [(from, middle, Timeframe.OneSecond), (middle, tail, options.Timeframe), (tail, boundary, Timeframe.OneSecond)];
    }

    private static List<Bar> WithoutSeen(List<Bar> bars, SeenSecond? seen)
    {
        if (seen is not { } second || bars.Count == 0 || bars[0].Start != second.Start) return bars;
        if (second.Rest(bars[0]) is { } rest) bars[0] = rest;
        else bars.RemoveAt(0);
        return bars;
    }

    private static Filling Unfilled(Timestamp from, Timestamp boundary) => new(from, Timestamp.MinValue, [], (from, boundary));

    /// <summary>A second's leeway, since the gateway may round a trade's time another way in its bars.</summary>
    private static bool KnowsWhatWeSaw(Gap gap, Timestamp from, Timestamp boundary, List<Bar> bars)
    {
        Timestamp? seen = gap.Seen is { Volume: > 0 } second ? second.Start : null;
        return IsKnown(seen) && IsKnown(gap.FirstHeld) && IsKnown(gap.LastHeld);

        bool IsKnown(Timestamp? trade) => trade is not { } at || at < from || bars.Exists(bar => bar.Start - Leeway <= at && at < bar.End + Leeway);
    }

    private Timestamp Floor(Timestamp at)
    {
        long rest = at.Nanoseconds % options.Timeframe.Amount;
        return new(at.Nanoseconds - (rest < 0 ? rest + options.Timeframe.Amount : rest));
    }

    private Timestamp Ceiling(Timestamp at)
    {
        Timestamp floor = Floor(at);
        return floor == at ? at : new(floor.Nanoseconds + options.Timeframe.Amount);
    }

    private static Timestamp Later(Timestamp a, Timestamp b) => a > b ? a : b;
}
