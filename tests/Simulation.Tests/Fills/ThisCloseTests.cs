using Tradewind.Core.Signals;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation.Tests.Fills;

public sealed class ThisCloseTests : FillModelContract
{
    protected override IFillModel Create() => new ThisClose();

    [Fact]
    public void AMarketOrderFillsAtTheCloseOnWhichItWasDecided()
    {
        FillRun run = new FillRun().Bar(100, 101, 99, 100.5).Wish(new Wish(SignalAction.Buy, "test")).Bar(102, 103, 101, 102);

        BookedFill fill = Assert.Single(run.Fills(Create()));

        Assert.Equal(100.5m, fill.Fill.Price);
        Assert.Equal(run.Bars[0].End, fill.Time);
    }
}
