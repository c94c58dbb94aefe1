using System.Globalization;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Streams;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Which ticks are believed.</summary>
public sealed class SanityTests
{
    private readonly List<string> _dropped = [];

    /// <summary>Trades of ES as <c>price</c> or <c>pricexsize</c>; what passes and what is dropped, in order.</summary>
    [Theory]
    [InlineData("5000 5000.25 4999.75", "5000 5000.25 4999.75", "")]
    [InlineData("5000 0 5000.25", "5000 5000.25", "NotPositive")]
    [InlineData("5000 -5000 5000.25", "5000 5000.25", "NotPositive")]
    [InlineData("5000 NaN Infinity 5000.25", "5000 5000.25", "NotFinite NotFinite")]
    [InlineData("5000 5000.1 5000.25", "5000 5000.25", "OffGrid")]
    [InlineData("5000 5000.2500001 5000.25", "5000 5000.2500001 5000.25", "")]
    [InlineData("5000 5000x0 5000x-1 5000xNaN 5000.25", "5000 5000.25", "Size Size Size")]
    [InlineData("5000 50000 5000.25", "5000 5000.25", "Jump")]
    [InlineData("5000 500 5000.25", "5000 5000.25", "Jump")]
    [InlineData("5000 50000 50000 5000.25", "5000 5000.25", "Jump:2")]
    [InlineData("5000 4500 4500.25 4499.75 4500", "5000 4500 4500.25 4499.75 4500", "")]
    [InlineData("5000 50000 500 5000.25", "5000 5000.25", "Jump Jump")]
    [InlineData("5000 4500 9000 4500 4500 4500", "5000 4500 4500 4500", "Jump Jump")]
    public void AStrangeTradeWaitsForTwoThatAgree(string trades, string passed, string dropped)
    {
        var filter = new TradeFilter(Check("ES"), Drop);
        filter.Restart(5000);
        List<string> got = [];
        foreach (string text in trades.Split(' '))
        {
            string[] parts = text.Split('x');
            var trade = new Trade(default, Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : 1);
            got.AddRange(filter.Admit(trade, 0).Select(item => item.Trade.Price.ToString(CultureInfo.InvariantCulture)));
        }
        Assert.Equal(passed, string.Join(' ', got));
        Assert.Equal(dropped, string.Join(' ', _dropped));
    }

    [Fact]
    public void BeforeAnyPriceIsKnownTheFirstTradeWaitsToo()
    {
        var filter = new TradeFilter(Check("ES"), Drop);

        Assert.Empty(filter.Admit(new(default, 50000, 1), 0));
        Assert.Empty(filter.Admit(new(default, 5000, 1), 0));
        Assert.Empty(filter.Admit(new(default, 5000.25, 2), 0));
        Assert.Equal([1, 2, 3], filter.Admit(new(default, 5000, 3), 0).Select(item => item.Trade.Size));
        Assert.Equal(["Jump"], _dropped);
    }

    [Fact]
    public void CrudeOilMayFallBelowZeroAndGoldMayNot()
    {
        var oil = new TradeFilter(Check("CL"), Drop);
        oil.Restart(0.1);
        var gold = new TradeFilter(Check("GC"), Drop);
        gold.Restart(0.1);

        Assert.Single(oil.Admit(new(default, 0, 1), 0));
        Assert.Single(oil.Admit(new(default, -0.25, 1), 0));
        Assert.Empty(gold.Admit(new(default, -0.1, 1), 0));
        Assert.Empty(gold.Admit(new(default, 0, 1), 0));
    }

    /// <summary>Parts as <c>bid/ask</c>, either may be missing; what comes out.</summary>
    [Theory]
    [InlineData("5000/5000.25", "5000/5000.25", "")]
    [InlineData("5000/ /5000.25", "5000/5000.25", "")]
    [InlineData("5000/5000.25 5000.25/ /5000.5", "5000/5000.25 5000.25/5000.25 5000.25/5000.5", "")]
    [InlineData("5000/5000.25 5000.5/ /5000.75", "5000/5000.25 5000.5/5000.75", "Crossed")]
    [InlineData("5000/5000.25 0/ 4999.75/", "5000/5000.25 4999.75/5000.25", "NotPositive")]
    [InlineData("5000/5000.25 5000/5000.25", "5000/5000.25", "")]
    [InlineData("5000/5000.25 5000.1/", "5000/5000.25", "OffGrid")]
    [InlineData("5000/5000.25 /50000 /5000.5", "5000/5000.25 5000/5000.5", "Jump")]
    [InlineData("5000/5000.25 4500/4500.25 4500.25/4500.5 4500/4500.25", "5000/5000.25 4500/4500.25", "Jump Jump")]
    public void AQuoteIsMergedFromItsPartsAndGivenOnlyWhenItCanBeBelieved(string parts, string given, string dropped)
    {
        var merge = new QuoteMerge(Check("ES"), Drop);
        List<string> got = [];
        foreach (string part in parts.Split(' '))
        {
            double[] sides = [.. part.Split('/').Select(side => side.Length == 0 ? double.NaN : Number(side))];
            merge.Merge(new QuotePatch(default, sides[0], sides[1], double.NaN, double.NaN));
            if (merge.TryTake(default, 5000, out Quote quote)) got.Add(string.Create(CultureInfo.InvariantCulture, $"{quote.Bid}/{quote.Ask}"));
        }
        Assert.Equal(given, string.Join(' ', got));
        Assert.Equal(dropped, string.Join(' ', _dropped));
    }

    private static PriceCheck Check(string symbol) => new(FeedRun.Find(symbol), new());

    private void Drop(Doubt doubt, int count) => _dropped.Add(count == 1 ? doubt.ToString() : $"{doubt}:{count}");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
