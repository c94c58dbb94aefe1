using System.Globalization;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>The table in docs/market-generator.md shows what the generator and the real market measure today.</summary>
public sealed class FactTableTests
{
    private const string Begin = "<!-- facts -->";
    private const string End = "<!-- /facts -->";

    private static string Document => Path.Combine(RealData.Root, "docs/market-generator.md");

    /// <summary>With the environment variable TRADEWIND_WRITE_TABLES=1 the table in the document is written anew instead.</summary>
    [Fact]
    public void TheTableInTheDocumentIsTrue()
    {
        Assert.SkipUnless(RealData.IsThere, RealData.Missing);
        string text = File.ReadAllText(Document);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string table = "\n" + string.Join('\n', Table()) + "\n";
        if (Environment.GetEnvironmentVariable("TRADEWIND_WRITE_TABLES") == "1") File.WriteAllText(Document, text[..begin] + table + text[end..]);
        else Assert.Equal(table, text[begin..end]);
    }

    private static IEnumerable<string> Table()
    {
        Facts real = Facts.Of(RealData.EsMinutes());
        Core.Model.Trade[] gold = RealData.GoldTrades();
        double[] goldChanges = [.. gold.Zip(gold.Skip(1), (a, b) => b.Price - a.Price)];
        double[] goldSizes = [.. gold.Select(trade => trade.Size)];
        yield return "| fact | seed 1 | seed 2 | seed 3 | real |";
        yield return "|---|---|---|---|---|";
        yield return Row("minutes measured", facts => facts.Minutes, real, "F0");
        yield return Row("excess kurtosis of 1-minute returns", facts => facts.Kurtosis, real, "F1");
        yield return Row("... of 5-minute returns", facts => facts.KurtosisOfFiveMinutes, real, "F1");
        yield return Row("... of 30-minute returns", facts => facts.KurtosisOfThirtyMinutes, real, "F1");
        yield return Row("autocorrelation of returns, lag 1", facts => facts.ReturnsAutocorrelation[0], real);
        yield return Row("... largest in size at lags 2 to 20", facts => facts.ReturnsAutocorrelation.Skip(1).MaxBy(Math.Abs), real);
        yield return Row("autocorrelation of absolute returns, lag 1", facts => facts.AbsoluteAutocorrelation[0], real);
        yield return Row("... lag 10", facts => facts.AbsoluteAutocorrelation[9], real);
        yield return Row("... lag 50", facts => facts.AbsoluteAutocorrelation[49], real);
        yield return Row("... smallest at lags 1 to 50", facts => facts.AbsoluteAutocorrelation.Min(), real);
        yield return Row("volume 09:30-10:00 over the mean of 09:30-16:00", facts => facts.OpenVolume, real);
        yield return Row("... 12:00-13:30", facts => facts.MiddayVolume, real);
        yield return Row("... 15:30-16:00", facts => facts.CloseVolume, real);
        yield return Row("... 00:00-08:00", facts => facts.NightVolume, real);
        yield return Row("volatility of 09:30-16:00 over that of the other hours", facts => facts.DayOverNight, real);
        yield return Row("mean ln(high / low) over the deviation of returns, 09:30-16:00", facts => facts.RangeOverDeviation, real);
        yield return Row("correlation of volume with absolute return, 09:30-16:00", facts => facts.VolumeWithMove, real);
        yield return MarketRow("correlation of ES with NQ, 1-minute returns", market => MinuteSeries.Correlation(market.Es, market.Nq), "no NQ data");
        yield return MarketRow("autocorrelation of trade-to-trade changes, lag 1", market => Moments.Autocorrelation(market.TradeChanges, 1), Text(Moments.Autocorrelation(goldChanges, 1)) + " (gold)");
        yield return MarketRow("share of trades of one contract", market => ShareOfOnes(market.Sizes), Text(ShareOfOnes(goldSizes)) + " (gold)");
    }

    private static string Row(string name, Func<Facts, double> fact, Facts real, string format = "F2") =>
        MarketRow(name, market => fact(market.Facts), Text(fact(real), format), format);

    private static string MarketRow(string name, Func<StreamedMarkets.Market, double> fact, string real, string format = "F2") =>
        $"| {name} | {string.Join(" | ", StreamedMarkets.All.Select(market => Text(fact(market), format)))} | {real} |";

    private static double ShareOfOnes(double[] sizes) => sizes.Count(size => size == 1) / (double)sizes.Length;

    private static string Text(double value, string format = "F2") => value.ToString(format, CultureInfo.InvariantCulture);
}
