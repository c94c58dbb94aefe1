using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A strategy is told of the past before it acts, so that a restart finds it ready.</summary>
public sealed class RecallTests
{
    [Fact]
    public void TheBarsOfThePastComeBeforeTheFirstOneToActOn()
    {
        var strategy = new Remembering();
        var bench = new Bench(strategy);
        Past(bench, 3);
        bench.Bar(5000);
        Assert.Equal("past past past now", strategy.Story);
    }

    [Fact]
    public void WhatItWishesAboutThePastIsNotTaken()
    {
        var bench = new Bench(new Remembering());
        Past(bench, 3);
        Assert.Empty(bench.Of(OutputKind.SignalRaised));
        Assert.Empty(bench.Submitted);
    }

    [Fact]
    public void OneThatThrowsAboutThePastIsSuspended()
    {
        var bench = new Bench(new Remembering { IsBroken = true });
        Past(bench, 2);
        Assert.Single(bench.Of(OutputKind.StrategySuspended));
    }

    /// <summary>Minutes that ended before the bench begins; the one that follows tells that one is complete.</summary>
    private static void Past(Bench bench, int count)
    {
        for (int i = -count; i < 0; i++)
        {
            Timestamp start = Bench.Start + TimeSpan.FromMinutes(i);
            bench.Give(new Input(0, new Bar(start, start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1), start + TimeSpan.FromMinutes(1), isHistory: true));
        }
    }

    private sealed class Remembering : Strategy
    {
        public bool IsBroken { get; init; }

        public string Story { get; private set; } = "";

        protected override void OnHistory(in Bar bar)
        {
            if (IsBroken) throw new InvalidOperationException("broken on purpose");
            Story += "past ";
            Buy("about the past");
        }

        protected override void OnBar(in Bar bar) => Story += "now";
    }
}
