using System.Globalization;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Brackets;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>Carries the synchroniser's questions to the gateway, each once: it is the synchroniser that knows when to ask again.</summary>
internal sealed class AccountQuestions(AccountClient accounts, OrderClient orders, long accountId, InstrumentMap instruments, PositionSums positions, LegBook legs)
{
    private readonly TradeHistory _history = new(accounts, accountId);

    /// <param name="seen">Is shown every order that an answer tells.</param>
    /// <returns>What to tell the synchroniser.</returns>
    public Task<Action<AccountSynchroniser, Timestamp>> AskAsync(SyncRequest request, Action<OrderRow> seen, CancellationToken cancel) => request.Query switch
    {
        SyncQuery.OpenOrders => OrdersAsync(request, accounts.WorkingOrdersAsync(accountId, cancel), seen),
        SyncQuery.OrdersSince => OrdersAsync(request, accounts.OrdersAsync(accountId, request.Since, cancel), seen),
        SyncQuery.OneOrder => OrdersAsync(request, OneOrderAsync(request, cancel), seen),
        SyncQuery.FillsSince => FillsAsync(request, cancel),
        SyncQuery.Positions => PositionsAsync(request, cancel),
        SyncQuery.Account => AccountAsync(request, cancel),
        SyncQuery.CancelStray => CancelAsync(request, cancel),
        _ => throw new InvalidOperationException($"The gateway cannot be asked for {request.Query}."),
    };

    private async Task<Action<AccountSynchroniser, Timestamp>> OrdersAsync(SyncRequest request, Task<RestResult<IReadOnlyList<OrderRow>>> asked, Action<OrderRow> seen)
    {
        RestResult<IReadOnlyList<OrderRow>> answer = await asked;
        if (answer.Failure is { } failure) return Failed(request, failure);
        foreach (OrderRow row in answer.Value) seen(row);
        IEnumerable<VenueOrder> read = answer.Value.Select(legs.Read).OfType<VenueOrder>();
        VenueOrder[] rows = [.. request.Query == SyncQuery.OneOrder ? read.Where(row => row.VenueId == request.VenueId || row.ClientId == request.ClientId) : read];
        bool isWhole = accounts.HasQuery || !TradeHistory.MayBeCut(answer.Value.Count);
        return (sync, now) => sync.OnOrders(request, rows, now, isWhole);
    }

    /// <summary>By its number where that is known, else among all orders that can be it.</summary>
    private async Task<RestResult<IReadOnlyList<OrderRow>>> OneOrderAsync(SyncRequest request, CancellationToken cancel)
    {
        if (request.VenueId is not null && long.TryParse(request.VenueId, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            RestResult<IReadOnlyList<OrderRow>> one = await accounts.OrderAsync(accountId, number, cancel);
            if (one.Failure is not null || one.Value.Count > 0 || request.ClientId is null) return one;
        }
        return await accounts.OrdersAsync(accountId, request.Since, cancel);
    }

    private async Task<Action<AccountSynchroniser, Timestamp>> FillsAsync(SyncRequest request, CancellationToken cancel)
    {
        (RestResult<IReadOnlyList<TradeRow>> answer, bool isWhole) = await _history.ReadAsync(request.Since, cancel);
        if (answer.Failure is { } failure) return Failed(request, failure);
        foreach (TradeRow row in answer.Value) legs.See(row);
        VenueFill[] rows = [.. answer.Value.Select(row => VenueRows.Of(row, instruments)).OrderBy(row => row.ExecutionId)];
        return (sync, now) => sync.OnFills(request, rows, now, isWhole);
    }

    private async Task<Action<AccountSynchroniser, Timestamp>> PositionsAsync(SyncRequest request, CancellationToken cancel)
    {
        RestResult<IReadOnlyList<PositionRow>> answer = await accounts.PositionsAsync(accountId, cancel);
        if (answer.Failure is { } failure) return Failed(request, failure);
        return (sync, now) => sync.OnPositions(request, positions.Replace(answer.Value), now);
    }

    private async Task<Action<AccountSynchroniser, Timestamp>> AccountAsync(SyncRequest request, CancellationToken cancel)
    {
        RestResult<IReadOnlyList<AccountRow>> answer = await accounts.AccountsAsync(cancel);
        if (answer.Failure is { } failure) return Failed(request, failure);
        return answer.Value.FirstOrDefault(row => row.Id == accountId) is { } account
            ? (sync, now) => sync.OnAccount(request, VenueRows.Of(account), now)
            : (sync, now) => sync.OnFailure(request, $"The gateway's list of accounts lacks account {accountId}.", now);
    }

    private async Task<Action<AccountSynchroniser, Timestamp>> CancelAsync(SyncRequest request, CancellationToken cancel)
    {
        long number = long.Parse(request.VenueId!, CultureInfo.InvariantCulture);
        VenueAnswer answer = await orders.CancelAsync(new() { AccountId = accountId, OrderId = number }, cancel);
        return (sync, now) => sync.OnStrayCanceled(request, answer, now);
    }

    private static Action<AccountSynchroniser, Timestamp> Failed(SyncRequest request, RestFailure failure) => (sync, now) => sync.OnFailure(request, failure.Sentence, now, failure.RetryAfter);
}
