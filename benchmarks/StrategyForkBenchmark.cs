using System.Diagnostics;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Live;

namespace Tradewind.Benchmarks;

/// <summary>Strategies of one bar asked one after the other, and side by side on a worker pool: where the barrier pays. Both must have the same hash.</summary>
internal static class StrategyForkBenchmark
{
    private static readonly Instrument Es = new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance);
    private static readonly int[] Counts = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    /// <summary>Loops of work for each strategy and bar: none, then what an ordinary one does, then a heavy one.</summary>
    private static readonly int[] Works = [0, 100, 1_000, 20_000];

    public static void Run()
    {
        using var pool = new WorkerPool(Math.Max(1, Environment.ProcessorCount - 1));
        Console.WriteLine("work/call  strategies   inline ns/bar   side by side ns/bar   ratio");
        foreach (int work in Works)
        {
            foreach (int count in Counts)
            {
                if ((long)work * count > 5_000_000) continue;
                (double inline, ulong hash) = Best(count, work, null);
                (double forked, ulong same) = Best(count, work, pool);
                if (hash != same) throw new InvalidOperationException($"{count} strategies: {hash:x16} inline, {same:x16} side by side.");
                Console.WriteLine($"{work,9}  {count,10}  {inline,14:N0}  {forked,20:N0}  {inline / forked,6:F2}");
            }
        }
    }

    /// <summary>The fastest of five rounds: what the machine can do when nobody else asks.</summary>
    private static (double Nanoseconds, ulong Hash) Best(int count, int work, IWorkers? workers)
    {
        double best = double.MaxValue;
        ulong hash = 0;
        int bars = (int)Math.Clamp(40_000_000L / (count * (work + 30L)), 50, 20_000);
        for (int round = 0; round < 5; round++)
        {
            var engine = new Engine(new EngineOptions { Instruments = [Es], AllowShort = true, Workers = workers, ForkFrom = 2 });
            for (int i = 0; i < count; i++) engine.Add(new Worker(work, i), 0, Timeframe.OneMinute);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < bars; i++)
            {
                Timestamp begin = Timestamp.FromUnixSeconds(1_700_000_000 + 60L * i);
                engine.Process(0, new Bar(begin, begin + TimeSpan.FromMinutes(1), 5000, 5000 + i % 7, 4990, 5000 + i % 5, 1));
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / bars);
            hash = engine.OutputHash;
        }
        return (best, hash);
    }

    /// <summary>Turns numbers over and wishes nothing, so that only asking is measured.</summary>
    private sealed class Worker(int work, int seed) : Strategy
    {
        private readonly int _work = work;
        private double _state = seed;

        protected override void OnBar(in Bar bar)
        {
            double state = _state + bar.Close;
            for (int i = 0; i < _work; i++) state = state * 0.999 + 1;
            _state = state;
            if (state < 0) Buy("never");
        }
    }
}
