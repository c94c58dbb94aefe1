using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>How strategies end: told once, disposed once, and whatever they throw meanwhile hurts nobody else.</summary>
public sealed class StrategyEndTests
{
    private readonly List<string> _story = [];

    [Fact]
    public void TheEndIsToldOnceAndWhatIsWishedThenIsRefused()
    {
        var bench = new Bench(New("a"), New("b"));
        bench.Bar(5000);
        bench.Command(CommandKind.Stop);
        bench.Command(CommandKind.Stop);

        Assert.Equal(["a stops", "b stops"], _story);
        Assert.Equal([SignalRefusal.Stopped, SignalRefusal.Stopped], bench.Of(OutputKind.SignalRefused).Select(output => output.SignalRefused.Reason));
        Assert.Empty(bench.Submitted);
    }

    [Fact]
    public void EachIsDisposedOnceHoweverOftenItIsAsked()
    {
        var bench = new Bench(New("a"), New("b"));
        bench.Bar(5000);

        Assert.Empty(bench.Engine.Release());
        Assert.Empty(bench.Engine.Release());
        Assert.Equal(["a goes", "b goes"], _story);
    }

    [Fact]
    public void WhatAHostHoldsGoesWithIt()
    {
        new Bench(new Hosting(New("host"), New("child"))).Engine.Release();

        Assert.Equal(["host goes", "child goes"], _story);
    }

    [Fact]
    public void OneThatThrowsWhileItIsDisposedIsNamedAndTheOthersGoToo()
    {
        var bench = new Bench();
        bench.Engine.Add(New("a", throwsAt: "goes"), 0, Timeframe.OneMinute, "first");
        bench.Engine.Add(New("b"), 0, Timeframe.OneMinute, "second");

        Assert.Equal(["first failed while it was disposed (InvalidOperationException: a goes wrong)."], bench.Engine.Release());
        Assert.Equal(["a goes", "b goes"], _story);
    }

    [Fact]
    public void OneThatThrowsAtTheEndIsSuspendedAloneAndTheOthersAreTold()
    {
        var bench = new Bench(New("a", throwsAt: "stops"), New("b"));
        bench.Bar(5000);
        bench.Command(CommandKind.Stop);

        Assert.Equal(["a stops", "b stops"], _story);
        Assert.Equal("InvalidOperationException: a stops wrong", Assert.Single(bench.Of(OutputKind.StrategySuspended)).Text);
        Assert.Equal((true, false), (bench.Engine.Strategy(0).IsSuspended, bench.Engine.Strategy(1).IsSuspended));
    }

    [Fact]
    public void AVersionThatIsDroppedIsToldAndDisposedAndTheRunningOneIsNot()
    {
        Bench bench = With(() => New("new"));
        Give(bench, CommandKind.TryVersion);
        bench.Bar(5000);
        Give(bench, CommandKind.DropVersion);

        Assert.Equal(["new stops", "new goes"], _story);
        Assert.False(bench.Engine.Strategy(0).HasShadow);
        Give(bench, CommandKind.DropVersion);
        Assert.Equal(["Ending: version v is dropped.", "Ending: there is no other version to drop."], bench.Of(OutputKind.Alert).Select(output => output.Text).TakeLast(2));
    }

    [Fact]
    public void AVersionThatAnotherReplacesGoesAndOneThatWasTakenOverFromStaysAsTheWayBack()
    {
        int made = 0;
        Bench bench = With(() => New($"v{++made}"));
        Give(bench, CommandKind.TryVersion);
        Give(bench, CommandKind.TryVersion);
        Assert.Equal(["v1 stops", "v1 goes"], _story);

        bench.Bar(5000);
        Give(bench, CommandKind.TakeOver);
        Assert.Equal(["v1 stops", "v1 goes"], _story);
        Give(bench, CommandKind.TryVersion);
        Assert.Equal(["v1 stops", "v1 goes", "old stops", "old goes"], _story);

        bench.Command(CommandKind.Stop);
        bench.Engine.Release();
        Assert.Equal(["v2 stops", "v3 stops", "v2 goes", "v3 goes"], _story.Skip(4));
    }

    [Fact]
    public void AVersionThatThrowsWhileItGoesIsOnlyToldOf()
    {
        Bench bench = With(() => New("new", throwsAt: "goes"));
        Give(bench, CommandKind.TryVersion);
        Give(bench, CommandKind.DropVersion);

        Assert.Contains("Ending: a version that goes failed while it was disposed (InvalidOperationException: new goes wrong).", bench.Of(OutputKind.Alert).Select(output => output.Text));
        Assert.False(bench.Engine.Strategy(0).IsSuspended);
    }

    [Fact]
    public void AVersionThatIsRefusedIsDisposed()
    {
        Bench bench = With(() => new Hosting(New("new"), New("child"), leg: "NQ"));
        Give(bench, CommandKind.TryVersion);

        Assert.Equal(["new goes", "child goes"], _story);
    }

    /// <summary>A fill is a fact: what a strategy throws when it is told of one changes no book.</summary>
    [Fact]
    public void OneThatThrowsAtAFillIsSuspendedAloneAndTheFillIsBooked()
    {
        var bench = new Bench(New("a", throwsAt: "fills", buys: true), New("b"));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);

        Assert.Equal(1m, bench.Net);
        Assert.Equal("InvalidOperationException: a fills wrong", Assert.Single(bench.Of(OutputKind.StrategySuspended)).Text);
        Assert.False(bench.Engine.Strategy(1).IsSuspended);
        bench.Bar(5001);
    }

    private Bench With(Func<Strategy> next)
    {
        var bench = new Bench(Bench.Options() with { Versions = new Next(next), RecentBars = 10 });
        bench.Engine.Add(New("old"), 0, Timeframe.OneMinute, "Ending");
        return bench;
    }

    private static void Give(Bench bench, CommandKind kind) => bench.Give(new Input(bench.Engine.InputCount == 0 ? Bench.Start : bench.Engine.Now, new Command(kind), "v"));

    private Ending New(string name, string? throwsAt = null, bool buys = false) => new(name, _story, throwsAt, buys);

    private sealed class Next(Func<Strategy> make) : IStrategyVersions
    {
        public Strategy Create(string strategy, string version, Instrument instrument) => make();
    }

    private sealed class Ending(string name, List<string> story, string? throwsAt, bool buys) : Strategy, IDisposable
    {
        private readonly string _name = name;
        private readonly List<string> _story = story;
        private readonly string? _throwsAt = throwsAt;
        private readonly bool _buys = buys;

        public void Dispose() => Happens("goes");

        protected override void OnBar(in Bar bar)
        {
            if (_buys) Buy("test");
        }

        protected override void OnFill(in Fill fill) => Happens("fills");

        protected override void OnStop()
        {
            if (!_buys) Buy("at the very end");
            Happens("stops");
        }

        private void Happens(string what)
        {
            _story.Add($"{_name} {what}");
            if (_throwsAt == what) throw new InvalidOperationException($"{_name} {what} wrong");
        }
    }

    private sealed class Hosting : Strategy, IDisposable
    {
        private readonly Ending _self;

        public Hosting(Ending self, Ending child, string? leg = null)
        {
            _self = self;
            Host(child, "child");
            if (leg is not null) UseLeg(leg);
        }

        public void Dispose() => _self.Dispose();

        protected override void OnBar(in Bar bar)
        {
        }
    }
}
