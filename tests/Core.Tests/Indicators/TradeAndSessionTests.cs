using System.Globalization;
using System.IO.Compression;
using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>Indicators that read more than bars: trades, and the calendar of the venue.</summary>
public sealed class TradeAndSessionTests
{
    private static readonly Timestamp Noon = Timestamp.FromUtc(2024, 6, 5, 12);

    private static readonly Bar Minute = new(Noon, Noon + TimeSpan.FromMinutes(1), 10, 12, 9, 11, 100);

    [Fact]
    public void TheDeltaCountsBuyersAndSellersAndShowsAtTheEndOfTheBar()
    {
        CumulativeDelta delta = new();
        delta.Update(new Trade(Noon, 10, 5, Aggressor.Buyer));
        delta.Update(new Trade(Noon, 10, 2, Aggressor.Seller));
        Assert.False(delta.IsReady);
        Assert.Equal(3, delta.Preview(in Minute));
        delta.Update(in Minute);
        Assert.Equal(3, delta.Value);
        delta.Update(new Trade(Noon, 10, 10, Aggressor.Seller));
        Assert.Equal(3, delta.Value);
        delta.Update(in Minute);
        Assert.Equal(-7, delta.Value);
    }

    [Fact]
    public void WithoutAnAggressorTheTickRuleDecides()
    {
        CumulativeDelta delta = new();
        // Unknown before the first change; then up, same, down, same.
        foreach ((double price, double size) in new[] { (10.0, 100.0), (10.25, 1), (10.25, 2), (10.0, 4), (10.0, 8) }) delta.Update(new Trade(Noon, price, size));
        delta.Update(in Minute);
        Assert.Equal(1 + 2 - 4 - 8, delta.Value);
    }

    [Fact]
    public void TheDeltaOfRealTradesEqualsAPlainCount()
    {
        string path = Path.Combine(TestBars.RealData, "gc-trades-2013-10-07.csv.gz");
        Assert.SkipUnless(File.Exists(path), "The real market data are not beside this checkout (../shared/data).");
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        CumulativeDelta delta = new();
        decimal expected = 0, last = 0;
        int side = 0;
        while (reader.ReadLine() is string line)
        {
            decimal[] cells = [.. line.Split(',').Skip(1).Select(cell => decimal.Parse(cell, CultureInfo.InvariantCulture))];
            if (last != 0 && cells[0] != last) side = cells[0] > last ? 1 : -1;
            last = cells[0];
            expected += side * cells[1];
            delta.Update(new Trade(Noon, (double)cells[0], (double)cells[1]));
        }
        delta.Update(in Minute);
        Assert.Equal((double)expected, delta.Value);
        Assert.NotEqual(0, delta.Value);
    }

    [Fact]
    public void TradesDoNotMoveAnIndicatorOfBars()
    {
        Obv obv = new();
        obv.Update(new Trade(Noon, 10, 5, Aggressor.Buyer));
        obv.Update(in Minute);
        Assert.Equal(100, obv.Value);
    }

    [Fact]
    public void VwapBeginsAnewWithTheSessionOfTheVenueAndNotWithTheDayOfUtc()
    {
        // In winter a trading day of the CME begins at 17:00 in Chicago, 23:00 UTC.
        Vwap vwap = new(1, Calendars.CmeEquity);
        Assert.Equal("vwap(1) on cme-equity", vwap.Name);
        Timestamp evening = Timestamp.FromUtc(2024, 1, 9, 21, 30);
        vwap.Update(Flat(evening, 100, 1));
        vwap.Update(Flat(evening + TimeSpan.FromMinutes(20), 200, 3));
        Assert.Equal(175, vwap.Value);
        Timestamp next = Timestamp.FromUtc(2024, 1, 9, 23, 0);
        vwap.Update(Flat(next, 50, 1));
        Assert.Equal(50, vwap.Value);
        // Midnight UTC is inside the session.
        vwap.Update(Flat(Timestamp.FromUtc(2024, 1, 10, 0, 30), 60, 1));
        Assert.Equal(55, vwap.Value);
        Assert.Equal(5, vwap.Upper - vwap.Value, 1e-12);
    }

    [Fact]
    public void PivotsComeFromTheLastSessionOfTheVenue()
    {
        ClassicPivots pivots = new(Calendars.CmeEquity);
        pivots.Update(Flat(Timestamp.FromUtc(2024, 1, 9, 15), 100, 1));
        pivots.Update(Flat(Timestamp.FromUtc(2024, 1, 9, 16), 130, 1));
        pivots.Update(Flat(Timestamp.FromUtc(2024, 1, 9, 21), 120, 1));
        Assert.False(pivots.IsReady);
        pivots.Update(Flat(Timestamp.FromUtc(2024, 1, 9, 23), 500, 1));
        // (130 + 100 + 120) / 3, by hand.
        Assert.Equal(350 / 3.0, pivots.Value, 1e-12);
        Assert.Equal(2 * 350 / 3.0 - 100, pivots["r1"], 1e-12);
        Assert.Equal(350 / 3.0 - 30, pivots["s2"], 1e-12);
    }

    [Theory]
    [InlineData("vwap on cme-equity", "vwap(1) on cme-equity")]
    [InlineData("pivots on us-equity of heikinAshi", "pivots on us-equity of heikinAshi")]
    [InlineData("atr(14) of heikinAshi", "atr(14) of heikinAshi")]
    [InlineData("cross of sma(10) and sma(30)", "cross of sma(10) and sma(30)")]
    [InlineData("correlation(20)", "correlation(20)")]
    [InlineData("correlation(20) of high", "correlation(20) of high")]
    [InlineData("correlation(20) of close and macd.signal", "correlation(20) of close and macd(12,26,9).signal")]
    [InlineData("fisher(9)", "fisher(9)")]
    [InlineData("fisher(9) of median", "fisher(9)")]
    [InlineData("fisher(9) of close", "fisher(9) of close")]
    public void CalendarsMadeBarsAndPairsCanBeWritten(string text, string name) => Assert.Equal(name, IndicatorLibrary.BuiltIn.Create(text).Name);

    [Theory]
    [InlineData("vwap on mars", "there is no calendar \"mars\", only cme-equity")]
    [InlineData("sma(3) on cme-equity", "sma is not anchored to sessions")]
    public void AFaultyCalendarIsRefused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => IndicatorLibrary.BuiltIn.Create(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheCalendarOfTheInstrumentIsGivenToIndicatorsThatNameNone()
    {
        Assert.Equal("vwap(1) on cme-fx", IndicatorLibrary.BuiltIn.Create("vwap", Calendars.CmeFx).Name);
        Assert.Equal("sma(3)", IndicatorLibrary.BuiltIn.Create("sma(3)", Calendars.CmeFx).Name);
    }

    [Fact]
    public void EqualIndicatorsOfAChainAreComputedOnce()
    {
        Macd first = new(12, 26, 9);
        Sma ofSignal = new(3, Source.Of(new Macd(12, 26, 9), "signal"));
        IndicatorChain chain = new(first, ofSignal);
        Assert.Equal(["macd(12,26,9)", "sma(3) of macd(12,26,9).signal"], chain.Computed.Select(each => each.Name));
        foreach (Bar bar in TestBars.Walk.Bars) chain.Update(in bar);
        Assert.True(ofSignal.IsReady);
    }

    private static Bar Flat(Timestamp start, double price, double volume) => new(start, start + TimeSpan.FromMinutes(1), price, price, price, price, volume);
}
