using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Market;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.History;

internal static class HistoryEndpoints
{
    private const int MostBars = 20_000;

    /// <summary>Nanoseconds of so many hours still fit.</summary>
    private const int MostUnits = 100_000;

    private const int ContractNotFound = 1;
    private const int UnitInvalid = 2;
    private const int UnitNumberInvalid = 3;
    private const int LimitInvalid = 4;

    private sealed record BarsRequest(string ContractId, bool Live, DateTimeOffset StartTime, DateTimeOffset EndTime, int Unit, int UnitNumber, int Limit, bool IncludePartialBar);

    private sealed record BarsReply(IReadOnlyList<HistoryBar>? Bars) : Reply;

    public static void MapHistory(this IEndpointRouteBuilder routes, Exchange exchange, ContractList list, Func<Timestamp> now) =>
        routes.MapPost("/api/History/retrieveBars", (HttpContext http) => Body.Handle<BarsRequest>(http, request => Retrieve(request, exchange, list, now))).Limited(RateLimit.History).NeedsToken();

    private static BarsReply Retrieve(BarsRequest request, Exchange exchange, ContractList list, Func<Timestamp> now)
    {
        if (list.Find(request.ContractId) is null || !exchange.TryFind(request.ContractId, out ProductDesk? desk, out ContractMonth month)) return Failed(ContractNotFound);
        if (request.Unit is < (int)BarUnit.Second or > (int)BarUnit.Month) return Failed(UnitInvalid);
        if (request.UnitNumber is < 1 or > MostUnits) return Failed(UnitNumberInvalid);
        if (request.Limit < 1) return Failed(LimitInvalid);
        // Without a live data subscription there is nothing to retrieve.
        if (request.Live) return new([]);
        var query = new BarQuery((BarUnit)request.Unit, request.UnitNumber, At(request.StartTime), At(request.EndTime), Math.Min(request.Limit, MostBars), request.IncludePartialBar);
        return new(desk.Bars(month, query, now));
    }

    private static BarsReply Failed(int code) => new(Bars: null) { ErrorCode = code };

    /// <summary>Instants that a timestamp cannot hold mean as early or as late as it can.</summary>
    private static Timestamp At(DateTimeOffset time) => time.Year < 1700 ? Timestamp.MinValue : time.Year > 2250 ? Timestamp.MaxValue : Timestamp.From(time);
}
