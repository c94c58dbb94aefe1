using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Strategies of a higher priority are asked first, and their votes stand first.</summary>
public sealed class PriorityTests
{
    [Fact]
    public void HigherOnesAreAskedFirstAndEqualOnesInTheOrderOfJoining()
    {
        List<string> asked = [];
        var engine = new Core.Engine.Engine(Bench.Options());
        foreach ((string name, int priority) in (ReadOnlySpan<(string, int)>)[("a", 0), ("b", 5), ("c", 0), ("d", 5), ("e", -1)])
        {
            engine.Add(new Scripted((one, _) => { asked.Add(name); one.Long(); }), 0, Timeframe.OneMinute, name, priority);
        }
        var bar = new Bar(Bench.Start, Bench.Start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1);
        List<string> votes = [];
        foreach (Output output in engine.Process(0, in bar))
        {
            if (output.Kind == OutputKind.VoteCast) votes.Add(engine.Strategy(output.VoteCast.Vote.Strategy).Name);
        }
        Assert.Equal("b d a c e", string.Join(' ', asked));
        Assert.Equal(asked, votes);
    }

    [Fact]
    public void AStrategyMayNameItsOwn()
    {
        var engine = new Core.Engine.Engine(Bench.Options());
        engine.Add(new Urgent(), 0, Timeframe.OneMinute);
        engine.Add(new Urgent(), 0, Timeframe.OneMinute, priority: 1);
        Assert.Equal((9, 1), (engine.Strategy(0).Priority, engine.Strategy(1).Priority));
    }

    [Strategy("urgent", "Test", Priority = 9)]
    private sealed class Urgent : Strategy
    {
        protected override void OnBar(in Bar bar)
        {
        }
    }
}
