using System.Text.Json;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Accounts;

/// <summary>
/// What the gateway says that an account holds. An answer without its list, or with an entry that cannot be read, is a failure: a list with
/// a hole would show an order or a position as gone.
/// </summary>
/// <remarks>Lists lag behind the user hub, and one of them may be empty or old with every sign of success; who concludes from what is not in them asks twice.</remarks>
internal sealed class AccountClient(ProjectXClient client)
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    /// <summary>Rows that two pages share: what ends while pages are read pulls later ones forward, and none may fall between.</summary>
    private const int Overlap = 20;

    private static readonly int[] Living =
        [(int)WireOrderStatus.Open, (int)WireOrderStatus.Pending, (int)WireOrderStatus.PendingCancellation, (int)WireOrderStatus.Suspended];

    /// <summary>Of so many lists of a gateway without the paged query one asks for that all the same.</summary>
    private const int AskAgainEvery = 50;

    private volatile bool _hasNoQuery;
    private volatile bool _hasAnswered;
    private int _plainLists;

    /// <summary>The gateway has the paged query, as far as is known: lists are whole, with suspended orders.</summary>
    public bool HasQuery => !_hasNoQuery;

    /// <summary>Also those that are locked.</summary>
    public async Task<RestResult<IReadOnlyList<AccountRow>>> AccountsAsync(CancellationToken cancel)
    {
        RestResult<AccountsReply> reply = await client.ReadAsync(Endpoint.Accounts, RestLane.Account, new() { OnlyActiveAccounts = false }, WireJson.Default.AccountsRequest, WireJson.Default.AccountsReply, cancel);
        return Rows(reply, Endpoint.Accounts, static body => body.Accounts, "account", AccountRow.Read);
    }

    public async Task<RestResult<IReadOnlyList<PositionRow>>> PositionsAsync(long accountId, CancellationToken cancel)
    {
        RestResult<PositionsReply> reply = await client.ReadAsync(Endpoint.OpenPositions, RestLane.Account, new() { AccountId = accountId }, WireJson.Default.AccountRequest, WireJson.Default.PositionsReply, cancel);
        return Rows(reply, Endpoint.OpenPositions, static body => body.Positions, "position", PositionRow.Read);
    }

    public async Task<RestResult<IReadOnlyList<TradeRow>>> TradesAsync(long accountId, Timestamp since, Timestamp? until, CancellationToken cancel)
    {
        SpanRequest span = Span(accountId, since, until);
        RestResult<TradesReply> reply = await client.ReadAsync(Endpoint.Trades, RestLane.Account, span, WireJson.Default.SpanRequest, WireJson.Default.TradesReply, cancel);
        return Rows(reply, Endpoint.Trades, static body => body.Trades, "trade", TradeRow.Read);
    }

    /// <summary>Orders of every state since a time. Where the gateway has no paged query, suspended ones are not among them.</summary>
    public async Task<RestResult<IReadOnlyList<OrderRow>>> OrdersAsync(long accountId, Timestamp since, CancellationToken cancel)
    {
        (RestResult<IReadOnlyList<OrderRow>> list, bool isPlain) = await ListAsync(new() { AccountId = accountId, CreatedAfter = WireTime.Write(since) }, () => SearchAsync(accountId, since, cancel), cancel);
        bool mayLackRows = isPlain && HasQuery && list.IsSuccess && TradeHistory.MayBeCut(list.Value.Count);
        return mayLackRows ? Unreadable<OrderRow>(Endpoint.Orders, $"answered with {list.Value.Count} orders, which may not be all") : list;
    }

    /// <summary>Orders that are not over. Where the gateway has no paged query, only those whose state is Open.</summary>
    public async Task<RestResult<IReadOnlyList<OrderRow>>> WorkingOrdersAsync(long accountId, CancellationToken cancel)
    {
        (RestResult<IReadOnlyList<OrderRow>> list, bool isPlain) = await ListAsync(new() { AccountId = accountId, Statuses = Living }, () => OpenAsync(accountId, cancel), cancel);
        // Who relies on suspended orders being in the list would take them for gone.
        return isPlain && HasQuery && list.IsSuccess ? Unreadable<OrderRow>(Endpoint.QueryOrders, "is not there any more, and the other list lacks suspended orders") : list;
    }

    /// <summary>The order with this number; a success without a row when the gateway does not know it.</summary>
    public async Task<RestResult<IReadOnlyList<OrderRow>>> OrderAsync(long accountId, long orderId, CancellationToken cancel)
    {
        RestResult<OrderReply> reply = await client.ReadAsync(Endpoint.OrderById, RestLane.Account, new() { AccountId = accountId, OrderId = orderId }, WireJson.Default.OrderByIdRequest, WireJson.Default.OrderReply, cancel);
        if (reply.Failure is { Kind: RestFailureKind.Refused, Code: (int)OrderByIdError.OrderNotFound }) return new([]);
        return Rows(reply, Endpoint.OrderById, static body => body.Order, "order", OrderRow.Read);
    }

    /// <summary>The paged query's answer, or that of the plain list where the query is refused before and after the plain list is answered: one odd answer is not the lack of it.</summary>
    /// <remarks>Once the query has answered, the gateway has it, whatever single questions are refused later.</remarks>
    private async Task<(RestResult<IReadOnlyList<OrderRow>> List, bool IsPlain)> ListAsync(OrderFilter filter, Func<Task<RestResult<IReadOnlyList<OrderRow>>>> plain, CancellationToken cancel)
    {
        if (_hasNoQuery && Interlocked.Increment(ref _plainLists) % AskAgainEvery != 0) return (await plain(), true);
        RestResult<IReadOnlyList<OrderRow>> first = await QueryAsync(filter, cancel);
        if (first.Failure is not { IsUnknownPath: true }) return (first, false);
        RestResult<IReadOnlyList<OrderRow>> list = await plain();
        if (_hasNoQuery || !list.IsSuccess) return (list, true);
        RestResult<IReadOnlyList<OrderRow>> second = await QueryAsync(filter, cancel);
        if (second.Failure is not { IsUnknownPath: true }) return (second, false);
        if (!_hasAnswered) _hasNoQuery = true;
        return (list, true);
    }

    private async Task<RestResult<IReadOnlyList<OrderRow>>> SearchAsync(long accountId, Timestamp since, CancellationToken cancel)
    {
        RestResult<OrdersReply> reply = await client.ReadAsync(Endpoint.Orders, RestLane.Account, Span(accountId, since), WireJson.Default.SpanRequest, WireJson.Default.OrdersReply, cancel);
        return Rows(reply, Endpoint.Orders, static body => body.Orders, "order", OrderRow.Read);
    }

    private async Task<RestResult<IReadOnlyList<OrderRow>>> OpenAsync(long accountId, CancellationToken cancel)
    {
        RestResult<OrdersReply> reply = await client.ReadAsync(Endpoint.OpenOrders, RestLane.Account, new() { AccountId = accountId }, WireJson.Default.AccountRequest, WireJson.Default.OrdersReply, cancel);
        return Rows(reply, Endpoint.OpenOrders, static body => body.Orders, "order", OrderRow.Read);
    }

    /// <summary>All pages.</summary>
    private async Task<RestResult<IReadOnlyList<OrderRow>>> QueryAsync(OrderFilter filter, CancellationToken cancel)
    {
        Dictionary<long, OrderRow> found = [];
        for (int page = 0; page < MostPages; page++)
        {
            var query = new OrderQuery { Filter = filter, PageSize = PageSize, PageOffset = page * (PageSize - Overlap), SortDirection = 1 };
            RestResult<OrdersReply> reply = await client.ReadAsync(Endpoint.QueryOrders, RestLane.Account, query, WireJson.Default.OrderQuery, WireJson.Default.OrdersReply, cancel);
            RestResult<IReadOnlyList<OrderRow>> rows = Rows(reply, Endpoint.QueryOrders, static body => body.Orders, "order", OrderRow.Read);
            if (!rows.IsSuccess) return rows;
            (_hasAnswered, _hasNoQuery) = (true, false);
            foreach (OrderRow row in rows.Value) found[row.Id] = row;
            if (rows.Value.Count < PageSize) return new([.. found.Values]);
        }
        return new(new RestFailure(RestFailureKind.Unreadable, $"{Endpoint.QueryOrders.Path} goes on after {MostPages} pages of orders."));
    }

    private static SpanRequest Span(long accountId, Timestamp since, Timestamp? until = null) =>
        new() { AccountId = accountId, StartTimestamp = WireTime.Write(since), EndTimestamp = until is { } end ? WireTime.Write(end) : null };

    private static RestResult<IReadOnlyList<T>> Rows<TReply, T>(RestResult<TReply> reply, Endpoint endpoint, Func<TReply, JsonElement> list, string what, Func<WireObject, T> read)
        where TReply : Envelope
    {
        if (reply.Failure is { } failure) return new(failure);
        JsonElement rows = list(reply.Value);
        if (rows.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return Unreadable<T>(endpoint, $"answered without its {what}s");
        try
        {
            return new(WireRows.Read(rows, what, read));
        }
        catch (WireException fault)
        {
            return Unreadable<T>(endpoint, $"answered what cannot be read: {fault.Message}");
        }
    }

    private static RestResult<IReadOnlyList<T>> Unreadable<T>(Endpoint endpoint, string what) => new(new RestFailure(RestFailureKind.Unreadable, $"{endpoint.Path} {what}."));
}
