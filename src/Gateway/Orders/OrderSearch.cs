using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Orders;

public sealed record AccountRequest(int AccountId);

public sealed record SpanRequest(int AccountId, DateTimeOffset? StartTimestamp = null, DateTimeOffset? EndTimestamp = null)
{
    public bool Holds(Timestamp time) => Holds(time.ToDateTimeOffset());

    public bool Holds(DateTimeOffset time) => !(time < StartTimestamp) && !(time > EndTimestamp);
}

public sealed record OrderByIdRequest(int AccountId, long OrderId);

public sealed record OrderFilter(int AccountId, IReadOnlyList<int>? Statuses = null, string? ContractId = null, DateTimeOffset? CreatedAfter = null, DateTimeOffset? CreatedBefore = null);

public sealed record OrderQueryRequest(OrderFilter Filter, int? PageSize = null, int? PageOffset = null, int? SortBy = null, int? SortDirection = null, bool? IncludeTotalCount = null);

public sealed record OrdersReply(IReadOnlyList<OrderRow>? Orders) : Reply;

public sealed record OrderPageReply(IReadOnlyList<OrderRow>? Orders, int? TotalCount) : Reply;

public sealed record OrderReply(OrderRow? Order) : Reply;

/// <summary>Answers questions about orders. Suspended children are seen by the paged query alone; lists are newest first unless asked otherwise.</summary>
/// <param name="withSuspended">Lists show suspended children too.</param>
/// <param name="past">Turns an account's rows into those of an earlier instant; null shows them as they are.</param>
public sealed class OrderSearch(bool withSuspended = false, Func<IEnumerable<OrderRow>, IEnumerable<OrderRow>>? past = null)
{
    private const int AccountNotFound = 1;
    private const int OrderNotFound = 1;
    private const int MostPerPage = 1000;
    private const int UsualPage = 100;

    public OrdersReply Any(TradingAccount? account, SpanRequest request) => account is null
        ? Unknown()
        : List(RowsOf(account.Orders, account).Where(row => (withSuspended || row.Status != (int)OrderStatus.Suspended) && request.Holds(row.CreationTimestamp)));

    public OrdersReply Open(TradingAccount? account) => account is null
        ? Unknown()
        : List(RowsOf(account.Unfinished, account).Where(row => row.Status == (int)OrderStatus.Open || (withSuspended && row.Status == (int)OrderStatus.Suspended)));

    public static OrderReply ById(TradingAccount? account, long id) =>
        account?.OrderOf(id) is { IsHidden: false } order ? new(Rows.Of(order, isRest: true)) : new OrderReply(Order: null) { ErrorCode = OrderNotFound };

    public OrderPageReply Query(TradingAccount? account, OrderQueryRequest request)
    {
        if (account is null) return new(Orders: null, TotalCount: null) { ErrorCode = AccountNotFound };
        OrderFilter filter = request.Filter;
        var span = new SpanRequest(filter.AccountId, filter.CreatedAfter, filter.CreatedBefore);
        OrderRow[] found = [.. RowsOf(account.Orders, account).Where(row => (filter.Statuses is not { Count: > 0 } statuses || statuses.Contains(row.Status))
            && (filter.ContractId is null || filter.ContractId == row.ContractId) && span.Holds(row.CreationTimestamp))];
        // Ids and times of creation rise together, so both ways of sorting are one.
        IEnumerable<OrderRow> sorted = request.SortDirection == 1 ? found.OrderByDescending(row => row.Id) : found.OrderBy(row => row.Id);
        return new([.. sorted.Skip(request.PageOffset ?? 0).Take(request.PageSize ?? UsualPage)], request.IncludeTotalCount == true ? found.Length : null);
    }

    /// <summary>What is wrong with a paged query, which answers 400 instead of an envelope.</summary>
    public static (string Member, string Fault)? FaultOf(OrderQueryRequest request)
    {
        if (request.PageSize is < 1 or > MostPerPage) return ("PageSize", $"The field PageSize must be between 1 and {MostPerPage}.");
        if (request.PageOffset < 0) return ("PageOffset", "The field PageOffset must be 0 or more.");
        if (request.SortBy is < 0 or > 1) return ("SortBy", "The field SortBy must be 0 (CreatedAt) or 1 (Id).");
        if (request.SortDirection is < 0 or > 1) return ("SortDirection", "The field SortDirection must be 0 (ascending) or 1 (descending).");
        bool isKnown = request.Filter.Statuses?.All(status => Enum.IsDefined((OrderStatus)status)) ?? true;
        return isKnown ? null : ("Filter.Statuses", "The field Statuses holds a number that is no order status.");
    }

    /// <summary>What was so lately may be among orders that are over now: an earlier instant looks at all of them.</summary>
    private IEnumerable<OrderRow> RowsOf(IEnumerable<VenueOrder> orders, TradingAccount account)
    {
        IEnumerable<OrderRow> rows = (past is null ? orders : account.Orders).Where(order => !order.IsHidden).Select(order => Rows.Of(order, isRest: true));
        return past is null ? rows : past(rows);
    }

    private static OrdersReply Unknown() => new(Orders: null) { ErrorCode = AccountNotFound };

    private static OrdersReply List(IEnumerable<OrderRow> rows) => new([.. rows.OrderByDescending(row => row.Id)]);
}
