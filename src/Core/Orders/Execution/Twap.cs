using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>Time-weighted: equal slices at equal distances, the first one at once.</summary>
/// <remarks>
/// Of Q units in n slices, the first k together are k·Q/n, rounded down to lots; the last one is what remains. How it lies in a backtest: over bars that are longer than
/// the distance of the slices, those that fall into one bar become one child at its end.
/// </remarks>
public sealed record Twap : ExecutionAlgorithm
{
    /// <param name="over">Above zero, at most a day; shortened to the end of the wish where that comes first.</param>
    /// <param name="slices">1 to 10,000.</param>
    public Twap(TimeSpan over, int slices = 10) => (Over, Slices) = (over, slices);

    internal Twap(ExecutionTerms terms) => (Over, Leftover, Slices, Jitter, Seed) = (terms.Length, terms.Leftover, terms.Slices, terms.Share, terms.Seed);

    public int Slices { get; }

    /// <summary>By how much of its distance to the next one a slice may come later, 0 to 1; how much is drawn from <see cref="Seed"/> and the parent's number.</summary>
    public double Jitter { get; init; }

    public int Seed { get; init; }

    public override string Name => "twap";

    public override string Words => WithEnd(string.Create(CultureInfo.InvariantCulture, $"twap over {Over} in {Slices} slices{(Jitter == 0 ? "" : $", each up to {Jitter:0.##} of its time later")}"));

    internal override ExecutionTerms Terms => new(Over?.Ticks ?? 0, Leftover, Slices, Jitter, 0, Seed);

    internal override bool IsSound(OrderType type, Instrument instrument) => IsTimed && Slices is >= 1 and <= 10_000 && Jitter is >= 0 and <= 1;

    internal override Pace PaceAt(in ParentProgress parent)
    {
        if (parent.IsOver) return new(parent.Quantity, Timestamp.MaxValue);
        int due = Slicing.CountDue(in parent, Slices, Jitter, Seed);
        return new(parent.Quantity * due / Slices, Slicing.TimeOf(in parent, due, Slices, Jitter, Seed));
    }
}
