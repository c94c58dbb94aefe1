using FsCheck;
using FsCheck.Fluent;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Many strategies on one contract: each has its own position, and theirs always sum to the account's.</summary>
public sealed class AttributionTests
{
    [Fact]
    public void OppositeWishesCrossInsideWithoutAnOrder()
    {
        int bar = 0;
        var seller = new Scripted((strategy, _) => { if (bar == 1) strategy.Short(); });
        var buyer = new Scripted((strategy, _) => { if (bar == 1) strategy.Long(); });
        var bench = new Bench(seller, buyer);
        bench.Bar(5000);
        bar = 1;
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        Assert.Equal((-1m, 1m, 0m), (seller.Held, buyer.Held, bench.Net));
        Assert.All(bench.Of(OutputKind.FillBooked), output => Assert.True(output.Fill.IsInternal));
    }

    [Fact]
    public void OnlyTheRestGoesToTheMarketAndIsBookedToWhoAskedForIt()
    {
        var buyer = new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 5 }));
        var seller = new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Sell, "test") { Quantity = 2 }));
        var bench = new Bench(buyer, seller);
        bench.Bar(5000);
        Order order = Assert.Single(bench.Submitted);
        Assert.Equal(3m, order.Quantity);
        bench.Complete(order, 5000.25m);
        Assert.Equal((5m, -2m, 3m), (buyer.Held, seller.Held, bench.Net));
    }

    /// <summary>Random wishes, fills in parts, rejections, cancels and duplicates; after each the sum of positions, profits and fees must agree with an account kept in the test.</summary>
    [Fact]
    public void TheSumOfTheStrategiesIsAlwaysTheAccount()
    {
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed => Check(seed)).QuickCheckThrowOnFailure();
    }

    private static void Check(int seed)
    {
        var chance = new Random(seed);
        Scripted[] strategies = [.. Enumerable.Range(0, 4).Select(_ => new Scripted((strategy, bar) => Act(strategy, bar.Close, chance)))];
        var bench = new Bench(Bench.Options() with { Combiner = seed % 2 == 0 ? Netting.Instance : new Consensus(0.4), StartingCash = 100_000_000m }, strategies);
        var ledger = new PlainLedger();
        double price = 5000;
        for (int i = 0; i < 150; i++)
        {
            price += chance.Next(-8, 9) * 0.25;
            bench.Bar(price);
            foreach (Order order in bench.Submitted.Where(order => !order.Status.IsFinal()).ToList()) Answer(bench, order, ledger, chance, price);
            Agree(bench, ledger, price, seed);
        }
    }

    private static void Act(Scripted strategy, double close, Random chance)
    {
        decimal quantity = chance.Next(1, 5);
        SignalAction action = (SignalAction)chance.Next(0, 4);
        if (chance.Next(3) > 0) return;
        if (chance.Next(3) > 0) strategy.Say(new Wish(action, "test", chance.Next(1, 11) / 10.0) { Quantity = quantity });
        else strategy.Say(new Wish(action, "test", 0.5) { Quantity = quantity, OrderType = OrderType.Limit, LimitPrice = close - 1 });
    }

    private static void Answer(Bench bench, Order order, PlainLedger ledger, Random chance, double price)
    {
        switch (chance.Next(8))
        {
            case 0: bench.Reject(order); break;
            case 1: bench.Cancel(order); break;
            case 2: bench.Accept(order); break;
            case 3: bench.Expire(order); break;
            default:
                decimal quantity = chance.Next(1, (int)order.RemainingQuantity + 1);
                decimal at = (decimal)price + chance.Next(-4, 5) * 0.25m, fee = quantity * 1.37m;
                long execution = chance.NextInt64(1, long.MaxValue);
                bench.Fill(order, quantity, at, fee, execution);
                if (chance.Next(4) == 0) bench.Fill(order, quantity, at, fee, execution);
                ledger.Add(order.Side, quantity, at, fee);
                break;
        }
    }

    private static void Agree(Bench bench, PlainLedger ledger, double price, int seed)
    {
        var strategies = Enumerable.Range(0, bench.Engine.StrategyCount).Select(bench.Engine.Strategy).ToList();
        Assert.True(ledger.Quantity == bench.Net, $"seed {seed}");
        Assert.Equal(bench.Net, strategies.Sum(strategy => strategy.Position.Quantity));
        Assert.Equal(ledger.Fees, strategies.Sum(strategy => strategy.Counters.Fees));
        decimal equity = 100_000_000m + (ledger.Cash + ledger.Quantity * (decimal)price) * 50m - ledger.Fees;
        Assert.Equal(equity, bench.Engine.Account.ExactEquity(), 6);
        decimal open = strategies.Sum(strategy => strategy.Position.UnrealizedPoints((decimal)price) * 50m);
        Assert.Equal(equity, 100_000_000m + strategies.Sum(strategy => strategy.Counters.RealizedPnl) + open - ledger.Fees, 6);
    }

    /// <summary>What happened to the account, as plain as it gets: the cash that changed hands.</summary>
    private sealed class PlainLedger
    {
        public decimal Quantity { get; private set; }

        public decimal Cash { get; private set; }

        public decimal Fees { get; private set; }

        public void Add(Model.Side side, decimal quantity, decimal price, decimal fee)
        {
            decimal signed = side == Model.Side.Buy ? quantity : -quantity;
            Quantity += signed;
            Cash -= signed * price;
            Fees += fee;
        }
    }
}
