using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Leases;

/// <summary>The right of one process on this machine to act on something: an account, a data folder. Who lost it finds out before it acts.</summary>
/// <remarks>
/// Three files: <c>NAME.json</c> says who has it under which epoch; <c>NAME.gate</c> is held, shared, during each act, and alone by who takes the lease;
/// <c>NAME.EPOCH.alive</c> is held for life. The system lets go of what a dead process held, so a crash leaves the lease free. A process that stands still
/// (SIGSTOP, a debugger, a machine asleep) is alive: it loses the lease only to somebody who was told to take over, never in the middle of an act,
/// and its next act fails. It holds on one machine only, and not on network drives that know no locks.
/// </remarks>
public sealed class Lease : IDisposable
{
    private static readonly TimeSpan GatePoll = TimeSpan.FromMilliseconds(5);

    /// <summary>An act takes milliseconds; one that takes longer stands still.</summary>
    private static readonly TimeSpan GatePatience = TimeSpan.FromSeconds(10);

    private readonly LeaseFiles _files;
    private readonly FileStream _alive;
    private byte[] _mine;
    private readonly TimeProvider _time;
    private volatile bool _isLost;

    private Lease(LeaseFiles files, FileStream alive, LeaseHolder holder, TimeProvider time)
    {
        _files = files;
        _alive = alive;
        _mine = LeaseFiles.Text(holder);
        _time = time;
        Holder = holder;
    }

    /// <summary>We, when we took it.</summary>
    public LeaseHolder Holder { get; private set; }

    /// <summary>Takes the lease where nobody alive has it; null where somebody has, who is <paramref name="other"/>.</summary>
    /// <param name="folder">Is made where needed, for this user alone.</param>
    /// <param name="claim">Who wants it; its epoch does not matter.</param>
    /// <param name="takeOver">Takes it from whoever has it, too.</param>
    /// <exception cref="InputException">The folder or a file in it cannot be used, or who has it stands still in the middle of an act.</exception>
    public static Lease? TryTake(string folder, string name, LeaseHolder claim, bool takeOver, TimeProvider time, out LeaseHolder? other)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var files = new LeaseFiles(folder, name);
        files.CreateFolder();
        using FileStream gate = WaitAlone(files, time);
        other = files.Read();
        long epoch = other?.Epoch ?? 0;
        bool isHeld = files.IsAlive(epoch);
        if (isHeld && !takeOver) return null;
        LeaseHolder holder = claim with { Epoch = epoch + 1, LastSession = other?.LastSession, LastFolder = other?.LastFolder };
        FileStream alive = files.Live(holder.Epoch);
        try
        {
            files.Write(holder);
            if (!isHeld) other = null;
            files.Forget(epoch);
            return new(files, alive, holder, time);
        }
        catch
        {
            alive.Dispose();
            throw;
        }
    }

    /// <summary>Who has it now; null where nobody ever had.</summary>
    /// <exception cref="InputException">The file that says so cannot be read.</exception>
    public static LeaseHolder? Look(string folder, string name) => new LeaseFiles(folder, name).Read();

    /// <summary>From now on this session is the last one that acted, for all that come after it.</summary>
    /// <exception cref="LeaseLostException">Somebody took over.</exception>
    public void MarkAsLast()
    {
        using FileStream gate = WaitAlone(_files, _time);
        if (!IsOurs()) throw Lost();
        LeaseHolder holder = Holder with { LastSession = Holder.Session, LastFolder = Holder.Folder };
        _files.Write(holder);
        (Holder, _mine) = (holder, LeaseFiles.Text(holder));
    }

    /// <summary>True until somebody else took it. Another moment may bring another answer: to act, <see cref="EnterAsync"/>.</summary>
    public bool IsOurs()
    {
        if (_isLost) return false;
        _isLost = !_files.Says(_mine);
        return !_isLost;
    }

    /// <summary>The right to act until it is disposed: nobody can take over meanwhile.</summary>
    /// <exception cref="LeaseLostException">Somebody did.</exception>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancel)
    {
        FileStream? pass;
        while ((pass = _files.TryPass(isAlone: false)) is null)
        {
            // Somebody takes it at this moment.
            if (!_files.Exist) throw Lost();
            await Task.Delay(GatePoll, _time, cancel).ConfigureAwait(false);
        }
        if (IsOurs()) return pass;
        await pass.DisposeAsync().ConfigureAwait(false);
        throw Lost();
    }

    /// <summary>Gives it back; who took it from us keeps it.</summary>
    public void Dispose()
    {
        _alive.Dispose();
        _files.Forget(Holder.Epoch);
    }

    private LeaseLostException Lost()
    {
        _isLost = true;
        LeaseHolder? now = _files.Exist ? Look(_files.Folder, _files.Name) : null;
        return new(now is null
            ? $"The lease {_files.Path} is gone: whether another engine works cannot be known, so this one sends nothing any more."
            : string.Create(CultureInfo.InvariantCulture, $"Another engine took over (session {now.Session}, process {now.Process}, epoch {now.Epoch}): this one, of epoch {Holder.Epoch}, sends nothing any more."));
    }

    private static FileStream WaitAlone(LeaseFiles files, TimeProvider time)
    {
        long start = time.GetTimestamp();
        FileStream? gate;
        while ((gate = files.TryPass(isAlone: true)) is null)
        {
            if (time.GetElapsedTime(start) > GatePatience) throw StandsStill(files);
            Thread.Sleep(GatePoll);
        }
        return gate;
    }

    private static InputException StandsStill(LeaseFiles files)
    {
        LeaseHolder? other = files.Read();
        string who = other is null ? "the process that has it" : string.Create(CultureInfo.InvariantCulture, $"process {other.Process} (session {other.Session})");
        return new($"{files.Path}: {who} was stopped while it was sending an order, so that nobody can take over safely; end it first (kill -9 {other?.Process.ToString(CultureInfo.InvariantCulture) ?? "PROCESS"}), then start again.");
    }
}
