using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>Code that was replaced goes: each version is compiled, run in a backtest and let go.</summary>
public sealed class UnloadTests : IDisposable
{
    private const int MostAlive = 2;

    private readonly Drawer _drawer = new();

    public void Dispose() => _drawer.Dispose();

    [Fact]
    public void AfterManyReloadsAtMostTwoContextsAreAlive() => Reload(40);

    /// <summary>The long version, asked for by name: about half a minute.</summary>
    [Fact(Explicit = true)]
    public void AfterAThousandReloadsAtMostTwoContextsAreAlive() => Reload(1000);

    /// <summary>The engine itself runs on; only the version that trades and the one beside it may be alive.</summary>
    [Fact]
    public void AfterManySwapsInARunningEngineAtMostTwoContextsAreAlive()
    {
        Instruments.TryFind("ES", out Instrument? es);
        var shelf = new StrategyShelf(null);
        string path = _drawer.Write("My.cs", Text(0));
        var engine = new Engine(new EngineOptions { Instruments = [es!], Versions = shelf, RecentBars = 50 });
        List<WeakReference> contexts = [Start(engine, shelf, path, es!)];
        foreach (int version in Enumerable.Range(1, 20)) contexts.Add(Swap(engine, shelf, path, version));

        AssertFewAlive(contexts);
        Assert.NotNull(engine.Strategy(0).Version);
        GC.KeepAlive(shelf);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Start(Engine engine, StrategyShelf shelf, string path, Instrument instrument)
    {
        StrategySource source = StrategySource.Read(path);
        shelf.Keep(source, CancellationToken.None);
        StrategySettings settings = shelf.Open(path, null, source.Hash, new Dictionary<string, string>());
        shelf.Remember(settings.Description.Name, instrument.Symbol, path, null, new Dictionary<string, string>());
        engine.Add(settings.Create(instrument), 0, Timeframe.OneMinute, settings.Description.Name);
        return new(AssemblyLoadContext.GetLoadContext(settings.Description.Type.Assembly));
    }

    /// <summary>A new text is tried for some bars and then takes over.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Swap(Engine engine, StrategyShelf shelf, string path, int version)
    {
        _drawer.Write("My.cs", Text(version));
        StrategySource source = StrategySource.Read(path);
        shelf.Keep(source, CancellationToken.None);
        engine.Process(new Input(engine.InputCount == 0 ? Drawer.Bars(1)[0].Start : engine.Now, new Command(CommandKind.TryVersion), source.Hash));
        foreach (Bar bar in Drawer.Bars(20 * (version + 1)).Skip(20 * version)) engine.Process(0, in bar);
        Assert.True(engine.Strategy(0).ShadowCounters.Compared > 0);
        engine.Process(new Input(engine.Now, new Command(CommandKind.TakeOver)));
        Assert.Equal(source.Hash, engine.Strategy(0).Version);
        return new(AssemblyLoadContext.GetLoadContext(shelf.Open(path, null, source.Hash, new Dictionary<string, string>()).Description.Type.Assembly));
    }

    private void Reload(int times) => AssertFewAlive([.. Enumerable.Range(1, times).Select(RunVersion)]);

    private static void AssertFewAlive(List<WeakReference> contexts)
    {
        for (int i = 0; i < 10 && contexts.Any(context => context.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        int alive = contexts.Count(context => context.IsAlive);
        Assert.True(alive <= MostAlive, $"of {contexts.Count} contexts {alive} are alive");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RunVersion(int version)
    {
        using StrategyFile file = _drawer.Open(Text(version));
        StrategyDescription strategy = file.Find(null);
        Assert.Equal(version % 7 + 2, strategy.Parameters.Single(each => each.Name == "Length").Default);
        Assert.True(Drawer.Backtest(strategy, 200, KeyValuePair.Create("Pause", $"{version % 5 + 1}")).Strategy(0).Counters.RoundTrips > 0);
        return new(AssemblyLoadContext.GetLoadContext(strategy.Type.Assembly));
    }

    private static string Text(int version) => $$"""
        public sealed class Reloaded(Reloaded.Options options) : Strategy
        {
            private readonly List<Mark> _marks = [];
            private Mark _last;
            private Mood _mood;
            private int _seen;

            protected override void OnBar(in Bar bar)
            {
                _last = new(_seen++, bar.Close);
                if (_marks.Count < 10) _marks.Add(_last);
                _mood = _seen / (options.Length + options.Pause) % 2 == 0 ? Mood.Up : Mood.Down;
                if (_mood == Mood.Up) Buy("up"); else Close("down");
            }

            public enum Mood { Up, Down }
            public readonly record struct Mark(int Number, double Price);
            public sealed record Options
            {
                [Range(1, 100)] public int Length { get; init; } = {{version % 7 + 2}};
                [Range(1, 100)] public int Pause { get; init; } = 1;
                public Mood Start { get; init; } = Mood.Up;
            }
        }
        """;
}
