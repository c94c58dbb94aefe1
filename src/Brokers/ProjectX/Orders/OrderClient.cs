using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Orders;

/// <summary>Places and cancels orders, each call once: a repetition after a lost answer would double the order. Whoever is in doubt looks the order up by its tag.</summary>
internal sealed class OrderClient(RestTransport transport, TokenSession session, ProjectXClient reads)
{
    /// <summary>The gateway's words for a tag that an earlier order of the account has.</summary>
    private const string TagInUse = "custom tag is already in use";

    /// <summary>Clocks differ, and the gateway stamps an order when it takes it.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    public async Task<SendOutcome> PlaceAsync(PlaceRequest request, CancellationToken cancel)
    {
        RestResult<PlaceReply> result = await SendAsync(Endpoint.PlaceOrder, request, WireJson.Default.PlaceRequest, WireJson.Default.PlaceReply, cancel).ConfigureAwait(false);
        if (result.Failure is not { } failure) return result.Value.OrderId is { } id and > 0 ? SendOutcome.Taken(id) : new(SendKind.InDoubt, 0, "The gateway took the order and told no id.");
        long orderId = (failure.Reply as PlaceReply)?.OrderId ?? 0;

        // The tag is a pure function of the intent: if it is in use, this very order has arrived before.
        bool hasArrived = failure.Reply?.ErrorMessage?.Contains(TagInUse, StringComparison.OrdinalIgnoreCase) ?? false;
        return hasArrived ? new(SendKind.InDoubt, 0, failure.Sentence) : SendOutcome.Of(failure, code => code is (int)PlaceError.OrderPending or (int)PlaceError.UnknownError, orderId);
    }

    /// <summary>A refusal says only that this order was not canceled now: it may be filled, gone or never have been. Read it again.</summary>
    public async Task<SendOutcome> CancelAsync(int accountId, long orderId, CancellationToken cancel)
    {
        var request = new CancelRequest { AccountId = accountId, OrderId = orderId };
        RestResult<CancelReply> result = await SendAsync(Endpoint.CancelOrder, request, WireJson.Default.CancelRequest, WireJson.Default.CancelReply, cancel).ConfigureAwait(false);
        return result.Failure is { } failure ? SendOutcome.Of(failure, code => code is (int)CancelError.Pending or (int)CancelError.UnknownError, orderId) : SendOutcome.Taken(orderId);
    }

    /// <summary>The order with this tag, or a success with null when neither the open orders nor those since then have it.</summary>
    /// <remarks>One answer of "not there" is no proof: searches lag behind and suspended orders are not in them.</remarks>
    public async Task<RestResult<FoundOrder>> FindAsync(int accountId, string tag, Timestamp since, CancellationToken cancel)
    {
        RestResult<OrdersReply> open = await reads.OpenOrdersAsync(new() { AccountId = accountId }, cancel).ConfigureAwait(false);
        if (open.Failure is { } noOpen) return new(noOpen);
        if (WithTag(open.Value, tag) is { } working) return new(new FoundOrder(working));
        RestResult<OrdersReply> all = await reads.OrdersAsync(new() { AccountId = accountId, StartTimestamp = WireTime.Write(since - LookBack) }, cancel).ConfigureAwait(false);
        return all.Failure is { } noOrders ? new(noOrders) : new(new FoundOrder(WithTag(all.Value, tag)));
    }

    private static OrderReply? WithTag(OrdersReply reply, string tag) => reply.Orders?.FirstOrDefault(order => order?.CustomTag == tag);

    private async Task<RestResult<TReply>> SendAsync<TRequest, TReply>(
        Endpoint endpoint, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken cancel) where TReply : Envelope
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        RestResult<Secret> token = await session.TokenAsync(cancel).ConfigureAwait(false);
        if (token.Failure is { } withoutToken) return new(withoutToken with { Kind = RestFailureKind.Unauthorized });
        RestResult<TReply> result = await transport.PostAsync(endpoint, body, replyType, token.Value, cancel).ConfigureAwait(false);
        if (result.Failure is not { Kind: RestFailureKind.Unauthorized }) return result;

        // The next call finds a new token; this one was turned away before anybody read it.
        await session.ReplaceAsync(token.Value, cancel).ConfigureAwait(false);
        return result;
    }
}

/// <param name="Order">Null when there is none.</param>
internal sealed record FoundOrder(OrderReply? Order);
