using Tradewind.Live;
using Tradewind.Storage.Leases;

namespace Tradewind.App.Running;

/// <summary>Lets orders out while all leases of the session are ours.</summary>
internal sealed class LeaseFence(IReadOnlyList<Lease> leases, TimeProvider time) : IFence
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancel)
    {
        var passes = new Passes();
        try
        {
            foreach (Lease lease in leases) passes.Add(await lease.EnterAsync(cancel).ConfigureAwait(false));
            return passes;
        }
        catch (LeaseLostException lost)
        {
            passes.Dispose();
            throw new NotSentException(lost.Message, lost);
        }
        catch
        {
            passes.Dispose();
            throw;
        }
    }

    /// <summary>Ends by the exception once somebody took over; runs until canceled otherwise.</summary>
    /// <exception cref="LeaseLostException">Somebody took over.</exception>
    public async Task WatchAsync(CancellationToken stop)
    {
        using var look = new PeriodicTimer(LookEvery, time);
        while (await look.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            if (leases.All(lease => lease.IsOurs())) continue;
            foreach (Lease lease in leases) (await lease.EnterAsync(stop).ConfigureAwait(false)).Dispose();
        }
    }

    private sealed class Passes : IDisposable
    {
        private readonly List<IDisposable> _passes = [];

        public void Add(IDisposable pass) => _passes.Add(pass);

        public void Dispose()
        {
            foreach (IDisposable pass in _passes) pass.Dispose();
        }
    }
}
