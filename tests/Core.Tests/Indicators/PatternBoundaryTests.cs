using Tradewind.Core.Indicators;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>
/// Each candlestick pattern where it just still holds and just no longer: occurrences with one candle moved, or one of its prices changed, so that it meets another candle's price, or
/// misses it by a tick. Series of bars, made up or real, hardly ever come to most of the edges of a rule.
/// </summary>
public sealed class PatternBoundaryTests
{
    private const double Tick = 0.25;

    /// <summary>More than the candles of any pattern and those that its thresholds are measured on.</summary>
    private const int Window = 20;

    /// <summary>Candles that are changed, and whose prices are met.</summary>
    private const int Changed = 5;

    private const int OccurrencesOfEachSign = 2;

    public static TheoryData<string> Patterns => [.. IndicatorLibrary.BuiltIn.All.Where(each => each.Create(IndicatorCases.UsualOf(each)) is CandlePattern).Select(each => each.Name)];

    [Theory, MemberData(nameof(Patterns))]
    public void ItEqualsItsDefinitionAroundEachOfItsEdges(string name)
    {
        IndicatorDescription pattern = IndicatorLibrary.BuiltIn.Find(name);
        double[] arguments = IndicatorCases.UsualOf(pattern);
        double[] found = IndicatorChain.Compute(pattern.Create(arguments), TestBars.Golden.Bars)[0];
        int[] all = [.. Enumerable.Range(Window, found.Length - Window).Where(i => found[i] is > 0 or < 0)];
        int[] taken = [.. all.Where(i => found[i] > 0).Take(OccurrencesOfEachSign), .. all.Where(i => found[i] < 0).Take(OccurrencesOfEachSign)];
        Assert.NotEmpty(taken);
        int held = 0, broken = 0;
        foreach (int at in taken)
        {
            var table = new BarTable($"{name} around bar {at}", Variants(TestBars.Golden.Bars.AsSpan(at - Window + 1, Window).ToArray()).SelectMany(bars => bars));
            double[] expected = Reference.Of(name)!.Compute(pattern, table, table.Volume, arguments)[0], seen = IndicatorChain.Compute(pattern.Create(arguments), table.Bars)[0];
            Columns.AreSame(table.Name, expected, seen, 0);
            for (int last = Window - 1; last < seen.Length; last += Window) (held, broken) = seen[last] == found[at] ? (held + 1, broken) : (held, broken + 1);
        }
        Assert.True(held > 20 && broken > 20, $"{held} variants held the pattern and {broken} broke it");
    }

    private static IEnumerable<Bar[]> Variants(Bar[] bars)
    {
        double[] met = [.. bars[^Changed..].SelectMany(bar => new[] { bar.Open, bar.High, bar.Low, bar.Close }).SelectMany(price => new[] { price - Tick, price, price + Tick }).Distinct()];
        for (int i = bars.Length - Changed; i < bars.Length; i++)
        {
            foreach (double price in met)
            {
                foreach (Bar changed in Changes(bars[i], price)) yield return [.. bars[..i], changed, .. bars[(i + 1)..]];
            }
        }
    }

    /// <summary>The candle with each of its prices at this one: the whole of it moved there, or that price alone, with room for it.</summary>
    private static IEnumerable<Bar> Changes(Bar bar, double price)
    {
        foreach (double own in new[] { bar.Open, bar.High, bar.Low, bar.Close }) yield return TestBars.Shifted(bar, price - own);
        yield return bar with { Open = price, High = Math.Max(bar.High, price), Low = Math.Min(bar.Low, price) };
        yield return bar with { Close = price, High = Math.Max(bar.High, price), Low = Math.Min(bar.Low, price) };
        yield return bar with { High = Math.Max(price, Math.Max(bar.Open, bar.Close)) };
        yield return bar with { Low = Math.Min(price, Math.Min(bar.Open, bar.Close)) };
    }
}
