using System.Globalization;
using Tradewind.Core.Risk.Sizing;

namespace Tradewind.App.Running;

/// <summary>How a wish without a quantity becomes units.</summary>
public sealed record SizingSettings
{
    /// <summary><c>fixed-quantity</c>, <c>fixed-fractional</c>, <c>kelly</c> or <c>volatility</c>.</summary>
    public string Method { get; init; } = "fixed-quantity";

    /// <summary>Units under <c>fixed-quantity</c>, above 0.</summary>
    public decimal Quantity { get; init; } = 1m;

    /// <summary>Share of the equity risked in a trade, above 0 and at most 1; under <c>kelly</c> until there are <see cref="MinimumTrades"/>.</summary>
    public decimal Fraction { get; init; } = 0.005m;

    /// <summary>Share of Kelly's fraction that is risked, above 0 and at most 1.</summary>
    public double KellyShare { get; init; } = 0.25;

    /// <summary>Most of the equity that a trade risks under <c>kelly</c>, above 0 and at most 1.</summary>
    public double MaxFraction { get; init; } = 0.02;

    /// <summary>Last closed round trips of a strategy that count under <c>kelly</c>, 2 to 10,000.</summary>
    public int Trades { get; init; } = 100;

    /// <summary>Round trips below which the edge is shrunk towards none, 2 to <see cref="Trades"/>.</summary>
    public int MinimumTrades { get; init; } = 30;

    /// <summary>Bars of the average true range under <c>volatility</c>, 2 to 10,000.</summary>
    public int RangePeriod { get; init; } = 14;

    /// <summary>Average true ranges that the market is taken to move against the position, above 0 and at most 1000.</summary>
    public double Ranges { get; init; } = 2;

    internal KellyOptions Kelly => new() { LearningFraction = (double)Fraction, KellyShare = KellyShare, MaxFraction = MaxFraction, Trades = Trades, MinimumTrades = MinimumTrades };

    /// <summary>What it does, for <c>explain</c>.</summary>
    internal string Words() => Method switch
    {
        "fixed-fractional" => Invariant($"fixed-fractional: {Fraction:P2} of the equity at risk to the stop"),
        "kelly" => Invariant($"kelly: {KellyShare:P0} of Kelly's fraction over the last {Trades} closed trades, at most {MaxFraction:P2} of the equity at risk to the stop; {Fraction:P2} until there are {MinimumTrades}"),
        "volatility" => Invariant($"volatility: {Fraction:P2} of the equity for a move of {Ranges} average true ranges of {RangePeriod} bars"),
        _ => Invariant($"{Method}: {Quantity} a signal"),
    };

    internal IEnumerable<string> Faults()
    {
        if (!Composition.Sizings.ContainsKey(Method)) yield return $"Sizing.Method: found \"{Method}\"; expected {string.Join(", ", Composition.Sizings.Keys.SkipLast(1))} or {Composition.Sizings.Keys.Last()}.";
        if (Quantity <= 0m) yield return $"Sizing.Quantity: found {Quantity}; expected units above 0.";
        if (Fraction is <= 0m or > 1m) yield return $"Sizing.Fraction: found {Fraction}; expected a share above 0 and at most 1.";
        if (!(KellyShare > 0 && KellyShare <= 1)) yield return $"Sizing.KellyShare: found {KellyShare}; expected a share above 0 and at most 1.";
        if (!(MaxFraction > 0 && MaxFraction <= 1)) yield return $"Sizing.MaxFraction: found {MaxFraction}; expected a share above 0 and at most 1.";
        if (Trades is < 2 or > 10_000) yield return $"Sizing.Trades: found {Trades}; expected 2 to 10000.";
        if (MinimumTrades < 2 || MinimumTrades > Trades) yield return $"Sizing.MinimumTrades: found {MinimumTrades}; expected 2 to Trades, {Trades}.";
        if (RangePeriod is < 2 or > 10_000) yield return $"Sizing.RangePeriod: found {RangePeriod}; expected 2 to 10000.";
        if (!(Ranges > 0 && Ranges <= 1000)) yield return $"Sizing.Ranges: found {Ranges}; expected above 0 and at most 1000.";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
