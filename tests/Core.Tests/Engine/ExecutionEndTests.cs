using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;
using static Tradewind.Core.Tests.Engine.ExecutionSteps;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An execution can be stopped at any instant, does not begin anew by itself, and is refused where it cannot work.</summary>
public sealed class ExecutionEndTests
{
    private static readonly Twap FourInFourMinutes = new(TimeSpan.FromMinutes(4), slices: 4);

    public static TheoryData<string> Ends => [.. Stops.Keys];

    private static Dictionary<string, Action<Bench>> Stops { get; } = new()
    {
        ["another wish"] = bench => bench.Bar(5002),
        ["pause"] = bench => bench.Command(CommandKind.Pause),
        ["flatten"] = bench => bench.Command(CommandKind.Flatten),
        ["stop"] = bench => bench.Command(CommandKind.Stop),
        ["suspend"] = bench => bench.Command(CommandKind.SuspendStrategy),
        ["the wish's end"] = bench => bench.Wait(TimeSpan.FromDays(1)),
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void ItStopsAtOnceByAnythingThatStopsAWish(string end)
    {
        var bench = new Bench(new Scripted((strategy, bar) =>
        {
            if (bar.Close == 5002) strategy.Withdraw();
            else strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 8, OrderType = OrderType.Limit, LimitPrice = 4999, Execution = FourInFourMinutes });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 4999m);
        bench.Bar(5000);
        Order resting = bench.Submitted.Last();
        bench.Accept(resting);
        bench.Forget();
        Stops[end](bench);
        Assert.Equal([resting], bench.Canceled);
        bench.Cancel(resting);
        bench.Command(CommandKind.Resume);
        bench.Forget();
        for (int minute = 0; minute < 6; minute++) bench.Wait(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(bench.Submitted, order => order.Purpose == OrderPurpose.Target);
    }

    [Fact]
    public void SayingTheSameAgainDoesNotBeginAnew()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = new Twap(TimeSpan.FromMinutes(4), 4) })));
        for (int minute = 0; minute < 8; minute++) bench.Bar(5000);
        Assert.Equal(4, bench.Submitted.Count());
        Assert.Single(bench.Of(OutputKind.SignalRaised));
    }

    [Fact]
    public void ANewWishWaitsForTheChildrenOfTheOldOneAndCountsWhatTheyFilled()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = strategy.Asked == 1 ? 8 : 6, Execution = FourInFourMinutes })));
        bench.Bar(5000);
        Order old = bench.Submitted.Single();
        bench.Accept(old);
        bench.Forget();
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        Assert.Equal([old], bench.Canceled);
        bench.Fill(old, 2, 5000m);
        // 6 are wanted and 2 held: a quarter of 4.
        Assert.Equal(1m, bench.Submitted.Single().Quantity);
        Assert.Equal(4m, bench.Engine.Strategy(0).Execution!.Value.Quantity);
    }

    [Fact]
    public void APlainWishAfterItWaitsForTheChildrenToo()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = FourInFourMinutes });
            else strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 20 });
        }));
        bench.Bar(5000);
        Order old = bench.Submitted.Single();
        bench.Accept(old);
        bench.Forget();
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        bench.Fill(old, 2, 5000m);
        Assert.Equal(18m, bench.Submitted.Single().Quantity);
    }

    public static TheoryData<Twap, OrderType, TimeInForce> Contradictions => new()
    {
        { new Twap(TimeSpan.Zero), OrderType.Market, TimeInForce.Day },
        { new Twap(TimeSpan.FromDays(2)), OrderType.Market, TimeInForce.Day },
        { new Twap(TimeSpan.FromMinutes(1), 0), OrderType.Market, TimeInForce.Day },
        { new Twap(TimeSpan.FromMinutes(1)) { Jitter = 1.1 }, OrderType.Market, TimeInForce.Day },
        { new Twap(TimeSpan.FromMinutes(1)) { Jitter = double.NaN }, OrderType.Market, TimeInForce.Day },
        { new Twap(TimeSpan.FromMinutes(1)), OrderType.Stop, TimeInForce.Day },
        { new Twap(TimeSpan.FromMinutes(1)), OrderType.Limit, TimeInForce.Ioc },
        { new Twap(TimeSpan.FromMinutes(1)), OrderType.Market, TimeInForce.Fok },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void WhatContradictsItselfIsRefused(Twap twap, OrderType type, TimeInForce time)
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 4, OrderType = type, TimeInForce = time, LimitPrice = type == OrderType.Limit ? 4990 : null, StopPrice = type == OrderType.Stop ? 5010 : null, Execution = twap });
        Assert.Equal(SignalRefusal.ExecutionUnsound, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
        Assert.Empty(bench.Submitted);
    }
}
