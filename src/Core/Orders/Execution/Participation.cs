using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>Goes along with the market: so much of what is traded from the start on, one child at a time (percentage of volume).</summary>
/// <remarks>
/// Behind by as much as was traded since the last child; a live market's volume has our own fills in it. Where nothing is traded, or only quotes come, nothing is sent. How it lies in
/// a backtest: over bars it learns of the volume at a bar's end and fills in the next one.
/// </remarks>
public sealed record Participation : ExecutionAlgorithm
{
    /// <param name="share">Of the volume, above 0 and at most 1.</param>
    public Participation(double share) => Share = share;

    internal Participation(ExecutionTerms terms) => (Over, Leftover, Share, Most) = (terms.Length, terms.Leftover, terms.Share, terms.Units);

    public double Share { get; }

    /// <summary>Largest child, in whole lots; 0 for no limit.</summary>
    public decimal Most { get; init; }

    public override string Name => "participation";

    public override string Words => WithEnd(string.Create(CultureInfo.InvariantCulture, $"participation of {Share:0.####%} of the volume{(Most == 0m ? "" : $", at most {Most:0.########} at a time")}{(Over is { } over ? $" for {over}" : "")}"));

    internal override bool FollowsVolume => true;

    internal override ExecutionTerms Terms => new(Over?.Ticks ?? 0, Leftover, Share: Share, Units: Most);

    internal override bool IsSound(OrderType type, Instrument instrument) =>
        Share is > 0 and <= 1 && Most >= 0 && instrument.RoundDownToLot(Most) == Most && IsEndSound;

    internal override Pace PaceAt(in ParentProgress parent)
    {
        double released = Share * parent.Traded;
        // What the arithmetic of doubles leaves just below a whole lot is one.
        decimal units = released >= (double)parent.Quantity ? parent.Quantity : (decimal)(released * (1 + 1e-12));
        return new(units, Timestamp.MaxValue) { Shown = Most == 0m ? parent.Quantity : Most };
    }
}
