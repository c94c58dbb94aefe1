using Tradewind.Core.Model;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation.Tests.Statistics;

/// <summary>Every figure of a result against a plain calculation from its definition, over random runs.</summary>
public sealed class BacktestResultTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EveryFigureFollowsFromItsDefinition(int seed)
    {
        var run = new RandomRun(seed);

        AssertFigures(run, PlainRun.Of(run), run.Run(out _));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheEquityOfAFillAtTheCloseIsMarkedAfterIt(int seed)
    {
        var run = new RandomRun(seed);

        AssertFigures(run, PlainRun.Of(run, atClose: true), run.Run(out _, new ThisClose()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void OnThePathInsideABarMarketOrdersFillAtTheNextOpenToo(int seed)
    {
        var run = new RandomRun(seed);

        AssertFigures(run, PlainRun.Of(run), run.Run(out _, new Intrabar()));
    }

    private static void AssertFigures(RandomRun run, PlainRun plain, BacktestResult result)
    {
        Assert.Equal(run.Bars.Count, result.Events);
        Assert.Equal(plain.Fills, result.Fills);
        Assert.Equal(plain.Fees, result.Commission);
        Assert.Equal(plain.Position, result.OpenQuantity);
        Assert.Equal(plain.Curve[^1], result.FinalEquity);
        Assert.Equal(plain.Curve[^1] - RandomRun.Cash, result.NetProfit);
        Assert.Equal(plain.Trades.Count, result.Trades);
        Assert.Equal(plain.Trades.Where(each => each > 0).Sum(), result.GrossProfit, 12);
        Assert.Equal(plain.Trades.Where(each => each < 0).Sum(), result.GrossLoss, 12);
        AssertRatios(plain, result);
        AssertDrawdown(plain, result);
        Assert.Equal((double)plain.BarsHeld / run.Bars.Count, result.Exposure!.Value, 12);
        Assert.Equal(run.Bars[0].Start, result.From);
        Assert.Equal(run.Bars[^1].End, result.To);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheFiguresAgreeWithEachOther(int seed)
    {
        BacktestResult result = new RandomRun(seed).Run(out Tally tally);

        Assert.Equal(result.StartingEquity + result.NetProfit, result.FinalEquity);
        Assert.Equal(tally.Trades.Sum(each => each.RoundTrip.NetPnl), result.GrossProfit + result.GrossLoss, 12);
        Assert.Equal(tally.Fills.Sum(each => each.Fill.Fee), result.Commission, 12);
        Assert.Equal(tally.Fills.Sum(each => each.Fill.Side == Side.Buy ? each.Fill.Quantity : -each.Fill.Quantity), result.OpenQuantity);
        if (result.Expectancy is { } mean) Assert.Equal((double)(result.GrossProfit + result.GrossLoss), mean * result.Trades, 6);
        if (result.OpenQuantity == 0m) Assert.Equal(result.NetProfit, result.GrossProfit + result.GrossLoss, 12);
        Assert.Equal((double)result.FinalEquity, tally.Days[^1].Equity, 6);
        Assert.InRange(result.MaxDrawdownAmount, 0, double.MaxValue);
    }

    [Fact]
    public void AFigureThatDoesNotExistIsNull()
    {
        BacktestResult idle = RunOf(new RandomRun(1), _ => 0);

        Assert.Null(idle.WinRate);
        Assert.Null(idle.ProfitFactor);
        Assert.Null(idle.Expectancy);
        Assert.Null(idle.Sharpe);
        Assert.Null(idle.Sortino);
        Assert.Null(idle.Calmar);
        Assert.Equal(0d, idle.MaxDrawdown);
        Assert.Equal(0d, idle.Exposure);
        Assert.Equal(0d, idle.Cagr);
    }

    private static BacktestResult RunOf(RandomRun run, Func<int, int> wish)
    {
        for (int i = 0; i < run.Wishes.Count; i++) run.Wishes[i] = wish(i);
        return run.Run(out _);
    }

    private static void AssertRatios(PlainRun plain, BacktestResult result)
    {
        int wins = plain.Trades.Count(each => each > 0), losses = plain.Trades.Count(each => each < 0);
        AssertFigure(wins + losses == 0 ? null : (double)wins / (wins + losses), result.WinRate);
        decimal lost = plain.Trades.Where(each => each < 0).Sum();
        AssertFigure(lost == 0 ? null : (double)(plain.Trades.Where(each => each > 0).Sum() / -lost), result.ProfitFactor);
        AssertFigure(plain.Trades.Count == 0 ? null : (double)plain.Trades.Average(), result.Expectancy);

        double[]? returns = plain.DailyReturns();
        double mean = returns is null ? 0 : returns.Average();
        double deviation = returns is { Length: > 1 } ? Math.Sqrt(returns.Sum(each => (each - mean) * (each - mean)) / (returns.Length - 1)) : 0;
        double downside = returns is null ? 0 : Math.Sqrt(returns.Sum(each => Math.Min(0, each) * Math.Min(0, each)) / returns.Length);
        AssertFigure(deviation == 0 ? null : mean / deviation * Math.Sqrt(252), result.Sharpe);
        AssertFigure(downside == 0 || returns!.Length < 2 ? null : mean * Math.Sqrt(252) / downside, result.Sortino);

        double years = (result.To - result.From).TotalDays / 365.25;
        double growth = (double)(plain.Curve[^1] / RandomRun.Cash);
        double? cagr = growth <= 0 ? null : Math.Pow(growth, 1 / years) - 1;
        if (cagr is { } value && !double.IsFinite(value)) cagr = null;
        AssertFigure(cagr, result.Cagr);
        AssertFigure(plain.MaxDrawdownRate == 0 ? null : cagr / (double)plain.MaxDrawdownRate, result.Calmar);
    }

    private static void AssertDrawdown(PlainRun plain, BacktestResult result)
    {
        Assert.Equal((double)plain.MaxDrawdown, result.MaxDrawdownAmount, 8);
        AssertFigure((double)plain.MaxDrawdownRate, result.MaxDrawdown);
    }

    private static void AssertFigure(double? expected, double? found)
    {
        Assert.Equal(expected is null, found is null);
        if (expected is { } value) Assert.Equal(value, found!.Value, Math.Max(1e-12, Math.Abs(value) * 1e-9));
    }
}
