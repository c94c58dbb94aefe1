using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.History;

/// <summary>What one symbol missed, as far as it is known.</summary>
/// <param name="Seen">What had been delivered of the second in which the gap starts; null when nothing had been delivered before.</param>
/// <param name="FirstHeld">Time of the first trade that came live since and before the boundary; history must know of it.</param>
/// <param name="LastHeld">Of the last such trade.</param>
internal readonly record struct Gap(string ContractId, Instrument Instrument, SeenSecond? Seen, Timestamp? FirstHeld, Timestamp? LastHeld);

/// <summary>The trades delivered within one second, the newest there is. A volume of 0 says only that everything before the second is known.</summary>
internal readonly record struct SeenSecond(Timestamp Start, double Volume, double LastPrice)
{
    public static Timestamp StartOf(Timestamp time) => new(time.Nanoseconds - Modulo(time.Nanoseconds, Timestamp.NanosecondsPerSecond));

    /// <summary>With one more trade. One from an earlier second changes nothing.</summary>
    public static SeenSecond Add(SeenSecond? seen, in Trade trade)
    {
        Timestamp start = StartOf(trade.Time);
        if (seen is not { } before || start > before.Start) return new(start, trade.Size, trade.Price);
        return start < before.Start ? before : before with { Volume = before.Volume + trade.Size, LastPrice = trade.Price };
    }

    /// <summary>
    /// What is left of the second's bar without the trades that were delivered; null when nothing is. Its high and low are the whole
    /// second's, which changes nothing for bars that have them already.
    /// </summary>
    public Bar? Rest(in Bar second)
    {
        if (Volume == 0) return second;
        double volume = second.Volume - Volume;
        return volume > 0 ? second with { Open = LastPrice, Volume = volume, High = Math.Max(second.High, LastPrice), Low = Math.Min(second.Low, LastPrice) } : null;
    }

    private static long Modulo(long value, long divisor) => (value % divisor + divisor) % divisor;
}

/// <summary>What goes to the engine before live data again.</summary>
/// <param name="From">Where the bars begin, or the gap when there are none.</param>
/// <param name="Boundary">Trades before it are in the bars, trades from it on come live.</param>
/// <param name="Bars">Oldest first, not overlapping each other nor any trade delivered before or after.</param>
/// <param name="Missing">What could not be filled.</param>
internal sealed record Filling(Timestamp From, Timestamp Boundary, IReadOnlyList<Bar> Bars, (Timestamp From, Timestamp To)? Missing)
{
    /// <summary>Nothing was missed: all that was held back is delivered.</summary>
    public static readonly Filling Nothing = new(Timestamp.MinValue, Timestamp.MinValue, [], null);
}
