using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What somebody else holds on the account is nothing that a strategy could reduce, and does not hinder it from closing what is its own.</summary>
public sealed class ExternalPositionTests
{
    [Theory]
    [InlineData(SignalAction.Sell, 2)]
    [InlineData(SignalAction.Buy, -2)]
    public void WhilePausedAStrategyOpensNothingAgainstAPositionThatIsNotItsOwn(SignalAction wish, int external)
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(wish, "test") { Quantity = 2 })));
        bench.Give(new Input(0, bench.Engine.Now, new AccountEvent(AccountEventKind.ExternalFill, 500, external, 5000m)));
        bench.Command(CommandKind.Pause);
        bench.Bar(5000);

        Assert.Empty(bench.Submitted);
        Assert.Equal(RiskCode.Paused, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
    }

    [Fact]
    public void WhilePausedAStrategyClosesItsOwnThoughTheAccountIsFlat()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Sell, "test") { Quantity = 2 });
            else strategy.Flat();
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Give(new Input(0, bench.Engine.Now, new AccountEvent(AccountEventKind.ExternalFill, 500, 2m, 5000m)));
        Assert.Equal(0m, bench.Net);
        bench.Command(CommandKind.Pause);
        bench.Forget();
        bench.Bar(5000);

        Order close = bench.Submitted.Single();
        Assert.Equal((Side.Buy, 2m), (close.Side, close.Quantity));
        Assert.Empty(bench.Of(OutputKind.OrderDenied));
    }

    [Fact]
    public void WhileTheAccountIsNotKnownItMustBeReducedToo()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Sell, "test") { Quantity = 2 });
            else if (strategy.Asked == 2) strategy.Flat();
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Give(new Input(0, bench.Engine.Now, new AccountEvent(AccountEventKind.ExternalFill, 500, 2m, 5000m)));
        bench.Account(AccountEventKind.Unsynced);
        bench.Forget();
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        Assert.Equal(RiskCode.NotSynced, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        bench.Account(AccountEventKind.Synced);

        Assert.Equal((Side.Buy, 2m), (bench.Submitted.Single().Side, bench.Submitted.Single().Quantity));
    }

    [Theory]
    [InlineData(CommandKind.Pause)]
    [InlineData(CommandKind.None)]
    public void OfTwoStrategiesTheOneThatClosesIsNotHeldUpByTheOneThatOpens(CommandKind command)
    {
        // Together they would sell 3 of the 2 that are held: paused by an operator, or beyond a limit.
        bool isSecond = false;
        var bench = new Bench(Bench.Options([.. command == CommandKind.None ? [new Late()] : Array.Empty<IRiskRule>()]),
            new Scripted((strategy, _) => { if (isSecond) strategy.Flat(); else strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2 }); }),
            new Scripted((strategy, _) => { if (isSecond) strategy.Say(new Wish(SignalAction.Sell, "test") { Quantity = 1 }); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        if (command != CommandKind.None) bench.Command(command);
        isSecond = true;
        bench.Forget();
        bench.Bar(5000);

        Order close = bench.Submitted.Single();
        Assert.Equal((Side.Sell, 2m, 0), (close.Side, close.Quantity, close.Share(0).Strategy));
        Assert.Equal(1, close.ShareCount);
        bench.Complete(close, 5000m);
        Assert.Equal((0m, 0m), (bench.Engine.Strategy(0).Position.Quantity, bench.Engine.Strategy(1).Position.Quantity));
    }

    [Fact]
    public void WhilePausedAnOpeningWishDoesNotMeetAClosingOneInside()
    {
        bool isSecond = false;
        var bench = new Bench(
            new Scripted((strategy, _) => { if (isSecond) strategy.Flat(); else strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2 }); }),
            new Scripted((strategy, _) => { if (isSecond) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2 }); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Command(CommandKind.Pause);
        isSecond = true;
        bench.Forget();
        bench.Bar(5000);

        Assert.Equal((Side.Sell, 2m), (bench.Submitted.Single().Side, bench.Submitted.Single().Quantity));
        Assert.Equal((2m, 0m), (bench.Engine.Strategy(0).Position.Quantity, bench.Engine.Strategy(1).Position.Quantity));
        Assert.Equal(RiskCode.Paused, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
    }

    /// <summary>Lets the first order pass, and then nothing that adds risk.</summary>
    private sealed class Late : IRiskRule
    {
        private int _passed;

        public string Name => "late";

        public bool ChecksReductions => false;

        public RiskDecision Check(in OrderDraft draft, IRiskView view) => _passed == 0 ? RiskDecision.Approve(0, 1) : RiskDecision.Deny(RiskCode.OwnRule, 1, 0);

        public void OnApproved(in OrderDraft draft, IRiskView view) => _passed++;
    }
}
