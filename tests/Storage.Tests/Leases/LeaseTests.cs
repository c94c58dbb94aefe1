using Tradewind.Core.Model;
using Tradewind.Storage.Leases;

namespace Tradewind.Storage.Tests.Leases;

/// <summary>One has the right to act, who lost it finds out before it acts, and nobody takes it in the middle of an act.</summary>
public sealed class LeaseTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("tradewind-lease-").FullName, "state");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void EachHolderHasAHigherEpochThanTheOneBefore()
    {
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            using Lease lease = Take("any")!;
            Assert.Equal(epoch, lease.Holder.Epoch);
            Assert.Equal(epoch, Lease.Look(_folder, "account")!.Epoch);
        }
    }

    [Fact]
    public void WhatSomebodyAliveHasIsNotTakenAndTheHolderIsNamed()
    {
        using Lease first = Take("first")!;

        Assert.Null(Lease.TryTake(_folder, "account", Claim("second"), takeOver: false, TimeProvider.System, out LeaseHolder? other));
        Assert.Equal("first", other!.Session);
        Assert.Equal(Environment.ProcessId, other.Process);
        Assert.True(first.IsOurs());
    }

    [Fact]
    public void LeasesOfOtherNamesAreOtherLeases()
    {
        using Lease first = Take("first")!;
        using Lease second = Lease.TryTake(_folder, "other-account", Claim("second"), takeOver: false, TimeProvider.System, out _)!;

        Assert.True(first.IsOurs() && second.IsOurs());
    }

    [Fact]
    public async Task AfterATakeOverTheFormerHolderCannotAct()
    {
        using Lease first = Take("first")!;
        (await first.EnterAsync(Cancel)).Dispose();
        using Lease second = Take("second", takeOver: true)!;

        LeaseLostException lost = await Assert.ThrowsAsync<LeaseLostException>(async () => await first.EnterAsync(Cancel));

        Assert.Contains("Another engine took over (session second, process ", lost.Message, StringComparison.Ordinal);
        Assert.False(first.IsOurs());
        (await second.EnterAsync(Cancel)).Dispose();
        Assert.Equal(2, second.Holder.Epoch);
    }

    [Fact]
    public async Task TheEndOfTheFormerHolderLeavesTheNewOneItsRight()
    {
        Lease first = Take("first")!;
        using Lease second = Take("second", takeOver: true)!;
        first.Dispose();

        (await second.EnterAsync(Cancel)).Dispose();
        Assert.Null(Take("third"));
    }

    [Fact]
    public async Task NobodyTakesOverInTheMiddleOfAnAct()
    {
        using Lease first = Take("first")!;
        IDisposable act = await first.EnterAsync(Cancel);
        using (await first.EnterAsync(Cancel))
        {
            // Acts go side by side.
        }
        bool isActing = true;
        Task<bool> taking = Task.Run(() =>
        {
            using Lease second = Take("second", takeOver: true)!;
            return Volatile.Read(ref isActing);
        }, Cancel);

        Assert.True(first.IsOurs());
        Volatile.Write(ref isActing, false);
        act.Dispose();

        Assert.False(await taking);
        await Assert.ThrowsAsync<LeaseLostException>(async () => await first.EnterAsync(Cancel));
    }

    [Fact]
    public async Task AnActThatStandsStillIsNamedWithTheCure()
    {
        using Lease first = Take("first")!;
        using IDisposable act = await first.EnterAsync(Cancel);

        InputException refusal = Assert.Throws<InputException>(() => Lease.TryTake(_folder, "account", Claim("second"), takeOver: true, new HastyClock(), out _));

        Assert.Contains($"process {Environment.ProcessId} (session first) was stopped while it was sending an order", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("kill -9", refusal.Message, StringComparison.Ordinal);
        Assert.True(first.IsOurs());
    }

    [Fact]
    public void ADamagedFileIsNeverReplacedInSilence()
    {
        Take("first")!.Dispose();
        File.WriteAllText(Path.Combine(_folder, "account.json"), "{\"epoch\":");

        Assert.Contains("found text that is no lease", Assert.Throws<InputException>(() => Take("second")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoseFilesAreGoneDoesNotAct()
    {
        using Lease lease = Take("first")!;
        File.Delete(Path.Combine(_folder, "account.json"));

        Assert.Contains("is gone", (await Assert.ThrowsAsync<LeaseLostException>(async () => await lease.EnterAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyThisUserMayReadThem()
    {
        using Lease lease = Take("first")!;

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
    }

    private Lease? Take(string session, bool takeOver = false) => Lease.TryTake(_folder, "account", Claim(session), takeOver, TimeProvider.System, out _);

    private static LeaseHolder Claim(string session) => new(0, Environment.ProcessId, session, "data", DateTimeOffset.UnixEpoch);

    /// <summary>A second goes by between any two looks.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks += TimeSpan.TicksPerSecond;
    }
}
