using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Broker events may repeat, come late or be about nothing of ours; what was filled is booked once.</summary>
public sealed class LifecycleTests
{
    private readonly Bench _bench = new(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 4 }); }));

    [Fact]
    public void AnExecutionThatIsReportedTwiceIsBookedOnce()
    {
        Order order = Open();
        _bench.Fill(order, 1m, 5000m, execution: 77);
        _bench.Fill(order, 1m, 5000m, execution: 78);
        _bench.Fill(order, 1m, 5000m, execution: 77);
        _bench.Fill(order, 1m, 5000m, execution: 78);
        Assert.Equal(2m, _bench.Net);
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
    }

    [Fact]
    public void AFillBeforeTheAcceptanceIsBookedAndALateAcceptanceChangesNothing()
    {
        Order order = Open(accept: false);
        _bench.Fill(order, 1m, 5000m);
        _bench.Accept(order);
        Assert.Equal((1m, OrderStatus.PartiallyFilled), (_bench.Net, order.Status));
    }

    [Fact]
    public void AFillAfterTheCancelWasConfirmedIsBookedAndRaisesAnAlert()
    {
        Order order = Open();
        _bench.Cancel(order);
        _bench.Fill(order, 1m, 5000m);
        Assert.Equal(1m, _bench.Net);
        Assert.Contains(_bench.Of(OutputKind.Alert), alert => alert.Text!.Contains("after it was Canceled", StringComparison.Ordinal));
    }

    [Fact]
    public void MoreThanWasOrderedIsBookedAndRaisesAnAlert()
    {
        Order order = Open();
        _bench.Fill(order, 5m, 5000m);
        Assert.Equal(5m, _bench.Net);
        Assert.Single(_bench.Of(OutputKind.Alert));
    }

    [Fact]
    public void AnEventAboutAnOrderThatIsNotOursRaisesAnAlertAndChangesNothing()
    {
        _bench.Bar(5000);
        _bench.Give(new Input(_bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, new OrderId(999), 1, 1m, 1m)));
        Assert.Equal(0m, _bench.Net);
        Assert.Contains("999", _bench.Of(OutputKind.Alert).Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void PartialFillsAddUpToTheWholeAndTheirMeanPrice()
    {
        Order order = Open();
        _bench.Fill(order, 1m, 5000m);
        _bench.Fill(order, 3m, 5002m);
        Assert.Equal((OrderStatus.Filled, 4m, 5001.5m), (order.Status, order.FilledQuantity, order.AverageFillPrice));
    }

    [Fact]
    public void InputsOutOfOrderOfTimeAreRefused()
    {
        _bench.Bar(5000);
        Assert.Contains("order of time", Assert.Throws<InvalidOperationException>(() => _bench.Give(Input.Timer(Bench.Start))).Message, StringComparison.Ordinal);
    }

    private Order Open(bool accept = true)
    {
        _bench.Bar(5000);
        Order order = _bench.Submitted.Single();
        if (accept) _bench.Accept(order);
        return order;
    }
}
