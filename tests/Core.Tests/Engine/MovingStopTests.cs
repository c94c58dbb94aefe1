using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Core.Tests.Market;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A trailing stop follows the best price in favour only; break-even takes it to the entry. Distances and expected prices are worked out by hand (tick 0.25).</summary>
public sealed class MovingStopTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStopThatTrailsByTicksBeginsAtTheFillAndMovesInFavourOnly(bool isLong)
    {
        // 8 ticks are 2 points.
        Bench bench = Entered(new Wish(isLong ? SignalAction.Buy : SignalAction.Sell, "test") { Quantity = 2, Trail = new(Distance.Ticks(8)) { Every = TimeSpan.Zero } });
        decimal sign = isLong ? 1 : -1;
        Assert.Equal(5000m - sign * 2, Stop(bench).StopPrice);
        Assert.Equal([4999m, 4999m, 4999m, 5001.75m, 5001.75m], Path(bench, isLong, 5001, 5000.5, 4999.25, 5003.75, 5002));
        Assert.Single(Stops(bench));
        Assert.Empty(bench.Canceled);
    }

    [Fact]
    public void DistancesInPointsAndPercentAreMeasuredFromTheBestPrice()
    {
        Assert.Equal([5002.5m], Path(Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Points(7.5)) { Every = TimeSpan.Zero } }), true, 5010));
        // 0.1 % of 5010 is 5.01; 5004.99 is nearest to 5005.
        Assert.Equal([5005m], Path(Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Percent(0.1)) { Every = TimeSpan.Zero } }), true, 5010));
    }

    [Fact]
    public void ADistanceOfAnIndicatorMovesWithItAndTheStopStillOnlyInFavour()
    {
        var bench = new Bench(new RangeTrailer());
        // True ranges with closes a point apart: 1, 1, so the average over 2 is 1 and the distance 3.
        bench.Bar(5000);
        bench.Bar(5001);
        bench.Bar(5002);
        bench.Complete(bench.Submitted.Single(), 5002m);
        bench.Accept(Stop(bench));
        Assert.Equal(4999m, Stop(bench).StopPrice);
        // Range 5: the average is (1 + 5) / 2 = 3, the distance 9, and 5007 - 9 = 4998 would be backwards.
        bench.Bar(5007);
        Assert.Empty(bench.Modifications);
        // Range 0 three times: the average falls to 0.375 and the distance to 1.125: 5005.875 is nearest to 5006.
        bench.Bar(5007);
        bench.Modified(Stop(bench));
        bench.Bar(5007);
        bench.Modified(Stop(bench));
        bench.Bar(5007);
        Assert.Equal(5006m, bench.Modifications.Last().Terms.StopPrice);
    }

    [Fact]
    public void ASmallImprovementWaitsForTheStep()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) { StepTicks = 4, Every = TimeSpan.Zero } });
        Assert.Equal([4998m, 4998m, 4999m], Path(bench, true, 5000.25, 5000.75, 5001));
    }

    [Fact]
    public void AtMostOneMoveIsMadeInTheTimeBetweenTwo()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) { Every = TimeSpan.FromSeconds(10) } });
        Assert.Equal([4999m, 4999m, 4999m], Path(bench, true, 5001, 5002, 5003));
        bench.Wait(TimeSpan.FromSeconds(10));
        Assert.Equal([5001m], Path(bench, true, 5003));
    }

    [Fact]
    public void APriceThatPassesWhereTheStopShouldBeClosesThePosition()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) { Every = TimeSpan.FromSeconds(10) } });
        // The best price is 5010 and the stop should be at 5008, but it may move only after 10 seconds; by then the price is 5007.
        Path(bench, true, 5001, 5010);
        bench.Wait(TimeSpan.FromSeconds(10));
        Trade(bench, 5007);
        Assert.Equal((OrderPurpose.Flatten, 1m), (bench.Submitted.Last().Purpose, bench.Submitted.Last().Quantity));
    }

    [Fact]
    public void BreakEvenTakesTheStopToTheEntryAndItsOffsetOnce()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, StopLoss = 4990, BreakEven = new(Distance.Points(5)) { Offset = Distance.Ticks(1) } });
        Assert.Equal([4990m, 5000.25m, 5000.25m, 5000.25m], Path(bench, true, 5004.75, 5005, 5001, 5020));
    }

    [Fact]
    public void BreakEvenAndTrailingGoTogetherTheBetterOneCounts()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Points(10)) { Every = TimeSpan.Zero }, BreakEven = new(Distance.Points(4)) });
        Assert.Equal([4993m, 5000m, 5000m, 5005m], Path(bench, true, 5003, 5004, 5009, 5015));
    }

    [Fact]
    public void APartOfTheEntryThatFillsLaterDoesNotTakeTheStopBack()
    {
        var bench = new Bench(Once(new Wish(SignalAction.Buy, "test") { Quantity = 3, Trail = new(Distance.Points(2)) { Every = TimeSpan.Zero } }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Fill(entry, 1m, 5000m);
        bench.Accept(Stop(bench));
        Assert.Equal([5002m], Path(bench, true, 5004));
        bench.Fill(entry, 2m, 5004m);
        Assert.Equal((3m, 5002m), (bench.Modifications.Last().Terms.Quantity, bench.Modifications.Last().Terms.StopPrice));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(-3, 1, 0)]
    [InlineData(8, 0, 0)]
    [InlineData(8, 1, -1)]
    [InlineData(8, 1, 3601)]
    public void UnsoundSettingsAreRefused(int ticks, int step, double seconds)
    {
        var bench = new Bench(Once(new Wish(SignalAction.Buy, "test") { Trail = new(Distance.Ticks(ticks)) { StepTicks = step, Every = TimeSpan.FromSeconds(seconds) } }));
        bench.Bar(5000);
        Assert.Equal(SignalRefusal.MovingStopUnsound, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
    }

    [Fact]
    public void AnIndicatorThatIsNotTheStrategysOwnIsRefused()
    {
        var bench = new Bench(Once(new Wish(SignalAction.Buy, "test") { Trail = new(Distance.Of(new Atr(14), 2)) }));
        bench.Bar(5000);
        Assert.Equal(SignalRefusal.MovingStopUnsound, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
    }

    [Fact]
    public void AStopThatTheMarketIsThroughBeforeItIsPlacedIsNotSent()
    {
        var bench = new Bench(Once(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990 }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 4989m);
        Assert.Empty(Stops(bench));
        Assert.Equal(Core.Risk.RiskCode.WrongSide, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        Assert.Equal((OrderPurpose.Flatten, 2m), (bench.Submitted.Last().Purpose, bench.Submitted.Last().Quantity));
    }

    [Theory]
    [InlineData(SignalAction.Buy, 4999, true)]
    [InlineData(SignalAction.Buy, 5001, false)]
    [InlineData(SignalAction.Sell, 5001, true)]
    [InlineData(SignalAction.Sell, 4999, false)]
    public void AStopEntryThatTheMarketHasPassedIsRefused(SignalAction action, double stop, bool isRefused)
    {
        var bench = new Bench(Once(new Wish(action, "test") { OrderType = OrderType.Stop, StopPrice = stop }));
        bench.Bar(5000);
        Assert.Equal(isRefused ? [SignalRefusal.StopPassed] : [], bench.Of(OutputKind.SignalRefused).Select(output => output.SignalRefused.Reason));
    }

    [Fact]
    public void OverRealMinutesTheStopIsWhereAPlainComputationPutsIt()
    {
        List<Bar> bars = RealData.Bars("es-1m-2013.csv.gz", TimeSpan.FromMinutes(1));
        Bench bench = new(Once(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Points(3)) { Every = TimeSpan.Zero } }));
        bench.Bar(bars[0].Close);
        bench.Complete(bench.Submitted.Single(), Bench.Es.RoundToTick(bars[0].Close));
        bench.Accept(Stop(bench));
        double best = bars[0].Close;
        int moves = 0, minutes = 0;
        foreach (Bar bar in bars.Skip(1))
        {
            // Three points are exact in binary, so a plain maximum says where the stop is.
            if (bar.Close <= best - 3) break;
            if (bar.Close > best) (best, moves) = (bar.Close, moves + 1);
            bench.Bar(bar.Close);
            if (Stop(bench).Status == OrderStatus.ModifyPending) bench.Modified(Stop(bench));
            Assert.Equal((decimal)(best - 3), Stop(bench).StopPrice);
            minutes++;
        }
        Assert.True(minutes > 5, $"The stop was reached after {minutes} minutes already.");
        Assert.Equal(moves, bench.Modifications.Count());
    }

    private static Scripted Once(Wish wish) => new((strategy, _) => { if (strategy.Asked == 1) strategy.Say(in wish); });

    private static Bench Entered(Wish wish)
    {
        var bench = new Bench(Once(wish));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Accept(Stop(bench));
        return bench;
    }

    /// <summary>Where the stop stands after each price; for a short position prices and stops are mirrored at 5000.</summary>
    private static List<decimal> Path(Bench bench, bool isLong, params double[] prices)
    {
        List<decimal> stops = [];
        foreach (double price in prices)
        {
            Trade(bench, isLong ? price : 10_000 - price);
            if (Stop(bench).Status == OrderStatus.ModifyPending) bench.Modified(Stop(bench));
            stops.Add(isLong ? Stop(bench).StopPrice : 10_000m - Stop(bench).StopPrice);
        }
        return stops;
    }

    private static void Trade(Bench bench, double price) => bench.Give(new Input(0, new Trade(bench.Engine.Now, price, 1)));

    private static IEnumerable<Order> Stops(Bench bench) => bench.Submitted.Where(order => order.Purpose == OrderPurpose.StopLoss);

    private static Order Stop(Bench bench) => Stops(bench).Last();

    private sealed class RangeTrailer : Strategy
    {
        private readonly Atr _range;

        public RangeTrailer() => _range = Use(new Atr(2));

        protected override void OnBar(in Bar bar)
        {
            if (IsFlat) Emit(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Of(_range, 3)) { Every = TimeSpan.Zero } });
        }
    }
}
