using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>Shows a part at the wish's limit price; once that is filled whole, the next one.</summary>
/// <remarks>
/// Each part that is shown waits behind those that came to the price before it. The engine shows it, so that between two parts nothing of the order is at the venue. How it lies in a backtest: there is no
/// queue, and one bar through the price fills one part only.
/// </remarks>
public sealed record Iceberg : ExecutionAlgorithm
{
    /// <param name="shown">Units at the venue at a time, above 0, in whole lots.</param>
    public Iceberg(decimal shown) => Shown = shown;

    internal Iceberg(ExecutionTerms terms) => (Over, Leftover, Shown) = (terms.Length, terms.Leftover, terms.Units);

    public decimal Shown { get; }

    public override string Name => "iceberg";

    public override string Words => WithEnd(string.Create(CultureInfo.InvariantCulture, $"iceberg that shows {Shown:0.########}{(Over is { } over ? $" for {over}" : "")}"));

    internal override ExecutionTerms Terms => new(Over?.Ticks ?? 0, Leftover, Units: Shown);

    internal override bool IsSound(OrderType type, Instrument instrument) =>
        type == OrderType.Limit && Shown > 0 && instrument.RoundDownToLot(Shown) == Shown && IsEndSound;

    internal override Pace PaceAt(in ParentProgress parent) => new(parent.Quantity, Timestamp.MaxValue) { Shown = Shown };
}
