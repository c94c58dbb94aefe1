using Tradewind.Core.Indicators;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>Running sums must not wander off, however long an engine runs.</summary>
public sealed class DriftTests(ITestOutputHelper output)
{
    private const double Allowed = 1e-9;

    /// <summary>200,017 updates in the ordinary run, 10,000,019 with TRADEWIND_LONG_TESTS=1: primes, so that no window has just come round.</summary>
    private static readonly int Updates = Environment.GetEnvironmentVariable("TRADEWIND_LONG_TESTS") == "1" ? 10_000_019 : 200_017;

    /// <summary>Indicators that remember no more than their warm-up: a new one that has seen only that much has no drift.</summary>
    public static TheoryData<string> WithFiniteMemory =>
    [
        "sma(20)", "sma(1000)", "wma(20)", "hma(20)", "trima(21)", "alma", "vwma(20)", "lsma(20)", "lsma(500)", "bollinger(20,2)", "stddev(100)", "variance(20)", "zscore(50)", "sum(20)",
        "cci(20)", "awesome", "coppock", "dpo", "kst", "momentum(10)", "roc(10)", "stochastic(14,3,3)", "stochasticFast(14,3)", "williamsR(14)", "ultimate", "rvi",
        "aroon(14)", "vortex(14)", "ichimoku", "donchian(20)", "historicalVolatility(20)", "ulcer(14)", "choppiness(14)", "parkinson(20)", "garmanKlass(20)", "yangZhang(20)",
        "cmf(20)", "mfi(14)", "eom(14)", "volumeProfile(30)", "max(50)", "min(50)", "median(21)", "percentRank(50)",
        "correlation(30) of close and open", "covariance(30) of close and volume", "beta(30) of close and open", "sharpe(60)", "hurst(64)", "slope(5)", "hammer", "morningStar",
    ];

    [Theory, MemberData(nameof(WithFiniteMemory))]
    public void AfterManyUpdatesItEqualsOneThatHasSeenOnlyTheLastBars(string text)
    {
        Indicator old = IndicatorLibrary.BuiltIn.Create(text);
        int updates = old.Description.Name is "hurst" or "volumeProfile" ? Math.Min(Updates, 200_017) : Updates;
        Bar[] last = new Bar[old.WarmUp];
        double worst = 0;
        int seen = 0;
        foreach (Bar bar in Walk(updates))
        {
            old.Update(in bar);
            last[seen++ % last.Length] = bar;
            if (seen % 19_997 == 0) worst = Math.Max(worst, DriftOf(old, last, seen));
        }
        Assert.True(worst <= Allowed, $"{text} drifted by {worst:E2} within {updates:N0} updates.");
        output.WriteLine($"{text}: {worst:E2} after {updates:N0} updates");
    }

    [Fact]
    public void ARunningSumEqualsTheExactSumAfterManyUpdates()
    {
        Sma sma = new(20);
        decimal[] window = new decimal[20];
        int seen = 0;
        double worst = 0;
        foreach (Bar bar in Walk(Updates))
        {
            sma.Update(in bar);
            window[seen++ % window.Length] = (decimal)bar.Close;
            if (seen % 9_973 != 0) continue;
            double exact = (double)(window.Sum() / window.Length);
            worst = Math.Max(worst, Math.Abs(sma.Value - exact) / exact);
        }
        output.WriteLine($"sma(20): {worst:E2} against decimal sums");
        Assert.True(worst < 2.3e-16, $"The SMA is {worst:E2} off the exact mean: more than its last digit.");
    }

    [Theory]
    [InlineData("sma(20)")]
    [InlineData("wma(20)")]
    [InlineData("hma(20)")]
    [InlineData("trima(20)")]
    [InlineData("alma(9)")]
    [InlineData("vwma(20)")]
    [InlineData("lsma(20)")]
    [InlineData("bollinger(20,2)")]
    [InlineData("median(20)")]
    public void EqualInputsGiveExactlyTheirValue(string text)
    {
        // Two averages of different length must be equal in a dead market, or rounding would trade.
        Indicator indicator = IndicatorLibrary.BuiltIn.Create(text);
        foreach (Bar bar in TestBars.Gaps.Bars) indicator.Update(in bar);
        Bar dead = TestBars.Gaps.Bars[^1] with { Open = 1234.1, High = 1234.1, Low = 1234.1, Close = 1234.1, Volume = 3 };
        for (int i = 0; i < indicator.WarmUp; i++) indicator.Update(in dead);
        if (indicator is Vwma) Assert.Equal(1234.1, indicator.Value, 1234.1 * 1e-15);
        else Assert.Equal(1234.1, indicator.Value);
    }

    /// <summary>The largest difference to a new indicator that has seen only the last bars, relative to the larger of 1 and the value.</summary>
    private static double DriftOf(Indicator old, Bar[] last, int seen)
    {
        Indicator young = IndicatorLibrary.BuiltIn.Create(old.Name);
        for (int i = 0; i < last.Length; i++) young.Update(in last[(seen + i) % last.Length]);
        return Enumerable.Range(0, old.OutputCount).Max(each => Math.Abs(old[each] - young[each]) / Math.Max(1, Math.Abs(young[each])));
    }

    /// <summary>A walk on a grid of 0.00001 that wanders between about 2,000 and 8,000, with a volume spike now and then.</summary>
    private static IEnumerable<Bar> Walk(int count)
    {
        long close = 500_000_000;
        ulong state = 20260101;
        for (int i = 0; i < count; i++)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            long step = (long)(state >> 44) - 524_288 - (close - 500_000_000) / 4_000, high = (long)(state >> 20 & 0x3FFFF), low = (long)(state >> 2 & 0x3FFFF);
            long open = close;
            close += step;
            double volume = (state >> 33) % 1000 == 0 ? 1e9 : (state >> 33) % 977;
            yield return new(new Timestamp(i * Timestamp.NanosecondsPerMinute), new Timestamp((i + 1) * Timestamp.NanosecondsPerMinute),
                open / 100000.0, (Math.Max(open, close) + high) / 100000.0, (Math.Min(open, close) - low) / 100000.0, close / 100000.0, volume);
        }
    }
}
