using FsCheck;
using FsCheck.Fluent;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>From money at risk to units, against the plain computation.</summary>
public sealed class SizingTests
{
    private static readonly KellyOptions Quarter = new() { LearningFraction = 0.005, KellyShare = 0.25, MaxFraction = 0.1, Trades = 20, MinimumTrades = 10 };

    [Fact]
    public void KellyRisksItsShareOfTheEdgeOfTheStrategysOwnTrades()
    {
        // 6 of 10 won 200 on average, 4 lost 100: f = 0.6 − 0.4 × 100 / 200 = 0.4; a quarter of it of 1,000,000 is 100,000; 10 points to the stop are 500 a unit.
        TradeResults results = Results(100, 300, -100, 200, -50, 200, -150, 200, 200, -100);

        Assert.Equal(0.1, new FractionalKelly(Quarter).Fraction(results), 12);
        Assert.Equal(200m, new FractionalKelly(Quarter).Size(Asking(results)));
        // Without a stop a unit is worth, and risks, 250,000; to a stop above it is the same as below.
        Assert.Equal(0m, new FractionalKelly(Quarter).Size(Asking(results, stop: 0)));
        Assert.Equal(4m, new FractionalKelly(Quarter).Size(Asking(results, stop: 0, equity: 10_000_000)));
        Assert.Equal(200m, new FractionalKelly(Quarter).Size(Asking(results, stop: 5010)));
    }

    [Theory]
    [InlineData(0, 0.005)]
    [InlineData(1, 0.025)]
    [InlineData(2, 0.05)]
    [InlineData(3, 0.075)]
    [InlineData(4, 0.1)]
    [InlineData(20, 0.1)]
    public void BelowTheMinimumCountTheEdgeIsShrunkTowardsNone(int wins, double fraction) =>
        // Only wins: f would be 1. A quarter of f × n / 10, at least the learning fraction, at most a tenth.
        Assert.Equal(fraction, new FractionalKelly(Quarter).Fraction(Results([.. Enumerable.Repeat(50.0, wins)])), 12);

    [Fact]
    public void WhileItLearnsALosingStrategyRisksTheLearningFractionAndFromTheMinimumCountOnNothing()
    {
        var kelly = new FractionalKelly(Quarter);
        TradeResults nine = Results([.. Enumerable.Repeat(-50.0, 9)]), ten = Results([.. Enumerable.Repeat(-50.0, 10)]);

        Assert.Equal((0.005, 0.0), (kelly.Fraction(nine), kelly.Fraction(ten)));
        Assert.Equal((0m, SignalRefusal.NoEdge), (kelly.Size(Asking(ten)), kelly.WhyNothing(Asking(ten))));
        // Too little money for one unit is another matter.
        Assert.Equal((0m, SignalRefusal.SizeIsZero), (kelly.Size(Asking(nine, equity: 1000)), kelly.WhyNothing(Asking(nine, equity: 1000))));
    }

    [Fact]
    public void OnlyTheLastTradesCount()
    {
        double[] old = [.. Enumerable.Repeat(-500.0, 30)], last = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 300.0 : -100.0)];

        // f = 0.5 − 0.5 × 100 / 300 = 1/3; a quarter is 1/12.
        Assert.Equal(1.0 / 12, new FractionalKelly(Quarter).Fraction(Results([.. old, .. last])), 12);
    }

    [Fact]
    public void KellyIsThePlainComputationWhateverTheTradesWere() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(-400, 400)).ToArbitrary(), trades =>
        {
            double[] last = [.. trades.TakeLast(20).Select(trade => (double)trade)], won = [.. last.Where(trade => trade > 0)], lost = [.. last.Where(trade => trade < 0)];
            double edge = won.Length == 0 ? (lost.Length == 0 ? 0 : -1) : won.Length / (double)(won.Length + lost.Length) - lost.Length / (double)(won.Length + lost.Length) * (lost.Length == 0 ? 0 : -lost.Average()) / won.Average();
            double expected = 0.25 * edge * Math.Min(1, last.Length / 10.0);
            if (last.Length < 10) expected = Math.Max(0.005, expected);
            expected = Math.Clamp(expected, 0, 0.1);
            Assert.Equal(expected, new FractionalKelly(Quarter).Fraction(Results([.. trades.Select(trade => (double)trade)])), 9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData(1_000_000, 10, 10)]
    [InlineData(999_999, 10, 9)]
    [InlineData(1_000_000, 12.5, 8)]
    [InlineData(1_000_000, 100.5, 0)]
    public void VolatilityRisksTheSameMoneyOnSoManyRanges(double equity, double range, double units)
    {
        // 0.01 of the equity for two ranges at 50 a point.
        var sizing = new VolatilityTarget(0.01m, ranges: 2);
        SizingRequest request = new SizingRequest(Bench.Es, 5000, 0, equity) { AverageRange = range };

        Assert.Equal((decimal)units, sizing.Size(in request));
        Assert.Equal(Math.Floor(equity * 0.01 / (2 * range * 50)), units);
        if (units == 0) Assert.Equal(SignalRefusal.SizeIsZero, sizing.WhyNothing(in request));
    }

    [Fact]
    public void UntilTheRangeIsKnownThereIsNoOrderAndTheReasonSaysSo()
    {
        // Ready with the fourth bar of three: the ranges are 4, 8 and 12, their mean 8; 10,000 of 1,000,000 over 2 × 8 × 50 are 12.5.
        var bench = new Bench(Bench.Options() with { Sizing = new VolatilityTarget(0.01m, 2, period: 3) }, new Scripted((strategy, _) => { strategy.Withdraw(); strategy.Long(); }));
        foreach (double close in new double[] { 5000, 5004, 4996 }) bench.Bar(close);
        Assert.All(bench.Of(OutputKind.SignalRefused), refused => Assert.Equal(SignalRefusal.RangeNotKnown, refused.SignalRefused.Reason));
        Assert.Equal(3, bench.Of(OutputKind.SignalRefused).Count());
        bench.Bar(5008);

        Assert.Equal(12m, bench.Submitted.Single().Quantity);
    }

    [Fact]
    public void ASessionLearnsFromWhatItsOwnStrategyClosedAndGoesOnWithItAfterASnapshotAndInTheNextSession()
    {
        KellyOptions options = Quarter with { LearningFraction = 0.0025, MinimumTrades = 2, Trades = 5 };
        Bench Make() => new(Bench.Options() with { Sizing = new FractionalKelly(options) }, new Scripted((strategy, bar) =>
        {
            if (strategy.Held == 0) strategy.Say(new Wish(SignalAction.Buy, "test") { StopLoss = bar.Close - 10 });
            else strategy.Flat();
        }));
        Bench bench = Make();
        // 2,500 at 500 a unit: 5. Won 4 and lost 2 points: 200 and −100 a unit, f = 0.5 − 0.5 / 2 = 0.25, a quarter of it 0.0625.
        Trade(bench, 5m, 5000, 5004);
        // One win: f = 1 × 1/2, a quarter of it 0.125, held to 0.1: 1,001,000 × 0.1 / 500 = 200.2.
        Trade(bench, 200m, 5000, 4998);
        bench.Bar(5000);
        decimal third = bench.Submitted.Last().Quantity;
        // 1,000,000 + 5 × 200 − 200 × 100 = 981,000; × 0.0625 / 500 = 122.6.
        Assert.Equal(122m, third);

        Bench other = Make();
        other.Engine.Restore(bench.Engine.TakeSnapshot());
        Assert.Equal(bench.Engine.TakeSnapshot(), other.Engine.TakeSnapshot());
        Carry left = bench.Engine.Leave("one", order => $"c-{order.Id}");
        Assert.Equal([200, -100], left.Results!.Single().PerUnit);
        Carry again = Carry.FromJson(left.ToJson());
        Assert.Equal([200, -100], again.Results!.Single().PerUnit);
        Bench next = Make();
        next.Give(Input.Carry(next.Engine.Now, left with { Orders = [], Strategies = [], Instruments = [] }));
        next.Bar(5000);
        Assert.Equal(122m, next.Submitted.Single().Quantity);
    }

    [Fact]
    public void TheNextSessionDoesNotKnowTheRangeOfTheOneBeforeAndSaysSoUntilItHasItsOwn()
    {
        // As above: ranges of 4, 8 and 12 are 8 in the mean, and 12.5 units; what the next session sees is 2, 2 and 2, and 50 units.
        static Bench Make() => new(Bench.Options() with { Sizing = new VolatilityTarget(0.01m, 2, period: 3) }, new Scripted((strategy, _) => { strategy.Withdraw(); strategy.Long(); }));
        Bench before = Make();
        foreach (double close in new double[] { 5000, 5004, 4996, 5008 }) before.Bar(close);
        Assert.Equal(12m, before.Submitted.Single().Quantity);
        before.Accept(before.Submitted.Single());
        before.Cancel(before.Submitted.Single());

        Bench next = Make();
        next.Give(Input.Carry(next.Engine.Now, Carry.FromJson(before.Engine.Leave("one", order => $"c-{order.Id}").ToJson())));
        foreach (double close in new double[] { 5000, 5002, 5000 }) next.Bar(close);
        Assert.Equal([SignalRefusal.RangeNotKnown, SignalRefusal.RangeNotKnown, SignalRefusal.RangeNotKnown], next.Of(OutputKind.SignalRefused).Select(refused => refused.SignalRefused.Reason));
        Assert.Empty(next.Submitted);
        next.Bar(5002);
        Assert.Equal(50m, next.Submitted.Single().Quantity);
    }

    private static void Trade(Bench bench, decimal quantity, double entry, double exit)
    {
        bench.Forget();
        bench.Bar(entry);
        Order order = bench.Submitted.Single();
        Assert.Equal(quantity, order.Quantity);
        bench.Complete(order, (decimal)entry);
        Order stop = bench.Submitted.Last();
        bench.Accept(stop);
        bench.Forget();
        bench.Bar(exit);
        bench.Complete(bench.Submitted.Single(), (decimal)exit);
        if (!stop.Status.IsFinal()) bench.Cancel(stop);
    }

    private static TradeResults Results(params double[] perUnit)
    {
        var results = new TradeResults(Quarter.Trades);
        foreach (double each in perUnit) results.Add(each);
        return results;
    }

    private static SizingRequest Asking(TradeResults results, double stop = 4990, double equity = 1_000_000) => new(Bench.Es, 5000, stop, equity) { Results = results };
}
