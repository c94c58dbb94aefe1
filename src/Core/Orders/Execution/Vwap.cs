using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>Volume-weighted: slices at equal distances, each as large as the part of the usual volume that is traded until the next one.</summary>
/// <remarks>
/// The usual volume is that of the instrument's last sessions at the same time of the session (<c>UseVolumeCurve</c> in the strategy's constructor keeps it). Where fewer than three are known,
/// or nothing was traded then, the slices are equal ones, and an alert says so. How it lies: what the market will trade today is not known, so that the price achieved is near
/// the volume-weighted one only on usual days.
/// </remarks>
public sealed record Vwap : ExecutionAlgorithm
{
    /// <param name="over">Above zero, at most a day; shortened to the end of the wish where that comes first.</param>
    /// <param name="slices">1 to 10,000.</param>
    public Vwap(TimeSpan over, int slices = 20) => (Over, Slices) = (over, slices);

    internal Vwap(ExecutionTerms terms) => (Over, Leftover, Slices) = (terms.Length, terms.Leftover, terms.Slices);

    public int Slices { get; }

    public override string Name => "vwap";

    public override string Words => WithEnd(string.Create(CultureInfo.InvariantCulture, $"vwap over {Over} in {Slices} slices"));

    internal override ExecutionTerms Terms => new(Over?.Ticks ?? 0, Leftover, Slices);

    internal override bool IsSound(OrderType type, Instrument instrument) => IsTimed && Slices is >= 1 and <= 10_000;

    internal override string? Caveat(in ParentProgress parent) => parent.Curve switch
    {
        null => "no volume curve is kept (UseVolumeCurve in the strategy's constructor keeps one): its slices are equal",
        { IsReady: false } curve => $"the volume curve knows {curve.Seen} whole sessions of the {curve.Needed} that it needs: its slices are equal",
        var curve when !(curve.Between(parent.Start, parent.End) > 0) => "at this time of the session nothing was traded before: its slices are equal",
        _ => null,
    };

    internal override Pace PaceAt(in ParentProgress parent)
    {
        if (parent.IsOver) return new(parent.Quantity, Timestamp.MaxValue);
        int due = Slicing.CountDue(in parent, Slices, 0, 0);
        return new(due == Slices ? parent.Quantity : Released(in parent, due), Slicing.TimeOf(in parent, due, Slices, 0, 0));
    }

    /// <summary>The usual volume from the start until the next slice, as a part of that until the end.</summary>
    private decimal Released(in ParentProgress parent, int due)
    {
        double whole = parent.Curve is { IsReady: true } curve ? curve.Between(parent.Start, parent.End) : 0;
        if (!(whole > 0)) return parent.Quantity * due / Slices;
        return parent.Quantity * (decimal)Math.Clamp(parent.Curve!.Between(parent.Start, Slicing.TimeOf(in parent, due, Slices, 0, 0)) / whole, 0, 1);
    }
}
