using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Stops that the venue moves: which they are, that the engine leaves their price to the venue, and that it moves a stop of its own as soon as the venue does not. Tick 0.25.</summary>
public sealed class VenueTrailTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFixedNumberOfTicksIsHandedToTheVenueAndMovedByItAlone(bool isLong)
    {
        Bench bench = Entered(new Wish(isLong ? SignalAction.Buy : SignalAction.Sell, "test") { Quantity = 2, Trail = new(Distance.Ticks(8)) });
        decimal sign = isLong ? 1 : -1;
        Assert.Equal((8, 5000m - sign * 2), (Stop(bench).TrailTicks, Stop(bench).StopPrice));
        Trade(bench, 5000 + (double)sign * 10);
        bench.Wait(TimeSpan.FromSeconds(1));
        Trade(bench, 5000 + (double)sign * 10);
        Assert.Empty(bench.Modifications);
        Moved(bench, 5000m + sign * 8);
        Assert.Equal(5000m + sign * 8, Stop(bench).StopPrice);
        Assert.Equal(5000m + sign * 8, bench.Engine.Strategy(0).StopLoss);
        Assert.Empty(bench.Canceled);
    }

    [Theory]
    [InlineData("percent")]
    [InlineData("no whole ticks")]
    [InlineData("steps")]
    [InlineData("break-even")]
    [InlineData("beyond what venues take")]
    [InlineData("another first price")]
    public void WhatTheVenueCannotKeepAsWishedIsMovedByTheEngine(string what)
    {
        Wish wish = new(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) };
        wish = what switch
        {
            "percent" => wish with { Trail = new(Distance.Percent(0.1)) },
            "no whole ticks" => wish with { Trail = new(Distance.Points(2.1)) },
            "steps" => wish with { Trail = new(Distance.Ticks(8)) { StepTicks = 2 } },
            "break-even" => wish with { BreakEven = new(Distance.Points(4)) },
            "beyond what venues take" => wish with { Trail = new(Distance.Ticks(1001)) },
            _ => wish with { StopLoss = 4999 },
        };
        Bench bench = Entered(wish);
        Assert.Equal(0, Stop(bench).TrailTicks);
        Trade(bench, 5300);
        Assert.Single(bench.Modifications);
    }

    [Fact]
    public void DistancesInPointsThatAreWholeTicksAreTheVenuesToo() => Assert.Equal(30, Stop(Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Points(7.5)) })).TrailTicks);

    [Fact]
    public void WithoutTheSettingTheEngineMovesIt()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) }, trails: false);
        Assert.Equal(0, Stop(bench).TrailTicks);
    }

    [Fact]
    public void APriceThatHasGoneBackFromTheBestOneLeavesTheStopToTheEngine()
    {
        // The fill is 3 ticks above the last price: the venue would begin 3 ticks further away, and 8 ticks let 1 pass.
        var bench = new Bench(Options(true), Once(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000.75m);
        Assert.Equal((0, 4998.75m), (Stop(bench).TrailTicks, Stop(bench).StopPrice));
    }

    [Fact]
    public void AFillATickAwayFromTheLastPriceStillFitsAndTheDistanceIsTheWishedOne()
    {
        var bench = new Bench(Options(true), Once(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000.25m);
        Assert.Equal((8, 4998m), (Stop(bench).TrailTicks, Stop(bench).StopPrice));
    }

    [Theory]
    [InlineData(BrokerEventKind.Rejected)]
    [InlineData(BrokerEventKind.Canceled)]
    [InlineData(BrokerEventKind.Expired)]
    public void WhatTheVenueEndsIsFollowedByOneStopOfTheEnginesWhichMoves(BrokerEventKind end)
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 2, Trail = new(Distance.Ticks(8)) { Every = TimeSpan.Zero } });
        bench.Wait(TimeSpan.FromSeconds(1));
        Trade(bench, 5005);
        Moved(bench, 5003m);
        Order first = Stop(bench);
        bench.Tell(first, end, "no");
        Order second = Stop(bench);
        Assert.NotSame(first, second);
        Assert.Equal((0, 5003m, 2m), (second.TrailTicks, second.StopPrice, second.Quantity));
        Assert.DoesNotContain(bench.Submitted, order => order.Purpose == OrderPurpose.Flatten);
        Assert.Contains(bench.Alerts, alert => alert.Contains("the engine places a stop at 5003", StringComparison.Ordinal));
        bench.Accept(second);
        Trade(bench, 5006);
        Assert.Equal(5004m, bench.Modifications.Single().Terms.StopPrice);
        Assert.Equal(2, Stops(bench).Count());
    }

    [Fact]
    public void APlainStopThatIsLostAfterwardsIsPlacedOnceMoreAndThenThePositionIsClosed()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) });
        for (int i = 0; i < 3; i++) bench.Cancel(Stop(bench));
        Assert.Equal([8, 0, 0], Stops(bench).Select(stop => stop.TrailTicks));
        Assert.Equal(OrderPurpose.Flatten, bench.Submitted.Last().Purpose);
    }

    [Fact]
    public void APartOfTheEntryThatFillsLaterChangesTheSizeAndLeavesThePriceToTheVenue()
    {
        var bench = new Bench(Options(true), Once(new Wish(SignalAction.Buy, "test") { Quantity = 3, Trail = new(Distance.Ticks(8)) }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Fill(entry, 1m, 5000m);
        bench.Accept(Stop(bench));
        Trade(bench, 5004);
        Moved(bench, 5002m);
        bench.Fill(entry, 2m, 5004m);
        Assert.Equal((3m, 5002m), (bench.Modifications.Single().Terms.Quantity, bench.Modifications.Single().Terms.StopPrice));
        // The venue goes on while the change is on its way.
        Moved(bench, 5003m);
        bench.Modified(Stop(bench));
        Assert.Equal((3m, 5003m), (Stop(bench).Quantity, Stop(bench).StopPrice));
        Assert.Single(Stops(bench));
    }

    [Fact]
    public void ANearerStopThatIsWishedReplacesTheVenuesNeverBesideIt()
    {
        var bench = new Bench(Options(true), new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(40)) });
            if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 1, StopLoss = 4998 });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Accept(Stop(bench));
        bench.Bar(5000);
        Order trailed = Stop(bench);
        Assert.Same(trailed, bench.Canceled.Single());
        Assert.Single(Stops(bench));
        bench.Cancel(trailed);
        Assert.Equal((0, 4998m), (Stop(bench).TrailTicks, Stop(bench).StopPrice));
        Assert.Equal(2, Stops(bench).Count());
    }

    [Fact]
    public void WordsAboutAStopThatStaysMoveNothing()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, StopLoss = 4990 });
        Moved(bench, 4995m);
        Assert.Equal(4990m, Stop(bench).StopPrice);
    }

    [Fact]
    public void ARestartKnowsThatTheVenueMovesIt()
    {
        Bench before = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Ticks(8)) });
        Trade(before, 5005);
        Moved(before, 5003m);
        var after = new Bench(Options(true), new Scripted((_, _) => { }));
        after.Give(Input.Carry(Bench.Start, Carry.FromJson(Sessions.Left(before).ToJson())));
        Order stop = after.Engine.Market(0).Working.Single();
        Assert.Equal((8, 5003m), (stop.TrailTicks, stop.StopPrice));
        Trade(after, 5010);
        Moved(after, stop, 5008m);
        Assert.Equal(5008m, stop.StopPrice);
        Assert.Empty(after.Modifications);
        Assert.Empty(after.Canceled);
    }

    private static EngineOptions Options(bool trails) => Bench.Options() with { TrailsAtVenue = trails };

    private static Scripted Once(Wish wish) => new((strategy, _) => { if (strategy.Asked == 1) strategy.Say(in wish); });

    private static Bench Entered(Wish wish, bool trails = true)
    {
        var bench = new Bench(Options(trails), Once(wish));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Accept(Stop(bench));
        return bench;
    }

    private static void Trade(Bench bench, double price) => bench.Give(new Input(0, new Trade(bench.Engine.Now, price, 1)));

    private static void Moved(Bench bench, decimal price) => Moved(bench, Stop(bench), price);

    private static void Moved(Bench bench, Order stop, decimal price) => bench.Give(new Input(bench.Engine.Now, new BrokerEvent(BrokerEventKind.StopMoved, stop.Id, Price: price)));

    private static IEnumerable<Order> Stops(Bench bench) => bench.Submitted.Where(order => order.Purpose == OrderPurpose.StopLoss);

    private static Order Stop(Bench bench) => Stops(bench).Last();
}
