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

    private volatile bool _hasNoQuery;

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
        if (await QueryAsync(new() { AccountId = accountId, CreatedAfter = WireTime.Write(since) }, cancel) is { } found) return found;
        RestResult<OrdersReply> reply = await client.ReadAsync(Endpoint.Orders, RestLane.Account, Span(accountId, since), WireJson.Default.SpanRequest, WireJson.Default.OrdersReply, cancel);
        return Rows(reply, Endpoint.Orders, static body => body.Orders, "order", OrderRow.Read);
    }

    /// <summary>Orders that are not over. Where the gateway has no paged query, only those whose state is Open.</summary>
    public async Task<RestResult<IReadOnlyList<OrderRow>>> WorkingOrdersAsync(long accountId, CancellationToken cancel)
    {
        if (await QueryAsync(new() { AccountId = accountId, Statuses = Living }, cancel) is { } found) return found;
        RestResult<OrdersReply> reply = await client.ReadAsync(Endpoint.OpenOrders, RestLane.Account, new() { AccountId = accountId }, WireJson.Default.AccountRequest, WireJson.Default.OrdersReply, cancel);
        return Rows(reply, Endpoint.OpenOrders, static body => body.Orders, "order", OrderRow.Read);
    }

    /// <summary>The order with this number; a success without a row when the gateway does not know it.</summary>
    public async Task<RestResult<IReadOnlyList<OrderRow>>> OrderAsync(long accountId, long orderId, CancellationToken cancel)
    {
        RestResult<OrderReply> reply = await client.ReadAsync(Endpoint.OrderById, RestLane.Account, new() { AccountId = accountId, OrderId = orderId }, WireJson.Default.OrderByIdRequest, WireJson.Default.OrderReply, cancel);
        if (reply.Failure is { Kind: RestFailureKind.Refused, Code: (int)OrderByIdError.OrderNotFound }) return new([]);
        return Rows(reply, Endpoint.OrderById, static body => body.Order, "order", OrderRow.Read);
    }

    /// <summary>All pages; null where the gateway has no such endpoint.</summary>
    private async Task<RestResult<IReadOnlyList<OrderRow>>?> QueryAsync(OrderFilter filter, CancellationToken cancel)
    {
        if (_hasNoQuery) return null;
        Dictionary<long, OrderRow> found = [];
        for (int page = 0; page < MostPages; page++)
        {
            var query = new OrderQuery { Filter = filter, PageSize = PageSize, PageOffset = page * (PageSize - Overlap), SortDirection = 1 };
            RestResult<OrdersReply> reply = await client.ReadAsync(Endpoint.QueryOrders, RestLane.Account, query, WireJson.Default.OrderQuery, WireJson.Default.OrdersReply, cancel);
            if (reply.Failure is { IsUnknownPath: true })
            {
                _hasNoQuery = true;
                return null;
            }
            RestResult<IReadOnlyList<OrderRow>> rows = Rows(reply, Endpoint.QueryOrders, static body => body.Orders, "order", OrderRow.Read);
            if (!rows.IsSuccess) return rows;
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
