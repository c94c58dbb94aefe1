using Tradewind.Core.Engine;
using Tradewind.Core.Risk;

namespace Tradewind.Live.Sync;

/// <summary>Says to the engine how well the account is known, each time that this changes.</summary>
internal sealed class Fence(Teller teller, SyncCounts counts)
{
    private decimal? _balance;

    public AccountState State { get; private set; } = AccountState.Unsynced;

    /// <summary>The venue lets the account open nothing.</summary>
    public bool IsRestricted { get; private set; }

    public bool IsPassed => State is AccountState.Synced or AccountState.Restricted;

    public void On(in VenueAccount row)
    {
        IsRestricted = !row.CanTrade;
        if (_balance == row.Balance) return;
        _balance = row.Balance;
        teller.Account(-1, new AccountEvent(AccountEventKind.Balance, Amount: row.Balance), null);
    }

    public void Begin() => teller.Account(AccountEventKind.Unsynced, "Nothing has been heard of the account yet.");

    public void Close(string why) => Enter(AccountState.Unsynced, AccountEventKind.Unsynced, why);

    /// <param name="obstacle">What keeps engine and venue from being of one mind; null when nothing does.</param>
    public void Update(string? obstacle)
    {
        if (obstacle is not null) Enter(AccountState.Syncing, AccountEventKind.Syncing, obstacle);
        else if (IsRestricted) Enter(AccountState.Restricted, AccountEventKind.Restricted, "The venue lets the account open nothing.");
        else Enter(AccountState.Synced, AccountEventKind.Synced, null);
    }

    private void Enter(AccountState state, AccountEventKind told, string? why)
    {
        if (State == state) return;
        if (IsPassed && state is AccountState.Syncing or AccountState.Unsynced) counts.Resyncs++;
        State = state;
        teller.Account(told, why);
    }
}
