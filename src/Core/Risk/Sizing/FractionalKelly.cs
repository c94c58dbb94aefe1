using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Risk.Sizing;

/// <summary>What <see cref="FractionalKelly"/> needs to know.</summary>
public sealed record KellyOptions
{
    /// <summary>Share of the equity that a trade risks at least until there are <see cref="MinimumTrades"/>, above 0 and at most 1: without trades nothing can be learned.</summary>
    public double LearningFraction { get; init; } = 0.005;

    /// <summary>Share of Kelly's fraction that is risked, above 0 and at most 1.</summary>
    public double KellyShare { get; init; } = 0.25;

    /// <summary>Most of the equity that a trade risks, above 0 and at most 1.</summary>
    public double MaxFraction { get; init; } = 0.02;

    /// <summary>Last closed round trips that count, 2 to 10,000.</summary>
    public int Trades { get; init; } = 100;

    /// <summary>Round trips below which the edge is shrunk towards none, 2 to <see cref="Trades"/>.</summary>
    public int MinimumTrades { get; init; } = 30;

    /// <exception cref="ArgumentException">Lists everything that is wrong, one sentence each.</exception>
    public void Validate()
    {
        List<string> faults = [];
        foreach ((string name, double value) in new[] { (nameof(LearningFraction), LearningFraction), (nameof(KellyShare), KellyShare), (nameof(MaxFraction), MaxFraction) })
        {
            if (!(value > 0 && value <= 1)) faults.Add($"{name} must be above 0 and at most 1, found {value}.");
        }
        if (Trades is < 2 or > 10_000) faults.Add($"Trades must be between 2 and 10000, found {Trades}.");
        if (MinimumTrades < 2 || MinimumTrades > Trades) faults.Add($"MinimumTrades must be between 2 and Trades, {Trades}, found {MinimumTrades}.");
        if (faults.Count > 0) throw new ArgumentException(string.Join(' ', faults));
    }
}

/// <summary>
/// Risks a share of Kelly's fraction, measured on the strategy's own closed round trips: of p won with W on average and q lost with L, per unit and after fees,
/// f = p − q × L / W of the equity goes to the protective stop; units = share × f × equity / (distance to the stop × point value), rounded down to the lot.
/// </summary>
/// <remarks>
/// J. L. Kelly, A New Interpretation of Information Rate, 1956, for a bet that wins W or loses L; round trips that came to nothing are neither. With n below the minimum
/// count f is shrunk to f × n / minimum, and the learning fraction is risked where that is more. From the minimum count on, no edge means no order; nothing but the results
/// in memory counts then, so that a strategy without an edge opens nothing more until those are forgotten. Without a protective stop the whole notional counts as the risk.
/// How it lies: the past edge is luck in part, and the next trades need not be like the last; a loss beyond the stop is larger than what was risked. A share of a quarter and
/// the cap are there for that.
/// </remarks>
public sealed class FractionalKelly : ISizing
{
    private readonly KellyOptions _options;

    /// <exception cref="ArgumentException">The options are wrong; the message lists all faults.</exception>
    public FractionalKelly(KellyOptions? options = null)
    {
        _options = options ?? new();
        _options.Validate();
    }

    public string Name => "kelly";

    public int Memory => _options.Trades;

    public decimal Size(in SizingRequest request) => request.UnitsFor(request.Equity * Fraction(request.Results), request.RiskPerUnit);

    public SignalRefusal WhyNothing(in SizingRequest request) => Fraction(request.Results) > 0 ? SignalRefusal.SizeIsZero : SignalRefusal.NoEdge;

    /// <summary>Share of the equity that is risked, 0 to the cap.</summary>
    public double Fraction(TradeResults? results)
    {
        int count = results?.Count ?? 0;
        double edge = results is null ? 0 : Edge(results) * Math.Min(1, (double)count / _options.MinimumTrades);
        double risked = Math.Max(0, edge * _options.KellyShare);
        if (count < _options.MinimumTrades) risked = Math.Max(risked, _options.LearningFraction);
        return Math.Min(risked, _options.MaxFraction);
    }

    /// <summary>Kelly's fraction: at most 1, below 0 where the strategy loses.</summary>
    private static double Edge(TradeResults results)
    {
        int decided = results.Wins + results.Losses;
        if (results.Wins == 0) return results.Losses == 0 ? 0 : -1;
        double won = (double)results.Wins / decided;
        return won - (1 - won) * results.AverageLoss / results.AverageWin;
    }
}
