using Tradewind.Brokers.ProjectX.Hub;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Looks at every symbol's age again and again, whatever the socket says, and at whether its trades and quotes agree.</summary>
internal sealed class Liveness(StreamTable streams, MarketConnection connection, Recovery recovery, RollWatch rolls, Background background, LivenessOptions options, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.CheckEvery, time);
        while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
        {
            CancellationToken scope = connection.Scope;
            if (scope.IsCancellationRequested) continue;
            foreach (Silent silent in streams.TakeSilent()) background.Run(stop => recovery.InvestigateAsync(silent, stop), scope);
            foreach (int position in streams.TakeDisagreeing()) background.Run(stop => recovery.ReconcileAsync(position, stop), scope);
            if (rolls.IsDue()) background.Run(rolls.AskAsync, scope);
        }
    }
}
