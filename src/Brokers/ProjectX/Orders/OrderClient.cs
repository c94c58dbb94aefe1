using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Orders;

/// <summary>Places, changes and cancels orders, each call once: a repetition after a lost answer would double the order. Whoever is in doubt looks the order up by its tag.</summary>
internal sealed class OrderClient(ProjectXClient client)
{
    /// <summary>The gateway's words for a tag that an earlier order of the account has.</summary>
    private const string TagInUse = "custom tag is already in use";

    public async Task<SendOutcome> PlaceAsync(PlaceRequest request, RestLane lane, CancellationToken cancel)
    {
        RestResult<PlaceReply> result = await client.ChangeAsync(Endpoint.PlaceOrder, lane, request, WireJson.Default.PlaceRequest, WireJson.Default.PlaceReply, cancel).ConfigureAwait(false);
        if (result.Failure is not { } failure) return result.Value.OrderId is { } id and > 0 ? SendOutcome.Taken(id) : new(SendKind.InDoubt, 0, "The gateway took the order and told no id.");
        long orderId = (failure.Reply as PlaceReply)?.OrderId ?? 0;

        // The tag is a pure function of the intent: if it is in use, this very order has arrived before.
        bool hasArrived = failure.Reply?.ErrorMessage?.Contains(TagInUse, StringComparison.OrdinalIgnoreCase) ?? false;
        return hasArrived ? new(SendKind.InDoubt, 0, failure.Sentence) : SendOutcome.Of(failure, code => IsOpen((PlaceError)code), orderId);
    }

    /// <summary>A refusal says only that this order was not changed now: it may be filled, gone or never have been. Read it again.</summary>
    public async Task<SendOutcome> ModifyAsync(ModifyRequest request, RestLane lane, CancellationToken cancel)
    {
        RestResult<ModifyReply> result = await client.ChangeAsync(Endpoint.ModifyOrder, lane, request, WireJson.Default.ModifyRequest, WireJson.Default.ModifyReply, cancel).ConfigureAwait(false);
        return result.Failure is { } failure ? SendOutcome.Of(failure, code => IsOpen((ModifyError)code), request.OrderId) : SendOutcome.Taken(request.OrderId);
    }

    /// <summary>A refusal says only that this order was not canceled now: it may be filled, gone or never have been. Read it again.</summary>
    public async Task<SendOutcome> CancelAsync(CancelRequest request, CancellationToken cancel)
    {
        RestResult<CancelReply> result = await client.ChangeAsync(Endpoint.CancelOrder, RestLane.Protection, request, WireJson.Default.CancelRequest, WireJson.Default.CancelReply, cancel).ConfigureAwait(false);
        return result.Failure is { } failure ? SendOutcome.Of(failure, code => IsOpen((CancelError)code), request.OrderId) : SendOutcome.Taken(request.OrderId);
    }

    // A code that this version does not know says nothing.
    private static bool IsOpen(PlaceError code) => code is PlaceError.Success or PlaceError.OrderPending or PlaceError.UnknownError || !Enum.IsDefined(code);

    private static bool IsOpen(ModifyError code) => code is ModifyError.Success or ModifyError.Pending or ModifyError.UnknownError || !Enum.IsDefined(code);

    private static bool IsOpen(CancelError code) => code is CancelError.Success or CancelError.Pending or CancelError.UnknownError || !Enum.IsDefined(code);
}
