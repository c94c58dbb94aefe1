using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A close that fails is tried again by the engine, because nobody else would; a broker that refuses the same again and again is asked once a minute.</summary>
public sealed class ClosingTests
{
    private readonly Bench _bench = new(Options(), new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2 });
        if (strategy.Asked == 2) strategy.Flat();
    }));

    [Fact]
    public void ARefusedFlattenIsTriedAgainAndSaysSo()
    {
        Hold();
        _bench.Command(CommandKind.Flatten);
        _bench.Tell(Close(), BrokerEventKind.Rejected, "not now");
        Assert.Contains(_bench.Alerts, alert => alert.Contains("closing 2 ES failed (Rejected); it is tried again in 2 s", StringComparison.Ordinal));
        _bench.Forget();
        _bench.Wait(TimeSpan.FromSeconds(2));
        _bench.Complete(_bench.Submitted.Single(), 5000m);
        _bench.Forget();
        _bench.Wait(TimeSpan.FromMinutes(5));
        Assert.Empty(_bench.Submitted);
        Assert.Equal(0m, _bench.Net);
    }

    [Fact]
    public void AFlattenThatIsRefusedForTheSameReasonEachTimeIsAProbeAMinute()
    {
        Hold();
        _bench.Command(CommandKind.Flatten);
        List<double> pauses = [];
        for (int attempt = 0; attempt < 5; attempt++)
        {
            // Numbers do not make another reason of it.
            _bench.Tell(Close(), BrokerEventKind.Rejected, $"order {100 + attempt}: the account is locked");
            Timestamp refused = _bench.Engine.Now;
            _bench.Forget();
            while (!_bench.Submitted.Any()) _bench.Wait(TimeSpan.FromMilliseconds(500));
            pauses.Add((_bench.Engine.Now - refused).TotalSeconds);
        }
        Assert.Equal([2, 4, 60, 60, 60], pauses);
    }

    [Fact]
    public void AFlattenThatOurOwnRulesDenyIsTriedAgain()
    {
        var bench = new Bench(Options(new OrderRate(1, TimeSpan.FromSeconds(3))), new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Long(); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Forget();
        bench.Command(CommandKind.Flatten);
        Assert.Equal(RiskCode.OrderRate, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        Assert.Contains(bench.Alerts, alert => alert.Contains("denied: OrderRate", StringComparison.Ordinal));
        for (int i = 0; i < 8; i++) bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((OrderPurpose.Flatten, 1m), (bench.Submitted.Single().Purpose, bench.Submitted.Single().Quantity));
    }

    [Fact]
    public void ARefusedWishToCloseIsTriedAgainThoughTheStrategySaysNothingNew()
    {
        Hold();
        _bench.Bar(5001);
        Order close = _bench.Submitted.Single();
        Assert.Equal((OrderPurpose.Target, Side.Sell, 2m), (close.Purpose, close.Side, close.Quantity));
        _bench.Tell(close, BrokerEventKind.Rejected, "not now");
        _bench.Forget();
        _bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((Side.Sell, 2m), (_bench.Submitted.Single().Side, _bench.Submitted.Single().Quantity));
    }

    [Fact]
    public void ARefusedEntryIsNotTriedAgain()
    {
        _bench.Bar(5000);
        _bench.Reject(_bench.Submitted.Single());
        _bench.Forget();
        _bench.Wait(TimeSpan.FromMinutes(2));
        Assert.Empty(_bench.Submitted);
    }

    [Fact]
    public void AClosingThatLeavesSomethingGoesOnUntilItIsFlat()
    {
        Hold();
        _bench.Command(CommandKind.Flatten);
        Order close = Close();
        _bench.Accept(close);
        _bench.Fill(close, 1m, 5000m);
        _bench.Cancel(close);
        _bench.Forget();
        _bench.Wait(TimeSpan.FromSeconds(2));
        Assert.Equal(1m, _bench.Submitted.Single().Quantity);
    }

    [Fact]
    public void ThreeEqualRefusalsOpenTheCircuitAndThenOneProbeAMinuteIsSent()
    {
        int sent = 0;
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            // Each bar it says something new: in, out, in, out.
            if (strategy.Asked % 2 == 1) strategy.Long();
            else strategy.Flat();
        }));
        List<Timestamp> times = [];
        for (int second = 0; second < 600; second++)
        {
            bench.Forget();
            bench.Wait(TimeSpan.FromMilliseconds(500));
            bench.Give(Bar(bench));
            foreach (Order order in bench.Submitted.ToArray())
            {
                sent++;
                times.Add(bench.Engine.Now);
                bench.Tell(order, BrokerEventKind.Rejected, $"order {1000 + sent}: account blocked");
            }
        }
        Assert.True(times.Count >= 6, $"{times.Count} were sent");
        for (int i = 3; i < times.Count; i++) Assert.True(times[i] - times[i - 1] >= TimeSpan.FromMinutes(1), $"{times[i - 1]} and {times[i]}");
        Assert.True(bench.Engine.Strategy(0).IsRefused);
    }

    [Fact]
    public void AFillClosesTheCircuit()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked % 2 == 1) strategy.Long();
            else strategy.Flat();
        }));
        for (int i = 0; i < 8 && !bench.Engine.Strategy(0).IsRefused; i++)
        {
            bench.Forget();
            bench.Bar(5000);
            foreach (Order order in bench.Submitted.ToArray()) bench.Reject(order);
        }
        Assert.True(bench.Engine.Strategy(0).IsRefused);
        bench.Forget();
        while (!bench.Submitted.Any()) bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        Assert.False(bench.Engine.Strategy(0).IsRefused);
    }

    [Fact]
    public void ATargetThatIsRefusedTwiceIsGivenUp()
    {
        var bench = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 1, TakeProfit = 5010 }); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        int refused = 0;
        for (int second = 0; second < 180; second++)
        {
            foreach (Order order in bench.Submitted.Where(order => order.Purpose == OrderPurpose.TakeProfit && order.Status == OrderStatus.Sending).ToArray())
            {
                bench.Reject(order);
                refused++;
            }
            bench.Wait(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(2, refused);
    }

    [Fact]
    public void AMarketOrderThatClosesAlreadyIsNotDoubledByAFlatten()
    {
        Hold();
        _bench.Bar(5001);
        Order close = _bench.Submitted.Single();
        _bench.Command(CommandKind.Flatten);
        Assert.Empty(_bench.Canceled);
        Assert.Same(close, Assert.Single(_bench.Submitted));
        _bench.Complete(close, 5001m);
        _bench.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal((0m, 1), (_bench.Net, _bench.Submitted.Count()));
    }

    [Theory]
    [InlineData(BrokerEventKind.Rejected)]
    [InlineData(BrokerEventKind.Canceled)]
    [InlineData(BrokerEventKind.Expired)]
    public void WhatItDidNotCloseIsClosedByAnother(BrokerEventKind end)
    {
        Hold();
        _bench.Bar(5001);
        Order close = _bench.Submitted.Single();
        _bench.Accept(close);
        _bench.Command(CommandKind.Flatten);
        _bench.Fill(close, 0.5m, 5001m);
        _bench.Forget();
        _bench.Tell(close, end, "the venue's word");
        Order rest = _bench.Submitted.Single();
        Assert.Equal((OrderPurpose.Flatten, Side.Sell, 1.5m), (rest.Purpose, rest.Side, rest.Quantity));
    }

    [Fact]
    public void AnEntryThatFillsAfterAFlattenIsClosedAtOnce()
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        _bench.Command(CommandKind.Flatten);
        Assert.Same(entry, Assert.Single(_bench.Canceled));
        _bench.Forget();
        _bench.Complete(entry, 5000m);
        Order close = _bench.Submitted.Single();
        Assert.Equal((OrderPurpose.Flatten, Side.Sell, 2m), (close.Purpose, close.Side, close.Quantity));
        _bench.Complete(close, 5000m);
        Assert.Equal(0m, _bench.Net);
    }

    private static Input Bar(Bench bench) => new(0, new Bar(bench.Engine.Now - TimeSpan.FromMinutes(1), bench.Engine.Now, 5000, 5000, 5000, 5000, 1));

    private static EngineOptions Options(params IRiskRule[] rules) => Bench.Options(rules) with { ProtectionLimit = TimeSpan.FromSeconds(2) };

    private Order Close() => _bench.Submitted.Single(order => order.Purpose == OrderPurpose.Flatten);

    private void Hold()
    {
        _bench.Bar(5000);
        _bench.Complete(_bench.Submitted.Single(), 5000m);
        _bench.Forget();
    }
}
