using System.Globalization;
using Tradewind.App.Running.Recovering;
using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.Storage.Leases;

namespace Tradewind.App.Running;

/// <summary>What a session acts on, held until disposed: its data folder, and its account at a gateway.</summary>
internal sealed class SessionGround(RunOptions options, string session, Surroundings around) : IDisposable
{
    private readonly List<Lease> _leases = [];
    private Lease? _account;
    private LeaseHolder? _before;

    /// <summary>The engine that has the account: this session only looks on. Null where it is ours.</summary>
    public LeaseHolder? Owner { get; private set; }

    /// <summary>Counts the engines that had the account; null on paper and where another has it.</summary>
    public long? Epoch => _account?.Holder.Epoch;

    /// <summary>Shut while nothing may add risk.</summary>
    public RiskDoor Door { get; } = new();

    public IFence Fence => ReadOnlyWords is { } why ? new ReadOnlyFence(why) : new LeaseFence(_leases, around.Time);

    /// <summary>Why this session sends nothing; null where it may.</summary>
    public string? ReadOnlyWords => Owner is { } owner
        ? string.Create(CultureInfo.InvariantCulture, $"This session only looks on: the account is traded by session {owner.Session} (process {owner.Process}, data in {owner.Folder}); --take-over takes it.")
        : null;

    /// <summary>Once is enough.</summary>
    /// <exception cref="InputException">The folder cannot be used, or another session has it.</exception>
    public void TakeFolder()
    {
        if (_leases.Count == 0) _leases.Add(RunDatabase.Claim(options.DataFolder, session, options.TakeOver, around.Time));
    }

    /// <summary>Takes an account that sessions of other data folders can reach, too.</summary>
    /// <exception cref="InputException">The user's state cannot be used, or who has the account stands still while it sends.</exception>
    public void TakeAccount(string ledger)
    {
        string folder = Path.Combine(StateFolder.Of(around), "leases");
        string name = FileNameOf(ledger);
        _before = Lease.Look(folder, name);
        var claim = new LeaseHolder(0, Environment.ProcessId, session, Path.GetFullPath(options.DataFolder), around.Time.GetUtcNow());
        _account = Lease.TryTake(folder, name, claim, options.TakeOver, around.Time, out LeaseHolder? other);
        if (_account is null) Owner = other;
        else _leases.Add(_account);
    }

    /// <summary>The session has a journal from now on: the next one of the account has to know it.</summary>
    public void Begin() => _account?.MarkAsLast();

    /// <summary>What the last session of the account left; null where it left nothing, or this one looks on.</summary>
    /// <exception cref="InputException">It cannot be known; the sentence says the cure.</exception>
    public Carry? FindLeft(string ledger, decimal cash, Action<string> say, CancellationToken stop)
    {
        if (Owner is not null || options.Fresh) return null;
        if (_before is { LastSession: { } last, LastFolder: { } folder }) ThrowIfElsewhere(ledger, last, folder, say, stop);
        return new EarlierSessions(options.DataFolder).FindLeft(ledger, cash, say, stop);
    }

    /// <summary>Ends by an exception once somebody took over.</summary>
    /// <exception cref="LeaseLostException">Somebody took over.</exception>
    public Task WatchAsync(CancellationToken stop) => new LeaseFence(_leases, around.Time).WatchAsync(stop);

    public void Dispose()
    {
        foreach (Lease lease in _leases) lease.Dispose();
    }

    /// <summary>A restored backup, or another data folder, does not know what the account did last.</summary>
    private void ThrowIfElsewhere(string ledger, string last, string folder, Action<string> say, CancellationToken stop)
    {
        bool isHere = Path.GetFullPath(options.DataFolder) == folder;
        if (File.Exists(RunDatabase.Journals(folder).PathOf(last)))
        {
            if (isHere || new EarlierSessions(folder).FindLeft(ledger, 0m, say, stop) is null or { Strategies.Count: 0, Orders.Count: 0, IsPaused: false }) return;
            throw new InputException($"The account's last session, {last}, left positions or orders, and its journal is in {folder}; go on from there with --data-dir {folder}, or start with --fresh: then what the account holds belongs to no strategy.");
        }
        throw new InputException($"The account's last session was {last}, and its journal is not in {folder} any more: what it left cannot be known. Put the journal back{(isHere ? "" : $" and use --data-dir {folder}")}, or start with --fresh: then what the account holds belongs to no strategy.");
    }

    private static string FileNameOf(string ledger) => string.Concat(ledger.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'));
}
