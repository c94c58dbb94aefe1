using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An order that the venue is proven never to have had is sent once more under its own number while it is wanted, and otherwise given up.</summary>
public sealed class AbsentOrderTests
{
    private readonly Bench _bench = new(new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990 });
        if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "more") { Quantity = 5, StopLoss = 4990 });
        if (strategy.Asked == 3) strategy.Flat();
    }));

    [Fact]
    public void AnEntryThatNeverArrivedIsSentOnceMoreUnderItsOwnNumber()
    {
        Order order = Doubtful();
        _bench.Forget();
        _bench.Tell(order, BrokerEventKind.Absent);
        Assert.Same(order, _bench.Submitted.Single());
        Assert.Equal((OrderStatus.Sending, 2), (order.Status, order.Sends));
        _bench.Complete(order, 5000m);
        Assert.Equal(2m, _bench.Net);
    }

    [Fact]
    public void AnOrderIsNeverSentThrice()
    {
        Order order = Doubtful();
        _bench.Tell(order, BrokerEventKind.Absent);
        _bench.Tell(order, BrokerEventKind.SubmitInDoubt, "no answer");
        _bench.Forget();
        _bench.Tell(order, BrokerEventKind.Absent);
        Assert.Equal(OrderStatus.Expired, order.Status);
        Assert.Empty(_bench.Submitted);
        _bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(_bench.Submitted);
        Assert.Contains("twice", Cause(OrderStatus.Expired), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEntryThatNeverArrivedExpiresWhenTheStrategyWantsSomethingElse()
    {
        Order order = Doubtful();
        _bench.Bar(5000);
        _bench.Forget();
        _bench.Tell(order, BrokerEventKind.Absent);
        Assert.Equal(OrderStatus.Expired, order.Status);
        // What it wants now is asked for anew, under a number of its own.
        Assert.Equal(5m, _bench.Submitted.Single().Quantity);
        Assert.NotEqual(order.Id, _bench.Submitted.Single().Id);
    }

    [Theory]
    [InlineData(31, 5000, "too old")]
    [InlineData(11, 5000, "market data")]
    [InlineData(1, 5026, "moved too far")]
    public void AnEntryThatNeverArrivedExpiresWhenTooOldOrOnOldDataOrFarFromItsPrice(int seconds, double price, string why)
    {
        Order order = Doubtful();
        _bench.Wait(TimeSpan.FromSeconds(seconds));
        // A trade where the data is to be fresh: 5026 is more than 0.5 % from 5000.
        if (why != "market data") _bench.Give(new Input(0, new Trade(_bench.Engine.Now, price, 1)));
        _bench.Forget();
        _bench.Tell(order, BrokerEventKind.Absent);
        Assert.Equal(OrderStatus.Expired, order.Status);
        Assert.Empty(_bench.Submitted);
        Assert.Contains(why, Cause(OrderStatus.Expired), StringComparison.Ordinal);
    }

    [Fact]
    public void AStopThatNeverArrivedIsSentAgainHoweverOldItIs()
    {
        Order entry = Submit();
        _bench.Complete(entry, 5000m);
        Order stop = _bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
        _bench.Tell(stop, BrokerEventKind.SubmitInDoubt, "no answer");
        _bench.Wait(TimeSpan.FromMinutes(5));
        _bench.Forget();
        _bench.Tell(stop, BrokerEventKind.Absent);
        Assert.Same(stop, _bench.Submitted.Single());
        // Absent for the second time, it is given up and the position gets a new one.
        _bench.Tell(stop, BrokerEventKind.SubmitInDoubt, "no answer");
        _bench.Forget();
        _bench.Tell(stop, BrokerEventKind.Absent);
        Order next = _bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
        Assert.NotEqual(stop.Id, next.Id);
        Assert.Equal(2m, next.Quantity);
    }

    [Fact]
    public void AnAbsenceThatIsToldOfAnOrderThatTheVenueHasShownIsIgnored()
    {
        Order order = Submit();
        _bench.Accept(order);
        _bench.Tell(order, BrokerEventKind.Absent);
        Assert.Equal(OrderStatus.Working, order.Status);
    }

    [Fact]
    public void AnOrderHeldAbsentThatTheVenueHasAfterAllLivesAgainAndIsCanceledWhereItIsNotWanted()
    {
        Order order = Doubtful();
        _bench.Command(CommandKind.Stop);
        _bench.Tell(order, BrokerEventKind.Absent);
        Assert.Equal(OrderStatus.Expired, order.Status);
        _bench.Accept(order);
        Assert.Equal(OrderStatus.CancelPending, order.Status);
        Assert.Same(order, _bench.Canceled.Single());
        Assert.Contains(order, _bench.Engine.Market(0).Working);
    }

    private string Cause(OrderStatus status) => _bench.Of(OutputKind.OrderChanged).Single(output => output.OrderChanged.Status == status).Text!;

    private Order Submit()
    {
        _bench.Bar(5000);
        return _bench.Submitted.Single();
    }

    private Order Doubtful()
    {
        Order order = Submit();
        _bench.Tell(order, BrokerEventKind.SubmitInDoubt, "no answer in 5 s");
        return order;
    }
}
