using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX.Streams;
using Tradewind.Core.Engine;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Trades that lie beside the quotes for long: one of the two feeds is wrong, and neither is believed.</summary>
public sealed class DisagreementTests
{
    private const string Es = "CON.F.US.EP.U26";

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(8)]
    [InlineData(-8)]
    public async Task TradesBesideTheQuotesTakeTheSymbolOutOfServiceUntilTheyAgree(int ticks)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        int shift = 0;
        Task Market() => TradeAsync(gateway, 5000 + 0.25 * shift, 4999.75, 5000.25);
        await run.Until(() => run.IsLive(0), Market);
        await run.For(TimeSpan.FromSeconds(5), Market);

        shift = ticks;
        DateTimeOffset began = gateway.Time.GetUtcNow();
        await run.Until(() => !run.IsLive(0), Market);
        TimeSpan foundAfter = gateway.Time.GetUtcNow() - began;
        int told = run.Inputs.Count;
        await run.For(TimeSpan.FromSeconds(30), Market);

        Assert.InRange(foundAfter, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.2));
        Assert.True(run.Log.Has("ES: trades lie 7 ticks beside the quotes"));
        Assert.DoesNotContain(run.Inputs.Skip(told), input => input.Input.Kind == InputKind.Trade);
        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down], run.Events(0));

        shift = 0;
        await run.Until(() => run.IsLive(0), Market);
        await run.For(TimeSpan.FromSeconds(5), Market);
        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Up], run.Events(0));
        Assert.Equal(1, gateway.HubCount);
    }

    [Fact]
    public async Task QuotesThatStandStillWhileTheMarketMovesAreFoundAndTheConnectionIsMadeAnew()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        double price = 5000;
        await run.Until(() => run.IsLive(0), () => TradeAsync(gateway, price, price - 0.25, price + 0.25));

        price = 5010;
        await run.Until(() => gateway.HubCount == 2, () => TradeAsync(gateway, price, 4999.75, 5000.25));
        Assert.False(run.IsLive(0));

        await run.Until(() => run.IsLive(0), () => TradeAsync(gateway, price, price - 0.25, price + 0.25));
    }

    /// <summary>Steps half a second apart: a trade as <c>price</c>, a quote as <c>bid/ask</c>, or nothing as <c>-</c>.</summary>
    [Theory]
    [InlineData("5000/5000.25 5002 5002 5002 5002 - -", true)]
    [InlineData("5000/5000.25 4998 4998 4998 4998 - -", true)]
    [InlineData("5000/5000.25 5002 5001.5 5003 5002 5002 - -", true)]
    [InlineData("5002 5002 5002 - - - -", false)]
    [InlineData("5000/5000.25 5001.25 4999 5001.25 4999 5001.25 4999", false)]
    [InlineData("5000/5000.25 5002 - - - - - - -", false)]
    [InlineData("5000/5000.25 5002 5002 - - - - -", false)]
    [InlineData("5000/5000.25 5002 5002 5000 5002 5002 - -", false)]
    [InlineData("5000/5000.25 5002 5002 5002 5001.75/5002 5002 5002", false)]
    [InlineData("5000/5000.25 5002 5002 5002 5001/5000.75 5002 - -", true)]
    public void OnlySeveralTradesForMoreThanAMomentAreADisagreement(string steps, bool expected)
    {
        Disagreement disagreement = Make();
        bool isFound = false;
        foreach (string step in steps.Split(' '))
        {
            Take(disagreement, step);
            _time.Advance(TimeSpan.FromSeconds(0.5));
            isFound |= disagreement.IsFound(_time.GetTimestamp());
        }
        Assert.Equal(expected, isFound);
    }

    [Fact]
    public void ItIsOverAfterSeveralTradesThatAgree()
    {
        Disagreement disagreement = Make();
        foreach (string step in (string[])["5000/5000.25", "5002", "5002", "5002"]) Take(disagreement, step);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(disagreement.IsFound(_time.GetTimestamp()));
        Assert.False(disagreement.IsFound(_time.GetTimestamp()));

        foreach (string step in (string[])["5000", "5002", "5000", "5000.25"])
        {
            Take(disagreement, step);
            Assert.True(disagreement.IsOpen);
        }
        Take(disagreement, "5000");
        Assert.False(disagreement.IsOpen);
    }

    private static async Task TradeAsync(ScriptedGateway gateway, double price, double bid, double ask)
    {
        await gateway.Trade(Es, price);
        await gateway.Quote(Es, bid, ask);
    }

    private Disagreement Make() => new(FeedRun.Find("ES"), new(), _time);

    private void Take(Disagreement disagreement, string step)
    {
        if (step == "-") return;
        double[] prices = [.. step.Split('/').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        if (prices.Length == 2) disagreement.Quoted(prices[0], prices[1]);
        else disagreement.Traded(prices[0], _time.GetTimestamp());
    }
}
