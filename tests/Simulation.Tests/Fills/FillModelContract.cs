using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation.Tests.Fills;

/// <summary>What every fill model keeps to. A new one gets a subclass of a few lines.</summary>
public abstract class FillModelContract
{
    private const int Runs = 400;

    protected abstract IFillModel Create();

    [Fact]
    public void ALimitOrderNeverFillsWorseThanItsPrice() => ForRandomOrders(OrderType.Limit, (wish, fill) =>
        Assert.True(wish.Action == SignalAction.Buy ? (double)fill.Fill.Price <= wish.LimitPrice : (double)fill.Fill.Price >= wish.LimitPrice));

    [Fact]
    public void AStopOrderNeverFillsBetterThanItsPrice() => ForRandomOrders(OrderType.Stop, (wish, fill) =>
        Assert.True(wish.Action == SignalAction.Buy ? (double)fill.Fill.Price >= wish.StopPrice : (double)fill.Fill.Price <= wish.StopPrice));

    [Fact]
    public void AStopLimitOrderStaysBetweenItsPrices() => ForRandomOrders(OrderType.StopLimit, (wish, fill) =>
        Assert.True(wish.Action == SignalAction.Buy ? (double)fill.Fill.Price <= wish.LimitPrice : (double)fill.Fill.Price >= wish.LimitPrice), new VenueOptions { SlippageTicks = 3 });

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public void NothingFillsBeforeItsOrderArrives(int latencySeconds)
    {
        var latency = TimeSpan.FromSeconds(latencySeconds);
        foreach (OrderType type in Enum.GetValues<OrderType>().Where(each => each != OrderType.Market))
        {
            ForRandomOrders(type, (_, fill) => Assert.True(fill.Time >= FillRun.Start + TimeSpan.FromMinutes(1) + latency), new VenueOptions { Latency = latency });
        }
    }

    [Fact]
    public void ALimitThatIsOnlyTouchedDoesNotFill()
    {
        FillRun run = new FillRun().Bar(100, 101, 99, 100).Wish(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = 99, TimeInForce = TimeInForce.Gtc });

        Assert.Empty(run.Bar(100, 101, 99, 100).Fills(Create()));
        Assert.Equal(99m, Assert.Single(run.Bar(100, 101, 98.75, 100).Fills(Create())).Fill.Price);
    }

    [Fact]
    public void AStopThatTheMarketJumpsOverFillsAtTheOpen()
    {
        FillRun run = new FillRun().Bar(100, 101, 99, 100).Wish(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Stop, StopPrice = 102 });

        Assert.Equal(105m, Assert.Single(run.Bar(105, 106, 104, 105).Fills(Create())).Fill.Price);
    }

    [Fact]
    public void AnImmediateOrderThatDoesNotFillOnItsFirstBarIsGone()
    {
        FillRun run = new FillRun().Bar(100, 101, 99, 100).Wish(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = 98, TimeInForce = TimeInForce.Ioc });

        Assert.Empty(run.Bar(100, 101, 99, 100).Bar(97, 97, 96, 97).Fills(Create()));
    }

    [Fact]
    public void EveryFillIsAtAPriceOfItsBar() => ForRandomOrders(OrderType.Stop, (_, _) => { }, venue: null, (run, fill) =>
        Assert.Contains(run.Bars, bar => bar.Start <= fill.Time && fill.Time <= bar.End && (double)fill.Fill.Price >= bar.Low && (double)fill.Fill.Price <= bar.High));

    private void ForRandomOrders(OrderType type, Action<Wish, BookedFill> check, VenueOptions? venue = null, Action<FillRun, BookedFill>? checkRun = null)
    {
        int filled = 0;
        for (int seed = 1; seed <= Runs; seed++)
        {
            // Seeded: the same orders on every machine.
            var random = new Random(seed);
            FillRun run = RandomBar(new FillRun(), random);
            Wish wish = RandomWish(type, run.Bars[^1].Close, random);
            run.Wish(wish);
            for (int i = 0; i < 8; i++) RandomBar(run, random);
            foreach (BookedFill fill in run.Fills(Create(), venue))
            {
                check(wish, fill);
                checkRun?.Invoke(run, fill);
                filled++;
            }
        }
        Assert.True(filled > Runs / 10, $"only {filled} of {Runs} orders filled: the check says little");
    }

    private static Wish RandomWish(OrderType type, double price, Random random)
    {
        bool isBuy = random.Next(2) == 0;
        double stop = price + random.Next(-8, 9) * 0.25;
        double limit = type == OrderType.StopLimit ? stop + (isBuy ? 1 : -1) * random.Next(0, 4) * 0.25 : price + random.Next(-8, 9) * 0.25;
        return new Wish(isBuy ? SignalAction.Buy : SignalAction.Sell, "test") { OrderType = type, StopPrice = stop, LimitPrice = limit, TimeInForce = TimeInForce.Gtc };
    }

    private static FillRun RandomBar(FillRun run, Random random)
    {
        double last = run.Bars.Count == 0 ? 1000 : run.Bars[^1].Close;
        double open = last + random.Next(-3, 4) * 0.25, close = open + random.Next(-8, 9) * 0.25;
        return run.Bar(open, Math.Max(open, close) + random.Next(0, 5) * 0.25, Math.Min(open, close) - random.Next(0, 5) * 0.25, close);
    }
}
