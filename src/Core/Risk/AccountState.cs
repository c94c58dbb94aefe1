namespace Tradewind.Core.Risk;

/// <summary>How well the engine knows what the venue's account holds. Only when synced may an order add risk; the numbers are stored and never change.</summary>
public enum AccountState : byte
{
    /// <summary>Orders, fills and positions agree. The state of a paper account and of a backtest from the start.</summary>
    Synced = 0,

    /// <summary>A gap in the stream, a difference, or nothing heard yet.</summary>
    Unsynced = 1,
    Syncing = 2,

    /// <summary>The venue lets the account open nothing.</summary>
    Restricted = 3,
}
