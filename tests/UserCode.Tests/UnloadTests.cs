using System.Runtime.CompilerServices;
using System.Runtime.Loader;
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

    private void Reload(int times)
    {
        List<WeakReference> contexts = [.. Enumerable.Range(1, times).Select(RunVersion)];

        for (int i = 0; i < 10 && contexts.Any(context => context.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        int alive = contexts.Count(context => context.IsAlive);
        Assert.True(alive <= MostAlive, $"of {times} contexts {alive} are alive");
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
