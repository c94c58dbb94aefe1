using Tradewind.App.Running;
using Tradewind.Live;
using Tradewind.Storage.Leases;

namespace Tradewind.App.Tests;

/// <summary>A session acts only while it has both its leases, that of its folder and that of its account.</summary>
public sealed class LeaseFenceTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("tradewind-fence-").FullName, "state");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Theory]
    [InlineData("folder")]
    [InlineData("account")]
    public async Task WhoLostOneOfThemActsNoMoreAndKeepsNobodyOut(string lost)
    {
        using Lease folder = Take("folder", "first"), account = Take("account", "first");
        var fence = new LeaseFence([folder, account], TimeProvider.System);
        (await fence.EnterAsync(Cancel)).Dispose();

        using Lease other = Take(lost, "second");
        NotSentException refusal = await Assert.ThrowsAsync<NotSentException>(async () => await fence.EnterAsync(Cancel));

        Assert.Contains("Another engine took over (session second", refusal.Message, StringComparison.Ordinal);
        // Taking either of them would wait for a pass that was not given back.
        Take("folder", "third").Dispose();
        Take("account", "third").Dispose();
    }

    [Fact]
    public async Task ASessionThatLostOneLearnsItWithoutActing()
    {
        using Lease folder = Take("folder", "first"), account = Take("account", "first");
        Task watching = new LeaseFence([folder, account], TimeProvider.System).WatchAsync(Cancel);

        using Lease other = Take("account", "second");

        await Assert.ThrowsAsync<LeaseLostException>(() => watching.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    private Lease Take(string name, string session) => Lease.TryTake(_folder, name, new(0, Environment.ProcessId, session, "data", DateTimeOffset.UnixEpoch), takeOver: true, TimeProvider.System, out _)!;
}
