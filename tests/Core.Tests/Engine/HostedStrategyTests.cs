using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A hosted strategy trades one unit on paper: the prices at which it does are worked out by hand here.</summary>
public sealed class HostedStrategyTests
{
    private readonly List<string> _story = [];

    [Fact]
    public void AMarketWishIsHeldFromTheCloseAtWhichItWasSaid()
    {
        Host host = Run((child, asked) => { if (asked == 1) child.Long(); if (asked == 3) child.Flat(); }, 5000, 5010, 5020);
        Assert.Equal("Buy 1, Buy 1, Close 0", Story());
        Assert.Equal(1000m, host.Child.Counters.RealizedPnl);
    }

    [Fact]
    public void NothingReachesTheBrokerButWhatTheHostWishes()
    {
        var bench = new Bench(new Host(new Scripted((child, _) => child.Long()), _ => { }));
        bench.Bar(5000);
        Assert.Empty(bench.Of(OutputKind.SignalRaised));
        Assert.Empty(bench.Submitted);
    }

    [Fact]
    public void BeforeItSpeaksItHasNoOpinion()
    {
        Run((_, _) => { }, 5000, 5010);
        Assert.Equal("Hold 0, Hold 0", Story());
    }

    [Fact]
    public void ALimitEntryFillsAtItsPriceOnceTheMarketComesThere()
    {
        Host host = Run((child, asked) =>
        {
            if (asked == 1) child.Say(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = 4995 });
            if (asked == 4) child.Flat();
        }, 5000, 4998, 4990, 5005);
        Assert.Equal("Close 0, Close 0, Buy 1, Close 0", Story());
        // The third bar opens at 4990, better than the limit.
        Assert.Equal((5005m - 4990m) * 50m, host.Child.Counters.RealizedPnl);
    }

    [Fact]
    public void AStopOnPaperEndsThePositionAndTheWish()
    {
        Host host = Run((child, asked) =>
        {
            if (asked is 1 or 3) child.Say(new Wish(SignalAction.Sell, "test") { StopLoss = 5020 });
        }, 5000, 5030, 5000);
        Assert.Equal("Sell -1, Close 0, Sell -1", Story());
        // Stopped at the open of 5030, beyond the stop.
        Assert.Equal((5000m - 5030m) * 50m, host.Child.Counters.RealizedPnl);
        Assert.Equal(5020.0, host.Child.StopLoss);
    }

    [Fact]
    public void ATargetOnPaperFillsAtItsPriceAtLeast()
    {
        Host host = Run((child, asked) => { if (asked == 1) child.Say(new Wish(SignalAction.Buy, "test") { TakeProfit = 5010 }); }, 5000, 5012);
        Assert.Equal((5012m - 5000m) * 50m, host.Child.Counters.RealizedPnl);
        Assert.Equal("Buy 1, Close 0", Story());
    }

    [Fact]
    public void ItRemembersItsPaperPositionInASnapshot()
    {
        static Bench New(List<int> seen) => new(new Host(new Scripted((child, _) => { if (child.Held == 0) child.Long(); }), host => seen.Add(host.Child.Direction)));
        List<int> before = [], after = [];
        Bench first = New(before), second = New(after);
        first.Bar(5000);
        second.Engine.Restore(first.Engine.TakeSnapshot());
        second.Wait(TimeSpan.FromMinutes(1));
        second.Bar(5000);
        Assert.Equal([1], after);
        Assert.Equal(0L, second.Engine.Strategy(0).Counters.Signals);
    }

    [Fact]
    public void OneThatThrowsSuspendsItsHost()
    {
        var bench = new Bench(new Host(new Scripted((_, _) => throw new InvalidOperationException("broken on purpose")), _ => { }));
        bench.Bar(5000);
        Assert.Contains("broken on purpose", bench.Of(OutputKind.StrategySuspended).Single().Text, StringComparison.Ordinal);
    }

    private string Story() => string.Join(", ", _story);

    private Host Run(Action<Scripted, int> act, params double[] closes)
    {
        var host = new Host(new Scripted((child, _) => act(child, child.Asked)), each => _story.Add($"{each.Child.Opinion} {each.Child.Direction}"));
        var bench = new Bench(host);
        foreach (double close in closes) bench.Bar(close);
        return host;
    }

    private sealed class Host : Strategy
    {
        private readonly Action<Host> _look;

        public Host(Strategy child, Action<Host> look) => (_look, Child) = (look, base.Host(child, "child"));

        public ChildStrategy Child { get; }

        protected override void OnBar(in Bar bar) => _look(this);
    }
}
