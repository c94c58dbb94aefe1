using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Tradewind.Brokers.ProjectX.Login;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>The gateway's REST calls: with the session's token; reads are repeated when the failure may pass, and once more with a new token after a 401.</summary>
/// <param name="retry">Null repeats nothing.</param>
internal sealed class ProjectXClient(RestTransport transport, TokenSession session, ResiliencePipeline? retry)
{
    public Task<RestResult<ContractsReply>> AvailableContractsAsync(bool live, CancellationToken cancel) =>
        ReadAsync(Endpoint.AvailableContracts, RestLane.Read, new() { Live = live }, WireJson.Default.ContractsRequest, WireJson.Default.ContractsReply, cancel);

    /// <summary>At most 20, and loosely: "NQ" also finds QG and QM. Filter by symbol id.</summary>
    public Task<RestResult<ContractsReply>> SearchContractsAsync(string text, bool live, CancellationToken cancel) =>
        ReadAsync(Endpoint.SearchContracts, RestLane.Read, new() { SearchText = text, Live = live }, WireJson.Default.ContractsRequest, WireJson.Default.ContractsReply, cancel);

    /// <summary>At most 20,000 bars, newest first; of a longer window the newest.</summary>
    public Task<RestResult<BarsReply>> BarsAsync(BarsRequest request, CancellationToken cancel) =>
        ReadAsync(Endpoint.Bars, RestLane.Read, request, WireJson.Default.BarsRequest, WireJson.Default.BarsReply, cancel);

    public async Task<RestResult<TReply>> ReadAsync<TRequest, TReply>(
        Endpoint endpoint, RestLane lane, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken cancel) where TReply : Envelope
    {
        var call = new RestCall(endpoint, JsonSerializer.SerializeToUtf8Bytes(request, requestType), lane);

        // The pipeline leaves the context that it is called in; a host that has one repeats by itself.
        if (retry is null || SynchronizationContext.Current is not null) return await OnceAsync(call, replyType, cancel);
        return await retry.ExecuteAsync(async attempt => await OnceAsync(call, replyType, attempt), cancel);
    }

    /// <summary>A call that changes the account: made once, for a repetition after a lost answer would do it twice. Only after a 401 it is made again, with a new token.</summary>
    /// <param name="call">Without its body.</param>
    public async Task<RestResult<TReply>> ChangeAsync<TRequest, TReply>(
        RestCall call, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken cancel) where TReply : Envelope
    {
        call = call with { Body = JsonSerializer.SerializeToUtf8Bytes(request, requestType) };
        RestResult<Secret> token = await session.TokenAsync(cancel);
        if (token.Failure is { } withoutToken) return new(withoutToken with { Kind = RestFailureKind.Unauthorized });
        RestResult<TReply> result = await transport.PostAsync(call, replyType, token.Value, cancel);
        if (result.Failure is not { Kind: RestFailureKind.Unauthorized }) return result;

        // It was turned away at the door, before anybody read it: a second one is the first that the gateway looks at.
        token = await session.ReplaceAsync(token.Value, cancel);
        return token.Failure is not null ? result : await transport.PostAsync(call, replyType, token.Value, cancel);
    }

    private async Task<RestResult<TReply>> OnceAsync<TReply>(RestCall call, JsonTypeInfo<TReply> replyType, CancellationToken cancel) where TReply : Envelope
    {
        RestResult<Secret> token = await session.TokenAsync(cancel);
        if (token.Failure is { } withoutToken) return new(withoutToken);
        RestResult<TReply> result = await transport.PostAsync(call, replyType, token.Value, cancel);
        if (result.Failure is not { Kind: RestFailureKind.Unauthorized }) return result;
        token = await session.ReplaceAsync(token.Value, cancel);
        if (token.Failure is { } withoutNewToken) return new(withoutNewToken);
        return await transport.PostAsync(call, replyType, token.Value, cancel);
    }
}
