using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation.Tests.Fills;

public sealed class IntrabarTests : FillModelContract
{
    protected override IFillModel Create() => new Intrabar();

    [Fact]
    public void AMarketOrderFillsAtTheOpenOfTheNextBar() =>
        Assert.Equal((102m, 1), Fill(Assert.Single(Market().Bar(102, 103, 101, 102).Fills(Create()))));

    [Fact]
    public void AMarketOrderThatArrivesInsideABarFillsWhereThePathIsThen()
    {
        // The path is 100 → 101 → 97 → 98 in thirds of a minute: after 30 s it is halfway from 101 to 97.
        IReadOnlyList<BookedFill> fills = Market().Bar(100, 101, 97, 98).Fills(Create(), new VenueOptions { Latency = TimeSpan.FromSeconds(30) });

        Assert.Equal(99m, Assert.Single(fills).Fill.Price);
    }

    [Fact]
    public void WhatProtectsAnEntryInsideABarFillsInTheSameBarWhereThePathLeadsThere()
    {
        // Down to the nearer extreme, through the entry at 99.5 but not to the stop, then up to the target.
        FillRun run = Protected(limit: 99.5, stopLoss: 98, takeProfit: 104).Bar(100, 106, 99, 103);

        Assert.Equal([(99.5m, 1), (104m, 1)], run.Fills(Create()).Select(Fill));
    }

    [Fact]
    public void TheStopIsHitFirstWhereThePathLeadsThereFirst()
    {
        // Up to the nearer extreme first: the entry is reached on the way down, and so is the stop; the target is not.
        FillRun run = Protected(limit: 99.5, stopLoss: 98, takeProfit: 104).Bar(100, 101, 94, 105);

        Assert.Equal([(99.5m, 1), (98m, 1)], run.Fills(Create()).Select(Fill));
    }

    [Fact]
    public void WhereBothExtremesAreEquallyNearTheLowComesFirst()
    {
        FillRun run = Protected(limit: 99, stopLoss: 90, takeProfit: 102).Bar(100, 104, 96, 100);

        Assert.Equal([(99m, 1), (102m, 1)], run.Fills(Create()).Select(Fill));
    }

    [Fact]
    public void APriceThatThePathHadBeforeTheEntryTriggersNothing()
    {
        // 100 → 98 → 105: the entry at 103 comes after the low, so its stop at 99 has not been reached.
        var wish = new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Stop, StopPrice = 103, StopLoss = 99 };
        FillRun run = new FillRun().Bar(100, 101, 99.5, 100).Wish(wish).Bar(100, 105, 98, 104);

        Assert.Equal([(103m, 1)], run.Fills(Create()).Select(Fill));
    }

    [Fact]
    public void FillsCarryTimesInsideTheBarInTheOrderOfThePath()
    {
        IReadOnlyList<BookedFill> fills = Protected(limit: 99.5, stopLoss: 98, takeProfit: 104).Bar(100, 106, 99, 103).Fills(Create());

        // Half of the first third; five sevenths of the second.
        Assert.Equal(10, (fills[0].Time - FillRun.Start - TimeSpan.FromMinutes(1)).TotalSeconds, 3);
        Assert.Equal(20 + 20 * 5 / 7.0, (fills[1].Time - FillRun.Start - TimeSpan.FromMinutes(1)).TotalSeconds, 3);
    }

    private static FillRun Market() => new FillRun().Bar(100, 101, 99.5, 100).Wish(new Wish(SignalAction.Buy, "test"));

    private static FillRun Protected(double limit, double stopLoss, double takeProfit) => new FillRun().Bar(100, 101, 99.5, 100)
        .Wish(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = limit, StopLoss = stopLoss, TakeProfit = takeProfit });

    /// <summary>A fill's price and the number of its bar.</summary>
    private static (decimal Price, int Bar) Fill(BookedFill fill) => (fill.Fill.Price, (int)((fill.Time - FillRun.Start).TotalMinutes));
}
