using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Running;

/// <summary>A round is done when it returns, and each piece of it was done once.</summary>
public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void EachPieceOfEachRoundIsDoneOnceBeforeTheCallReturns(int threads)
    {
        using var pool = new WorkerPool(threads);
        var done = new int[100];
        for (int round = 1; round <= 3_000; round++)
        {
            int count = round % 100 + 1;
            pool.Run(count, i => Interlocked.Increment(ref done[i]));
            Assert.All(done[..count], times => Assert.Equal(1, times));
            Array.Clear(done);
        }
    }

    /// <summary>Threads that sleep at once, and are often interrupted on the way: one that counts as asleep must not lose its waking to another.</summary>
    [Fact]
    public async Task NoneIsLeftAsleepWhileARoundWaitsForIt()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Task rounds = Task.Factory.StartNew(() =>
        {
            using var pool = new WorkerPool(16, spins: 0);
            for (int round = 0; round < 20_000; round++) pool.Run(4, static _ => { });
        }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await rounds.WaitAsync(TimeSpan.FromMinutes(2), cancel);
    }

    [Fact]
    public void AWorkerThatSleptWakesForTheNextRound()
    {
        using var pool = new WorkerPool(2);
        using var meeting = new Barrier(2);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (int round = 0; round < 3; round++)
        {
            // Two pieces that wait for each other need two threads; between the rounds the workers have time to fall asleep.
            pool.Run(2, _ => meeting.SignalAndWait(limit.Token));
            SpinWait.SpinUntil(() => limit.IsCancellationRequested, TimeSpan.FromMilliseconds(30));
        }
        Assert.Equal(3, meeting.CurrentPhaseNumber);
    }

    [Fact]
    public void AnEmptyRoundReturns()
    {
        using var pool = new WorkerPool(1);
        pool.Run(0, _ => throw new InvalidOperationException("there is nothing to do"));
        pool.Run(1, _ => { });
    }
}
