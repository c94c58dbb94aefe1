using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What people read of wishes and refusals.</summary>
public sealed class SignalTextTests
{
    [Fact]
    public void AWishSaysItsTermsInOneLine()
    {
        Assert.Equal(
            "good till 2026-03-02T14:40:00Z, 50% at 5010.00, the stop trails by 8 ticks, the stop goes to the entry after 5 points, or Sell at stop 4980.00 (down): kept by the engine",
            Terms(new(SignalAction.Buy, "up")
            {
                OrderType = OrderType.Limit,
                LimitPrice = 4990,
                TimeInForce = TimeInForce.Gtd,
                GoodTill = Bench.Start + TimeSpan.FromMinutes(10),
                Targets = [ProfitTarget.Part(5010, 0.5)],
                Trail = new(Distance.Ticks(8)),
                BreakEven = new(Distance.Points(5)),
                Or = new Wish(SignalAction.Sell, "down") { OrderType = OrderType.Stop, StopPrice = 4980, TimeInForce = TimeInForce.Gtd, GoodTill = Bench.Start + TimeSpan.FromMinutes(10) },
            }));
        Assert.Equal("then Close at limit 5008.00 (out): kept by the engine", Terms(new(SignalAction.Buy, "in") { Then = new Wish(SignalAction.Close, "out") { OrderType = OrderType.Limit, LimitPrice = 5008 } }));
        Assert.Equal("reduce-only: kept by the engine", Terms(new(SignalAction.Close, "x") { IsReduceOnly = true }));
        Assert.Null(Terms(new(SignalAction.Buy, "x")));
    }

    [Fact]
    public void EachRefusalHasItsOwnSentence()
    {
        string[] sentences = [.. Enum.GetValues<SignalRefusal>().Where(refusal => refusal != SignalRefusal.None).Select(refusal => refusal.Sentence())];
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
        Assert.DoesNotContain(SignalRefusal.None.Sentence(), sentences);
    }

    [Fact]
    public void AContradictionIsToldOnceAndEachRefusalIsCounted()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Targets = [] })));
        bench.Bar(5000);
        bench.Bar(5000);
        Assert.Equal(2, bench.Of(OutputKind.SignalRefused).Count());
        Assert.StartsWith("Scripted: a wish to Buy is refused: the targets are not one to four", bench.Alerts.Single(), StringComparison.Ordinal);
    }

    private static string? Terms(Wish wish)
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(in wish)));
        bench.Bar(5000);
        return bench.Of(OutputKind.SignalRaised).Single().Signal.Terms();
    }
}
