using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.State;

/// <summary>An account as it is kept on disk. Times in nanoseconds since 1970.</summary>
internal sealed record SavedAccount(AccountOptions Options, decimal Balance, decimal Highest, decimal DayStart, bool IsLocked, bool IsLost)
{
    public static SavedAccount Of(TradingAccount account) =>
        new(account.Options, account.Balance, account.Standing.Highest, account.Standing.DayStart, account.Standing.IsLocked, account.Standing.IsLost);
}

/// <summary>An order as it is kept on disk; prices in ticks.</summary>
internal sealed record SavedOrder(
    long Id, int AccountId, string ContractId, long Created, long Updated, int Type, int Side, int Size, int Status, long? LimitTicks, long? StopTicks, int? TrailTicks,
    int FillVolume, long FillValue, string? CustomTag, long? ParentId, long? LinkedId, long? SiblingId, int Round, int EntryOffset, int CoveredVolume, long CoveredValue,
    bool IsPlatforms, bool IsTriggered, bool IsHidden, SavedChange? Change)
{
    public static SavedOrder Of(VenueOrder order) => new(
        order.Id, order.AccountId, order.Contract.Id, order.Created.Nanoseconds, order.Updated.Nanoseconds, (int)order.Type, (int)order.Side, order.Size, (int)order.Status,
        order.LimitTicks, order.StopTicks, order.TrailTicks, order.FillVolume, order.FillValue, order.CustomTag, order.ParentId, order.LinkedId, order.Sibling?.Id, order.Round,
        order.EntryOffset, order.Covered.Volume, order.Covered.Value, order.IsPlatforms, order.IsTriggered, order.IsHidden,
        order.Accepted is { } change ? new(change.Due.Nanoseconds, change.Request) : null);
}

/// <summary>A change that was accepted and not carried out yet; a cancel has no request.</summary>
internal sealed record SavedChange(long Due, ModifyRequest? Request);

/// <summary>A position; one of size 0 is over.</summary>
internal sealed record SavedHolding(int Id, int AccountId, string ContractId, long Created, int Net, decimal AveragePrice)
{
    public static SavedHolding Of(Holding holding) => new(holding.Id, holding.AccountId, holding.Contract.Id, holding.Created.Nanoseconds, holding.Net, holding.AveragePrice);
}

internal sealed record SavedTrade(
    long Id, int AccountId, string ContractId, long Created, decimal Price, decimal? ProfitAndLoss, decimal Fees, decimal Commissions, int Side, int Size, long OrderId, bool IsVoided)
{
    public static SavedTrade Of(VenueTrade trade) => new(
        trade.Id, trade.AccountId, trade.Contract.Id, trade.Created.Nanoseconds, trade.Price, trade.ProfitAndLoss, trade.Fees, trade.Commissions, (int)trade.Side, trade.Size, trade.OrderId, trade.IsVoided);
}

/// <summary>What one step of the venue changed: a line of the file.</summary>
/// <param name="Time">Market time in nanoseconds since 1970.</param>
/// <param name="LastHolding">Highest id of a position, also of one that is over.</param>
internal sealed record SavedStep(long Time, IReadOnlyList<SavedAccount>? Accounts = null, IReadOnlyList<SavedOrder>? Orders = null, IReadOnlyList<SavedHolding>? Holdings = null, IReadOnlyList<SavedTrade>? Trades = null, int? LastHolding = null);

/// <summary>All that was kept: of everything the latest.</summary>
internal sealed class SavedState
{
    /// <summary>Market time up to which it is known what happened.</summary>
    public Timestamp Time { get; private set; } = Timestamp.MinValue;

    public SortedDictionary<int, SavedAccount> Accounts { get; } = [];

    public SortedDictionary<long, SavedOrder> Orders { get; } = [];

    public SortedDictionary<int, SavedHolding> Holdings { get; } = [];

    public SortedDictionary<long, SavedTrade> Trades { get; } = [];

    /// <summary>Highest id of a position that there ever was.</summary>
    public int LastHolding { get; private set; }

    public bool IsEmpty => Accounts.Count == 0;

    public void Take(SavedStep step)
    {
        if (step.Time > Time.Nanoseconds) Time = new(step.Time);
        foreach (SavedAccount account in step.Accounts ?? []) Accounts[account.Options.Id] = account;
        foreach (SavedOrder order in step.Orders ?? []) Orders[order.Id] = order;
        LastHolding = Math.Max(LastHolding, step.LastHolding ?? 0);
        foreach (SavedHolding holding in step.Holdings ?? [])
        {
            Holdings[holding.Id] = holding;
            LastHolding = Math.Max(LastHolding, holding.Id);
        }
        foreach (SavedTrade trade in step.Trades ?? []) Trades[trade.Id] = trade;
    }
}
