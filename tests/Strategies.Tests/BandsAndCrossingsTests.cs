using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Momentum;
using Tradewind.Strategies.Tests.Support;
using Tradewind.Strategies.Volatility;

namespace Tradewind.Strategies.Tests;

/// <summary>The MACD crossover and the Bollinger reversion against their rules written down a second time.</summary>
public sealed class BandsAndCrossingsTests
{
    [Theory]
    [InlineData(12, 26, 9)]
    [InlineData(3, 8, 4)]
    public void MacdCrossoverSpeaksOnTheBarsOnWhichTheHistogramChangesItsSign(int fast, int slow, int signal)
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        double[] histogram = Histogram(Plain.Closes(bars), fast, slow, signal);
        // Ten values are needed for the mean that a confidence is told by.
        int first = slow + signal - 2 + 9;
        List<(int, SignalAction)> expected = [];
        for (int i = first; i < bars.Length; i++)
        {
            if (histogram[i - 1] <= 0 && histogram[i] > 0) expected.Add((i, SignalAction.Buy));
            else if (histogram[i - 1] >= 0 && histogram[i] < 0) expected.Add((i, SignalAction.Sell));
        }

        StrategyRun run = StrategyRun.Of(new MacdCrossover(new() { Fast = fast, Slow = slow, Signal = signal }), bars);

        Assert.True(expected.Count > 100, $"{expected.Count} crossings");
        Assert.Equal(expected, run.Wishes);
    }

    [Fact]
    public void BollingerReversionSpeaksOnceWhenAStretchBeginsAndEntersOnlyWhenFlat()
    {
        Bar[] bars = Markets.Generated(count: 20_000);
        double[] closes = Plain.Closes(bars), rsi = Plain.Rsi(closes, 14);
        StrategyRun run = StrategyRun.Of(new BollingerReversion(new()), bars);

        List<(int, SignalAction)> expected = [];
        bool wasLow = false, wasHigh = false;
        for (int i = 19; i < bars.Length; i++)
        {
            (double middle, double deviation) = Spread(closes, i, 20);
            bool isLow = closes[i] <= middle - 2 * deviation && rsi[i] < 30, isHigh = closes[i] >= middle + 2 * deviation && rsi[i] > 70;
            decimal position = run.Fills.Where(fill => fill.Bar <= i).Select(fill => fill.PositionAfter).LastOrDefault();
            if (isLow && !wasLow && position <= 0) expected.Add((i, position == 0 ? SignalAction.Buy : SignalAction.Close));
            if (isHigh && !wasHigh && position >= 0) expected.Add((i, position == 0 ? SignalAction.Sell : SignalAction.Close));
            (wasLow, wasHigh) = (isLow, isHigh);
        }

        Assert.True(expected.Count > 100, $"{expected.Count} stretches");
        Assert.Contains(run.Fills, fill => fill.Purpose == Core.Orders.OrderPurpose.StopLoss);
        Assert.Equal(expected, run.Wishes);
    }

    [Fact]
    public void TheStopOfTheReversionStandsTheWidthOfTheBandsFromTheClose()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        double[] closes = Plain.Closes(bars);
        StrategyRun run = StrategyRun.Of(new BollingerReversion(new()), bars);

        Said[] entries = [.. run.Signals.Where(said => said.Action is SignalAction.Buy or SignalAction.Sell)];
        Assert.True(entries.Length > 20);
        Assert.All(entries, said =>
        {
            (_, double deviation) = Spread(closes, said.Bar, 20);
            double stop = closes[said.Bar] - (said.Action == SignalAction.Buy ? 1 : -1) * Math.Max(4 * deviation, 1);
            Assert.Equal(stop, (double)said.Stop!.Value, 0.125 + 1e-6);
        });
    }

    private static double[] Histogram(double[] closes, int fast, int slow, int signal)
    {
        double[] quick = Ema(closes, 0, fast), lazy = Ema(closes, 0, slow);
        double[] macd = [.. quick.Zip(lazy, (one, other) => one - other)];
        double[] line = Ema(macd, slow - 1, signal);
        return [.. macd.Zip(line, (one, other) => one - other)];
    }

    /// <summary>Seeded with the plain mean of the first values; NaN before.</summary>
    private static double[] Ema(double[] values, int from, int period)
    {
        double[] result = new double[values.Length];
        Array.Fill(result, double.NaN);
        int seed = from + period - 1;
        result[seed] = values[from..(seed + 1)].Average();
        for (int i = seed + 1; i < values.Length; i++) result[i] = result[i - 1] + 2.0 / (period + 1) * (values[i] - result[i - 1]);
        return result;
    }

    private static (double Mean, double Deviation) Spread(double[] closes, int last, int period)
    {
        double[] window = closes[(last - period + 1)..(last + 1)];
        double mean = window.Average();
        return (mean, Math.Sqrt(window.Sum(close => (close - mean) * (close - mean)) / period));
    }
}
