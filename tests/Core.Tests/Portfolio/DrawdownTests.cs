using Tradewind.Core.Portfolio;

namespace Tradewind.Core.Tests.Portfolio;

/// <summary>Held against the definition, applied to the whole curve again at each point.</summary>
public sealed class DrawdownTests
{
    [Theory]
    [InlineData(100_000.0, 0.0)]
    [InlineData(100_000.0, 40.0)]
    [InlineData(100_000.0, -40.0)]
    [InlineData(500.0, 0.0)]
    [InlineData(-500.0, 5.0)]
    public void EveryPointOfACurveHasTheDeepestFallBeforeIt(double start, double drift)
    {
        var random = new Random(7);
        List<double> curve = [start];
        var drawdown = new Drawdown(start);
        for (int i = 0; i < 400; i++)
        {
            curve.Add(curve[^1] + drift + Math.Round((random.NextDouble() - 0.5) * 400, 2));
            drawdown.Mark(curve[^1]);
            Assert.Equal(curve.Max(), drawdown.Peak);
            Assert.Equal(Falls(curve).Max(fall => fall.Money), drawdown.Max);
            Assert.Equal(Falls(curve).Max(fall => fall.Rate), drawdown.MaxRate);
        }
    }

    [Fact]
    public void ALaterFallThatIsDeeperInMoneyMayBeLessInProportion()
    {
        var drawdown = new Drawdown(100);
        foreach (double equity in (double[])[50, 1000, 900]) drawdown.Mark(equity);
        Assert.Equal((100.0, 0.5), (drawdown.Max, drawdown.MaxRate));
    }

    private static IEnumerable<(double Money, double Rate)> Falls(List<double> curve)
    {
        double peak = double.NegativeInfinity;
        foreach (double equity in curve)
        {
            peak = Math.Max(peak, equity);
            yield return (peak - equity, peak > 0 ? (peak - equity) / peak : 0);
        }
    }
}
