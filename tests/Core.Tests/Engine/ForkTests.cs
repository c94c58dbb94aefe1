using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Strategies that are asked side by side decide as if they were asked one after the other.</summary>
public sealed class ForkTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void TheOutputsAreThoseOfAskingOneAfterTheOther(int count)
    {
        ulong inline = Run(count, null);
        for (int i = 0; i < 5; i++) Assert.Equal(inline, Run(count, new Threads()));
    }

    [Fact]
    public void TheWorkersAreUsedFromTheirNumberOn()
    {
        var threads = new Threads();
        Run(count: 9, threads, from: 10);
        Assert.Equal(0, threads.Runs);
        Run(count: 10, threads, from: 10);
        Assert.True(threads.Runs > 0);
    }

    [Fact]
    public void TwoHeavyStrategiesAreEnough()
    {
        var threads = new Threads();
        var engine = new Core.Engine.Engine(Bench.Options() with { Workers = threads, ForkFrom = 1000 });
        engine.Add(new Heavy(), 0, Timeframe.OneMinute);
        engine.Add(new Heavy(), 0, Timeframe.OneMinute);
        engine.Process(0, Bar(0, 5000));
        Assert.Equal(1, threads.Runs);
    }

    [Fact]
    public void OneThatThrowsIsSuspendedAloneAndInItsTurn()
    {
        var bench = new Bench(Bench.Options() with { Workers = new Threads(), ForkFrom = 2 },
            new Scripted((one, _) => one.Long()), new Scripted((one, _) => { one.Long(); throw new InvalidOperationException("broken on purpose"); }), new Scripted((one, _) => one.Long()));
        bench.Bar(5000);
        Assert.Equal([(OutputKind.SignalRaised, 0), (OutputKind.SignalRaised, 1), (OutputKind.StrategySuspended, 1), (OutputKind.SignalRaised, 2)],
            bench.Outputs.Where(output => output.Kind is OutputKind.SignalRaised or OutputKind.StrategySuspended).Select(output => (output.Kind, output.Strategy)));
    }

    private static ulong Run(int count, IWorkers? workers, int from = 2)
    {
        var engine = new Core.Engine.Engine(Bench.Options() with { Workers = workers, ForkFrom = from });
        for (int i = 0; i < count; i++) engine.Add(new Scripted(Fickle(i)), 0, Timeframe.OneMinute, $"s{i}");
        for (int i = 0; i < 300; i++) engine.Process(0, Bar(i, 5000 + i % 17 - i % 5));
        return engine.OutputHash;
    }

    /// <summary>Changes its mind within a bar, takes wishes back, repeats itself, and one in eleven breaks after a while.</summary>
    private static Action<Scripted, Bar> Fickle(int seed) => (one, bar) =>
    {
        int mood = (int)(bar.Close * 7 + seed * 13 + one.Asked) % 9;
        if (seed % 11 == 10 && one.Asked == 40 + seed) throw new InvalidOperationException("tired");
        if (mood is 0 or 1) one.Long();
        if (mood is 1 or 2) one.Short(0.5);
        if (mood == 3) one.Flat();
        if (mood is 1 or 4) one.Withdraw();
        if (mood == 5) one.Say(new Wish(SignalAction.Buy, "test") { Quantity = 1 + seed % 3, StopLoss = bar.Close - 10 });
        if (mood == 6) one.Say(new Wish(SignalAction.Sell, "test", 2));
        if (mood is 0 or 6) one.Long();
    };

    private static Bar Bar(int minute, double close)
    {
        Timestamp start = Bench.Start + TimeSpan.FromMinutes(minute);
        return new(start, start + TimeSpan.FromMinutes(1), close, close, close, close, 1);
    }

    [Strategy("heavy", "Test", IsHeavy = true)]
    private sealed class Heavy : Strategy
    {
        protected override void OnBar(in Bar bar)
        {
        }
    }

    /// <summary>Real threads, so that the order in which strategies run is not theirs.</summary>
    private sealed class Threads : IWorkers
    {
        public int Runs { get; private set; }

        public void Run(int count, Action<int> work)
        {
            Runs++;
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => work(count - 1 - i));
        }
    }
}
