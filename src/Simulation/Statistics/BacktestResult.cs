using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Simulation.Statistics;

/// <summary>What a backtest earned and how. Money is in the instruments' currency; a figure that does not exist is null.</summary>
/// <remarks>
/// A trade is a closed round trip (flat to flat, or to the other side) after its fees; a position left at the end is valued at the last price, pays no fee and is no trade.
/// Daily returns are taken on the equity at the close of each trading day that had data.
/// </remarks>
public sealed record BacktestResult
{
    /// <summary>Bars or ticks that the engine was shown.</summary>
    public required long Events { get; init; }

    /// <summary>Start of the first bar, or time of the first tick.</summary>
    public required Timestamp From { get; init; }

    /// <summary>End of the last bar, or time of the last tick.</summary>
    public required Timestamp To { get; init; }

    /// <summary>Orders handed to the venue.</summary>
    public required long Orders { get; init; }

    /// <summary>Orders that a risk rule did not let out.</summary>
    public required long DeniedOrders { get; init; }

    /// <summary>The same by the name of the rule.</summary>
    public required IReadOnlyDictionary<string, long> Denials { get; init; }

    public required long Fills { get; init; }

    /// <summary>What the first strategy did: signals, refusals, hits.</summary>
    public StrategyCounters Strategy { get; init; }

    /// <summary>What the first strategy threw last; null when it never did.</summary>
    public string? StrategyError { get; init; }

    public required long Trades { get; init; }

    /// <summary>What each instrument did, in their order in the engine.</summary>
    public IReadOnlyList<InstrumentResult> Instruments { get; init; } = [];

    /// <summary>Final less starting equity: open profit and all fees included.</summary>
    public decimal NetProfit => FinalEquity - StartingEquity;

    /// <summary>Sum of the winning trades, 0 or more.</summary>
    public required decimal GrossProfit { get; init; }

    /// <summary>Sum of the losing trades, 0 or less.</summary>
    public required decimal GrossLoss { get; init; }

    /// <summary>All fees paid.</summary>
    public required decimal Commission { get; init; }

    public required decimal StartingEquity { get; init; }

    public required decimal FinalEquity { get; init; }

    /// <summary>Signed units held at the end, summed over the instruments.</summary>
    public required decimal OpenQuantity { get; init; }

    /// <summary>Largest fall of the equity, marked at each bar's close or tick, as a fraction of the peak before it.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Largest fall of the equity in money; not always the same fall.</summary>
    public required double MaxDrawdownAmount { get; init; }

    /// <inheritdoc cref="Ratios.Sharpe"/>
    public required double? Sharpe { get; init; }

    /// <inheritdoc cref="Ratios.Sortino"/>
    public required double? Sortino { get; init; }

    /// <inheritdoc cref="Ratios.Cagr"/>
    public required double? Cagr { get; init; }

    /// <summary><see cref="Cagr"/> over <see cref="MaxDrawdown"/>, both over the whole test.</summary>
    public double? Calmar => Ratios.Quotient(Cagr, MaxDrawdown);

    /// <summary>Share of winners among winners and losers; trades that broke even are left out.</summary>
    public required double? WinRate { get; init; }

    /// <summary><see cref="GrossProfit"/> over the size of <see cref="GrossLoss"/>.</summary>
    public double? ProfitFactor => Ratios.Quotient((double)GrossProfit, -(double)GrossLoss);

    /// <summary>Mean of a trade, in money.</summary>
    public double? Expectancy => Trades == 0 ? null : (double)((GrossProfit + GrossLoss) / Trades);

    /// <summary>Share of the time covered by the data during which something was held.</summary>
    public required double? Exposure { get; init; }

    public required ulong OutputHash { get; init; }

    /// <summary>What was measured. Call it once, after the last event.</summary>
    public static BacktestResult Of(Engine engine, Tally tally)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(tally);
        tally.Finish();
        Account account = engine.Account;
        decimal finalEquity = account.ExactEquity();
        double[]? returns = Ratios.DailyReturns((double)account.StartingCash, tally.Days);
        (decimal won, decimal lost, long wins, long losses) = Sum(tally.Trades);
        return new()
        {
            Events = tally.Marks,
            From = tally.First,
            To = tally.Last,
            Orders = tally.Orders,
            DeniedOrders = tally.DeniedOrders,
            Denials = tally.Denials,
            Fills = tally.Fills.Count,
            Strategy = engine.StrategyCount > 0 ? engine.Strategy(0).Counters : default,
            StrategyError = engine.StrategyCount > 0 ? engine.Strategy(0).LastError : null,
            Instruments = [.. Enumerable.Range(0, engine.Options.Instruments.Count).Select(index => InstrumentResult.Of(engine, tally, index))],
            Trades = tally.Trades.Count,
            GrossProfit = won,
            GrossLoss = lost,
            Commission = account.Fees,
            StartingEquity = account.StartingCash,
            FinalEquity = finalEquity,
            OpenQuantity = Enumerable.Range(0, engine.Options.Instruments.Count).Sum(i => account.PositionOf(i).Quantity),
            MaxDrawdown = tally.MaxDrawdownRate,
            MaxDrawdownAmount = tally.MaxDrawdown,
            Sharpe = returns is null ? null : Ratios.Sharpe(returns),
            Sortino = returns is null ? null : Ratios.Sortino(returns),
            Cagr = Ratios.Cagr((double)account.StartingCash, (double)finalEquity, tally.Last - tally.First),
            WinRate = Ratios.Quotient(wins, wins + losses),
            Exposure = Ratios.Quotient(tally.NanosecondsInMarket, tally.Nanoseconds),
            OutputHash = engine.OutputHash,
        };
    }

    private static (decimal Won, decimal Lost, long Wins, long Losses) Sum(IReadOnlyList<ClosedTrade> trades)
    {
        decimal won = 0m, lost = 0m;
        long wins = 0, losses = 0;
        foreach (ClosedTrade trade in trades)
        {
            decimal pnl = trade.RoundTrip.NetPnl;
            if (pnl > 0m)
            {
                won += pnl;
                wins++;
            }
            else if (pnl < 0m)
            {
                lost += pnl;
                losses++;
            }
        }
        return (won, lost, wins, losses);
    }
}
