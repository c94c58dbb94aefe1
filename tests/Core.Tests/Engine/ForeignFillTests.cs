using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What the account trades and no strategy made belongs to nobody of ours, is never lost, and is left alone by all but an operator.</summary>
public sealed class ForeignFillTests
{
    private readonly Bench _bench = new(new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990 });
    }));

    [Fact]
    public void AManualTradeIsOfTheAccountAndOfNoStrategy()
    {
        Order stop = Hold();
        External(7, 3m, 5001m, fee: 2m);
        Assert.Equal((5m, 2m, 3m), (_bench.Net, _bench.Engine.Strategy(0).Position.Quantity, _bench.Engine.Market(0).External));
        Assert.Equal(2m, stop.Quantity);
        Assert.Empty(_bench.Modifications);
        Fill fill = _bench.Of(OutputKind.FillBooked).Last().Fill;
        Assert.Equal((true, 3m, 3m, 2m), (fill.IsExternal, fill.Quantity, fill.PositionAfter, fill.Fee));
        Assert.Contains(_bench.Alerts, alert => alert.Contains("not ours", StringComparison.Ordinal));
    }

    [Fact]
    public void ItsProfitIsTheAccountsAndNotTheStrategys()
    {
        Hold();
        External(7, -1m, 5001m);
        External(8, 1m, 4999m);
        // One contract of 50 a point, two points: the strategy's two contracts are untouched.
        Assert.Equal((2m, 2m, 0m), (_bench.Net, _bench.Engine.Strategy(0).Position.Quantity, _bench.Engine.Market(0).External));
        Assert.Equal(0m, _bench.Engine.Strategy(0).Counters.RealizedPnl);
        Assert.Equal(100m, _bench.Of(OutputKind.FillBooked).Last().Fill.RealizedPnl);
        _bench.Bar(5000);
        Assert.Equal(1_000_100m, _bench.Engine.Account.ExactEquity());
    }

    [Fact]
    public void TheSameForeignExecutionIsBookedOnce()
    {
        External(7, 3m, 5001m);
        External(7, 3m, 5001m);
        Assert.Equal(3m, _bench.Net);
    }

    [Fact]
    public void AnOperatorsFlattenClosesItToo()
    {
        Hold();
        External(7, 3m, 5001m);
        _bench.Forget();
        _bench.Command(CommandKind.Flatten);
        Assert.Equal([2m, 3m], _bench.Submitted.Where(order => order.Purpose == OrderPurpose.Flatten).Select(order => order.Quantity).Order());
        foreach (Order order in _bench.Submitted.ToArray()) _bench.Complete(order, 5000m);
        Assert.Equal((0m, 0m, 0m), (_bench.Net, _bench.Engine.Strategy(0).Position.Quantity, _bench.Engine.Market(0).External));
    }

    [Fact]
    public void ClosingWhatIsNotOursIsTriedAgainToo()
    {
        External(7, 3m, 5001m);
        _bench.Bar(5000);
        _bench.Forget();
        _bench.Command(CommandKind.Flatten);
        Order close = _bench.Submitted.Single(order => order.Share(0).Strategy == Fill.ExternalStrategy);
        _bench.Reject(close);
        _bench.Forget();
        _bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(3m, _bench.Submitted.Single().Quantity);
    }

    [Fact]
    public void OppositePositionsMeetInsideWhenAllIsClosed()
    {
        Hold();
        External(7, -2m, 5001m);
        _bench.Forget();
        _bench.Command(CommandKind.Flatten);
        Assert.Empty(_bench.Submitted);
        Assert.Equal((0m, 0m, 0m), (_bench.Net, _bench.Engine.Strategy(0).Position.Quantity, _bench.Engine.Market(0).External));
    }

    [Fact]
    public void AFillOfAnOrderThatNobodyKnowsIsBookedAsNotOurs()
    {
        _bench.Bar(5000);
        Unknown(order: 999, execution: 7, quantity: -2m);
        Assert.Equal((-2m, -2m), (_bench.Net, _bench.Engine.Market(0).External));
        Assert.Contains(_bench.Alerts, alert => alert.Contains("999", StringComparison.Ordinal));
    }

    [Fact]
    public void OneWithoutAnInstrumentCannotBeBookedAndSaysSo()
    {
        _bench.Bar(5000);
        _bench.Give(new Input(_bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, new OrderId(999), 7, 2m, 5000m)));
        Assert.Equal(0m, _bench.Net);
        Assert.Contains(_bench.Alerts, alert => alert.Contains("cannot be booked", StringComparison.Ordinal));
    }

    [Fact]
    public void AForeignExecutionThatTurnsOutToBeOfAnOrderPassesToItsStrategy()
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        External(7, 2m, 5000m, fee: 4m);
        Assert.Equal((2m, 0m, 2m), (_bench.Net, _bench.Engine.Strategy(0).Position.Quantity, _bench.Engine.Market(0).External));
        decimal cash = _bench.Engine.Account.Cash;
        _bench.Fill(entry, 2m, 5000m, fee: 4m, execution: 7);
        Assert.Equal((2m, 2m, 0m), (_bench.Net, _bench.Engine.Strategy(0).Position.Quantity, _bench.Engine.Market(0).External));
        Assert.Equal(cash, _bench.Engine.Account.Cash);
        Assert.Equal(OrderStatus.Filled, entry.Status);
        Assert.Equal(2m, _bench.Submitted.Last().Quantity);
        Assert.Equal(OrderPurpose.StopLoss, _bench.Submitted.Last().Purpose);
    }

    [Fact]
    public void AnExecutionOfAForgottenOrderIsNotBookedAgain()
    {
        // Each bar turns the position, so that orders come and go until the first is long forgotten.
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked % 2 == 1) strategy.Long();
            else strategy.Flat();
        }));
        Order? first = null;
        for (int i = 0; i < 1_100; i++)
        {
            bench.Forget();
            bench.Bar(5000);
            first ??= bench.Submitted.Single();
            bench.Complete(bench.Submitted.Single(), 5000m);
        }
        bench.Forget();
        decimal net = bench.Net;
        bench.Give(new Input(0, bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, first!.Id, 1, 1m, 5000m)));
        Assert.Equal((net, 0m), (bench.Net, bench.Engine.Market(0).External));
        Assert.Empty(bench.Alerts);
        // One that is new is booked, to nobody, with an alarm.
        bench.Give(new Input(0, bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, first.Id, 999_999, 1m, 5000m)));
        Assert.Equal((net + 1m, 1m), (bench.Net, bench.Engine.Market(0).External));
        Assert.Single(bench.Alerts);
    }

    [Fact]
    public void AnExecutionThatCameAfterTheEndOfAForgottenOrderIsNotBookedAgainEither()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked % 2 == 1) strategy.Long();
            else strategy.Flat();
        }));
        bench.Bar(5000);
        Order first = bench.Submitted.Single();
        bench.Complete(first, 5000m);
        bench.Fill(first, 1m, 5000m, execution: 777_777);
        bench.Complete(bench.Submitted.Last(), 5000m);
        bench.Command(CommandKind.ResumeStrategy);
        for (int i = 0; i < 1_100; i++)
        {
            bench.Forget();
            bench.Bar(5000);
            bench.Complete(bench.Submitted.Single(), 5000m);
        }
        bench.Forget();
        decimal net = bench.Net;
        bench.Give(new Input(0, bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, first.Id, 777_777, 1m, 5000m)));
        bench.Give(new Input(0, bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, first.Id, 1, 1m, 5000m)));
        Assert.Equal((net, 0m), (bench.Net, bench.Engine.Market(0).External));
        Assert.Empty(bench.Alerts);
    }

    [Fact]
    public void AnOverfillIsBookedAndItsStrategyOnlyReducesUntilSomebodyAcknowledges()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2 });
            if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "more") { Quantity = 5 });
            if (strategy.Asked == 3) strategy.Flat();
            if (strategy.Asked == 4) strategy.Say(new Wish(SignalAction.Buy, "again") { Quantity = 1 });
        }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Fill(entry, 3m, 5000m);
        Assert.Equal((3m, OrderStatus.Filled), (bench.Net, entry.Status));
        Assert.Contains(bench.Alerts, alert => alert.Contains("3 where 2 remained", StringComparison.Ordinal));
        Assert.True(bench.Engine.Strategy(0).IsReduceOnly);
        // What was not asked for is given back at once.
        Order excess = bench.Submitted.Last();
        Assert.Equal((Side.Sell, 1m), (excess.Side, excess.Quantity));
        bench.Complete(excess, 5000m);
        Assert.Equal(2m, bench.Net);
        bench.Forget();
        bench.Bar(5000);
        Assert.Equal(RiskCode.Overfilled, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        Assert.Empty(bench.Submitted);
        bench.Bar(5000);
        Assert.Equal((Side.Sell, 2m), (bench.Submitted.Single().Side, bench.Submitted.Single().Quantity));
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Forget();
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        bench.Command(CommandKind.ResumeStrategy);
        Assert.Equal((Side.Buy, 1m), (bench.Submitted.Single().Side, bench.Submitted.Single().Quantity));
        Assert.False(bench.Engine.Strategy(0).IsReduceOnly);
    }

    [Fact]
    public void ABustedExecutionIsUndoneAndBothAreKept()
    {
        Order stop = Hold(price: 5000m, fee: 4m);
        Order entry = _bench.Submitted.First();
        decimal cash = 1_000_000m;
        Assert.Equal(cash - 4m, _bench.Engine.Account.Cash);
        _bench.Accept(stop);
        Bust(entry, execution: 1, 2m, 5000m, fee: 4m);
        Assert.Equal((0m, cash, 0m), (_bench.Net, _bench.Engine.Account.Cash, _bench.Engine.Account.Fees));
        Assert.Equal((2m, 2m), (entry.FilledQuantity, entry.BustedQuantity));
        Fill[] fills = [.. _bench.Of(OutputKind.FillBooked).Select(output => output.Fill)];
        Assert.Equal([(Side.Buy, 2m, false), (Side.Sell, 2m, true)], fills.Select(fill => (fill.Side, fill.Quantity, fill.IsReversal)));
        Assert.Same(stop, _bench.Canceled.Single());
        // Told twice, it is undone once.
        Bust(entry, execution: 1, 2m, 5000m, fee: 4m);
        Assert.Equal(0m, _bench.Net);
    }

    [Fact]
    public void ABustThatComesBeforeItsExecutionUndoesItWhenItComes()
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        Bust(entry, execution: 1, 2m, 5000m, fee: 0m);
        Assert.Equal(0m, _bench.Net);
        _bench.Fill(entry, 2m, 5000m, execution: 1);
        Assert.Equal((0m, 2m, 2m, OrderStatus.Filled), (_bench.Net, entry.FilledQuantity, entry.BustedQuantity, entry.Status));
    }

    [Fact]
    public void TheProfitOfAClosingThatWasBustedIsTakenBackWithTheNextClose()
    {
        Order stop = Hold(price: 5000m);
        _bench.Accept(stop);
        _bench.Fill(stop, 2m, 4990m, execution: 50);
        Assert.Equal(1_000_000m - 2 * 10m * 50m, _bench.Engine.Account.Cash);
        Bust(stop, execution: 50, 2m, 4990m, fee: 0m);
        // The two are held again: at 5000 the account is worth what it was.
        _bench.Bar(5000);
        Assert.Equal((2m, 1_000_000m), (_bench.Net, _bench.Engine.Account.ExactEquity()));
        Assert.Equal(2m, _bench.Engine.Strategy(0).Position.Quantity);
    }

    private Order Hold(decimal price = 5000m, decimal fee = 0m)
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        _bench.Accept(entry);
        _bench.Fill(entry, 2m, price, fee);
        return _bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
    }

    private void External(long execution, decimal quantity, decimal price, decimal fee = 0m) =>
        _bench.Give(new Input(0, _bench.Engine.Now > Bench.Start ? _bench.Engine.Now : Bench.Start, new AccountEvent(AccountEventKind.ExternalFill, execution, quantity, price, fee)));

    private void Unknown(long order, long execution, decimal quantity) =>
        _bench.Give(new Input(0, _bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, new OrderId(order), execution, quantity, 5000m)));

    private void Bust(Order order, long execution, decimal quantity, decimal price, decimal fee) =>
        _bench.Give(new Input(_bench.Engine.Now, new BrokerEvent(BrokerEventKind.Busted, order.Id, execution, quantity, price, fee), "erroneous trade"));
}
