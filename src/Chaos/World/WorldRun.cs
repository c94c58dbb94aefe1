using System.Collections.Concurrent;

namespace Tradewind.Chaos.World;

/// <summary>Runs many worlds, several at a time; each is alone in its thread.</summary>
public static class WorldRun
{
    /// <summary>Runs the worlds of consecutive seeds until all have, or one broke a rule: the lowest seed that did is returned.</summary>
    /// <param name="first">The first world; the others differ by their seed.</param>
    /// <param name="heard">Told of each good world, and of all where none stops the run; one at a time, in any order.</param>
    /// <param name="goesOn">A world that breaks a rule does not stop the run.</param>
    /// <exception cref="OperationCanceledException">It was stopped; what ran until then was heard.</exception>
    public static SeedResult? Over(WorldOptions first, int count, int workers, Action<SeedResult> heard, CancellationToken cancel, bool goesOn = false)
    {
        SeedResult? failed = null;
        var gate = new Lock();
        // One by one in their order, so that a run that is stopped has run all seeds up to some point.
        OrderablePartitioner<int> seeds = Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel }, (index, loop) =>
        {
            SeedResult result = SeededWorld.Run(first with { Seed = first.Seed + (ulong)index });
            lock (gate)
            {
                if (result.IsGood || goesOn) heard(result);
                if (result.IsGood) return;
                if (failed is null || result.Options.Seed < failed.Options.Seed) failed = result;
            }
            if (!goesOn) loop.Break();
        });
        return failed;
    }
}
