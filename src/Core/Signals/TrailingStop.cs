namespace Tradewind.Core.Signals;

/// <summary>A stop that follows the best price since the entry at a distance, in favour only. The engine runs it, by modifying the stop that works at the venue.</summary>
/// <remarks>
/// It sees each trade, or the closes of bars where there are no trades: what went on inside a bar is hidden from it, so that over bars it trails later, and lets a profit
/// run that trades would have ended. Between two moves the old stop works.
/// </remarks>
/// <param name="Distance">Above 0.</param>
public sealed record TrailingStop(Distance Distance)
{
    /// <summary>Least improvement for which the stop is moved, in ticks, 1 or more.</summary>
    public int StepTicks { get; init; } = 1;

    /// <summary>Least time between two moves, zero to 1 hour: brokers limit their requests.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(250);
}

/// <summary>Moves the stop to the entry once the position is so far in profit. Later it stays where it is, or goes on trailing.</summary>
/// <param name="After">Profit in price at which it moves, above 0, from the mean entry price.</param>
public sealed record BreakEven(Distance After)
{
    /// <summary>How far beyond the entry it goes, into the profit; smaller than <see cref="After"/>. Of the default, to the entry itself.</summary>
    public Distance Offset { get; init; }
}
