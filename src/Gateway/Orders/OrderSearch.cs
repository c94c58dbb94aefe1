using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Orders;

public sealed record AccountRequest(int AccountId);

public sealed record SpanRequest(int AccountId, DateTimeOffset? StartTimestamp = null, DateTimeOffset? EndTimestamp = null)
{
    public bool Holds(Timestamp time) => !(time.ToDateTimeOffset() < StartTimestamp) && !(time.ToDateTimeOffset() > EndTimestamp);
}

public sealed record OrderByIdRequest(int AccountId, long OrderId);

public sealed record OrderFilter(int AccountId, IReadOnlyList<int>? Statuses = null, string? ContractId = null, DateTimeOffset? CreatedAfter = null, DateTimeOffset? CreatedBefore = null);

public sealed record OrderQueryRequest(OrderFilter Filter, int? PageSize = null, int? PageOffset = null, int? SortBy = null, int? SortDirection = null, bool? IncludeTotalCount = null);

public sealed record OrdersReply(IReadOnlyList<OrderRow>? Orders) : Reply;

public sealed record OrderPageReply(IReadOnlyList<OrderRow>? Orders, int? TotalCount) : Reply;

public sealed record OrderReply(OrderRow? Order) : Reply;

/// <summary>Answers questions about orders. Suspended children are seen by the paged query alone; lists are newest first unless asked otherwise.</summary>
public static class OrderSearch
{
    private const int AccountNotFound = 1;
    private const int OrderNotFound = 1;
    private const int MostPerPage = 1000;
    private const int UsualPage = 100;

    public static OrdersReply Any(TradingAccount? account, SpanRequest request, bool withSuspended = false) =>
        account is null ? Unknown() : List(account.Orders.Where(order => !order.IsHidden && (withSuspended || order.Status != OrderStatus.Suspended) && request.Holds(order.Created)));

    public static OrdersReply Open(TradingAccount? account, bool withSuspended = false) =>
        account is null ? Unknown() : List(account.Unfinished.Where(order => !order.IsHidden && (order.Status == OrderStatus.Open || (withSuspended && order.Status == OrderStatus.Suspended))));

    public static OrderReply ById(TradingAccount? account, long id) =>
        account?.OrderOf(id) is { IsHidden: false } order ? new(Rows.Of(order, isRest: true)) : new OrderReply(Order: null) { ErrorCode = OrderNotFound };

    public static OrderPageReply Query(TradingAccount? account, OrderQueryRequest request)
    {
        if (account is null) return new(Orders: null, TotalCount: null) { ErrorCode = AccountNotFound };
        OrderFilter filter = request.Filter;
        var span = new SpanRequest(filter.AccountId, filter.CreatedAfter, filter.CreatedBefore);
        VenueOrder[] found = [.. account.Orders.Where(order => !order.IsHidden && (filter.Statuses is not { Count: > 0 } statuses || statuses.Contains((int)order.Status))
            && (filter.ContractId is null || filter.ContractId == order.Contract.Id) && span.Holds(order.Created))];
        // Ids and times of creation rise together, so both ways of sorting are one.
        IEnumerable<VenueOrder> sorted = request.SortDirection == 1 ? found.OrderByDescending(order => order.Id) : found.OrderBy(order => order.Id);
        IEnumerable<VenueOrder> page = sorted.Skip(request.PageOffset ?? 0).Take(request.PageSize ?? UsualPage);
        return new([.. page.Select(order => Rows.Of(order, isRest: true))], request.IncludeTotalCount == true ? found.Length : null);
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

    private static OrdersReply Unknown() => new(Orders: null) { ErrorCode = AccountNotFound };

    private static OrdersReply List(IEnumerable<VenueOrder> orders) => new([.. orders.OrderByDescending(order => order.Id).Select(order => Rows.Of(order, isRest: true))]);
}
