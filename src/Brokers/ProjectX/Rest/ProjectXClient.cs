using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Orders;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>The gateway's REST reads: with the session's token, repeated when the failure may pass, once more with a new token after a 401.</summary>
internal sealed class ProjectXClient(RestTransport transport, TokenSession session, ResiliencePipeline retry)
{
    public Task<RestResult<ContractsReply>> AvailableContractsAsync(bool live, CancellationToken cancel) =>
        ReadAsync(Endpoint.AvailableContracts, new() { Live = live }, WireJson.Default.ContractsRequest, WireJson.Default.ContractsReply, cancel);

    /// <summary>At most 20, and loosely: "NQ" also finds QG and QM. Filter by symbol id.</summary>
    public Task<RestResult<ContractsReply>> SearchContractsAsync(string text, bool live, CancellationToken cancel) =>
        ReadAsync(Endpoint.SearchContracts, new() { SearchText = text, Live = live }, WireJson.Default.ContractsRequest, WireJson.Default.ContractsReply, cancel);

    /// <summary>At most 20,000 bars, newest first; of a longer window the newest.</summary>
    public Task<RestResult<BarsReply>> BarsAsync(BarsRequest request, CancellationToken cancel) =>
        ReadAsync(Endpoint.Bars, request, WireJson.Default.BarsRequest, WireJson.Default.BarsReply, cancel);

    /// <summary>Open orders; suspended children of brackets are not among them.</summary>
    public Task<RestResult<OrdersReply>> OpenOrdersAsync(OpenOrdersRequest request, CancellationToken cancel) =>
        ReadAsync(Endpoint.OpenOrders, request, WireJson.Default.OpenOrdersRequest, WireJson.Default.OrdersReply, cancel);

    /// <summary>Orders of every state since a time.</summary>
    public Task<RestResult<OrdersReply>> OrdersAsync(OrdersRequest request, CancellationToken cancel) =>
        ReadAsync(Endpoint.Orders, request, WireJson.Default.OrdersRequest, WireJson.Default.OrdersReply, cancel);

    private async Task<RestResult<TReply>> ReadAsync<TRequest, TReply>(
        Endpoint endpoint, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken cancel) where TReply : Envelope
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        return await retry.ExecuteAsync(
            async attempt => await OnceAsync(endpoint, body, replyType, attempt).ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    private async Task<RestResult<TReply>> OnceAsync<TReply>(Endpoint endpoint, byte[] body, JsonTypeInfo<TReply> replyType, CancellationToken cancel) where TReply : Envelope
    {
        RestResult<Secret> token = await session.TokenAsync(cancel).ConfigureAwait(false);
        if (token.Failure is { } withoutToken) return new(withoutToken);
        RestResult<TReply> result = await transport.PostAsync(endpoint, body, replyType, token.Value, cancel).ConfigureAwait(false);
        if (result.Failure is not { Kind: RestFailureKind.Unauthorized }) return result;
        token = await session.ReplaceAsync(token.Value, cancel).ConfigureAwait(false);
        if (token.Failure is { } withoutNewToken) return new(withoutNewToken);
        return await transport.PostAsync(endpoint, body, replyType, token.Value, cancel).ConfigureAwait(false);
    }
}
