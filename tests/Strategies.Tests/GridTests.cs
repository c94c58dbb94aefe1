using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Tests.Support;
using Tradewind.Strategies.Volatility;

namespace Tradewind.Strategies.Tests;

/// <summary>The levels of a grid, counted by hand.</summary>
public sealed class GridTests
{
    // Ten quiet bars of one point each: the middle is 100 and one average true range is 1, so a step is 2.
    private static readonly double[] Quiet = [.. Enumerable.Repeat(100.0, 10)];
    private static readonly Grid.Options Quick = new() { Period = 8, StepAtr = 1.5, Levels = 3 };

    [Fact]
    public void BuysAUnitAtEachLevelAndSellsEachOneLevelHigher()
    {
        // The entry bar moves average and range a little; both stay as they are from then on.
        double[] closes = [.. Quiet, 97.5, 95.5, 97, 97.75, 100.5];
        Bar[] bars = Markets.Closes(closes);
        double middle = Plain.Sma(closes, 8)[10], step = 1.5 * Plain.Atr(bars, 8)[10];
        StrategyRun run = StrategyRun.Of(new Grid(Quick), bars, Markets.Plain);
        int held = 0;
        List<(int, decimal)> expected = [];
        for (int i = 10; i < closes.Length; i++)
        {
            int before = held;
            while (held < 3 && closes[i] <= middle - (held + 1) * step) held++;
            while (held > 0 && closes[i] >= middle - (held - 1) * step) held--;
            if (held != before) expected.Add((i, held));
        }
        Assert.Equal([(10, 1m), (11, 2m), (13, 1m), (14, 0m)], expected);
        Assert.Equal(expected, run.Signals.Select(said => (said.Bar, said.Action == SignalAction.Close ? 0m : said.Quantity)));
    }

    [Fact]
    public void AboveTheMiddleItIsTheMirrorImage()
    {
        StrategyRun up = StrategyRun.Of(new Grid(Quick), Markets.Closes([.. Quiet, 102.5, 104.5, 103, 102.25, 99.5]), Markets.Plain);
        StrategyRun down = StrategyRun.Of(new Grid(Quick), Markets.Closes([.. Quiet, 97.5, 95.5, 97, 97.75, 100.5]), Markets.Plain);
        Assert.Equal(down.Signals.Select(said => (said.Bar, said.Quantity)), up.Signals.Select(said => (said.Bar, said.Quantity)));
        Assert.Equal(SignalAction.Sell, up.Signals[0].Action);
    }

    [Fact]
    public void EverythingIsLeftOneStepBeyondTheLastLevel()
    {
        StrategyRun run = StrategyRun.Of(new Grid(Quick), Markets.Closes([.. Quiet, 97.5, 95.5, 94.5, 94.5, 85, 84, 83]), Markets.Plain);
        Filled last = run.Fills[^1];
        Assert.Equal((14, OrderPurpose.StopLoss, 0m), (last.Bar, last.Purpose, last.PositionAfter));
        Assert.Equal(run.Signals[^1].Stop, last.Price);
        // Nothing is bought on the way down: the next grid waits until the price is near its middle.
        Assert.True(run.Signals[^1].Bar < last.Bar);
    }
}
