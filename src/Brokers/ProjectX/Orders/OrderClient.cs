using System.Globalization;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Orders;

/// <summary>Places, changes and cancels orders, each call once: a repetition after a lost answer would double the order. Whoever is in doubt looks the order up by its tag.</summary>
/// <param name="fence">Is asked at each call, and held until the answer: a call of an engine that was replaced does not leave.</param>
internal sealed class OrderClient(ProjectXClient client, IFence? fence = null)
{
    /// <summary>The gateway's words for a tag that an earlier order of the account has.</summary>
    private const string TagInUse = "custom tag is already in use";

    /// <param name="leaving">Called right before the first byte leaves.</param>
    public Task<VenueAnswer> PlaceAsync(PlaceRequest request, RestLane lane, CancellationToken cancel, Action? leaving = null) => FencedAsync(() => SendPlaceAsync(request, lane, leaving, cancel), cancel);

    public Task<VenueAnswer> ModifyAsync(ModifyRequest request, RestLane lane, CancellationToken cancel, Action? leaving = null) => FencedAsync(() => SendModifyAsync(request, lane, leaving, cancel), cancel);

    public Task<VenueAnswer> CancelAsync(CancelRequest request, CancellationToken cancel, Action? leaving = null) => FencedAsync(() => SendCancelAsync(request, leaving, cancel), cancel);

    private async Task<VenueAnswer> FencedAsync(Func<Task<VenueAnswer>> send, CancellationToken cancel)
    {
        try
        {
            using IDisposable? pass = fence is null ? null : await fence.EnterAsync(cancel);
            return await send();
        }
        catch (NotSentException refusal)
        {
            return VenueAnswer.NotSent(refusal.Message);
        }
        catch (WithheldException shut)
        {
            return VenueAnswer.Withheld(shut.Message);
        }
    }

    private async Task<VenueAnswer> SendPlaceAsync(PlaceRequest request, RestLane lane, Action? leaving, CancellationToken cancel)
    {
        RestResult<PlaceReply> result = await client.ChangeAsync(new(Endpoint.PlaceOrder, [], lane, leaving), request, WireJson.Default.PlaceRequest, WireJson.Default.PlaceReply, cancel);
        if (result.Failure is not { } failure) return result.Value.OrderId is { } id and > 0 ? VenueAnswer.Taken(Text(id)) : VenueAnswer.InDoubt("The gateway took the order and told no id.");

        // A refused order has a number too.
        string? orderId = failure.Reply is PlaceReply { OrderId: { } number and > 0 } ? Text(number) : null;
        if (failure.Reply?.ErrorMessage?.Contains(TagInUse, StringComparison.OrdinalIgnoreCase) ?? false) return VenueAnswer.IdInUse(failure.Sentence);
        // Whom the gateway turns away is not let in by asking again every second.
        return failure.Kind == RestFailureKind.Unauthorized ? VenueAnswer.Refused(failure.Sentence) : Answer(failure, IsOpen((PlaceError)failure.Code), orderId);
    }

    private async Task<VenueAnswer> SendModifyAsync(ModifyRequest request, RestLane lane, Action? leaving, CancellationToken cancel)
    {
        RestResult<ModifyReply> result = await client.ChangeAsync(new(Endpoint.ModifyOrder, [], lane, leaving), request, WireJson.Default.ModifyRequest, WireJson.Default.ModifyReply, cancel);
        if (result.Failure is not { } failure) return VenueAnswer.Taken(Text(request.OrderId));

        // An order that is over may be called "not found" or, without a word, "rejected".
        bool isGone = failure.Reply is { ErrorCode: (int)ModifyError.OrderNotFound } or { ErrorCode: (int)ModifyError.Rejected, ErrorMessage: null or "" };
        return isGone ? VenueAnswer.NotFound(failure.Sentence) : Answer(failure, IsOpen((ModifyError)failure.Code), Text(request.OrderId));
    }

    private async Task<VenueAnswer> SendCancelAsync(CancelRequest request, Action? leaving, CancellationToken cancel)
    {
        RestResult<CancelReply> result = await client.ChangeAsync(new(Endpoint.CancelOrder, [], RestLane.Protection, leaving), request, WireJson.Default.CancelRequest, WireJson.Default.CancelReply, cancel);
        if (result.Failure is not { } failure) return VenueAnswer.Taken(Text(request.OrderId));
        bool isGone = failure.Reply is { ErrorCode: (int)CancelError.OrderNotFound or (int)CancelError.Rejected };
        return isGone ? VenueAnswer.NotFound(failure.Sentence) : Answer(failure, IsOpen((CancelError)failure.Code), Text(request.OrderId));
    }

    /// <param name="isOpen">Of a refusal: its code says that the outcome is not known.</param>
    private static VenueAnswer Answer(RestFailure failure, bool isOpen, string? orderId) => failure.Kind switch
    {
        RestFailureKind.Refused when !isOpen => VenueAnswer.Refused(failure.Sentence, orderId),

        // Turned away at the door, or never on the way. That a 429 was not carried out is not documented, so it is not among them.
        RestFailureKind.Unauthorized or RestFailureKind.Unreachable or RestFailureKind.NotSent => VenueAnswer.NotSent(failure.Sentence),
        _ => new(VenueAnswerKind.InDoubt, orderId, failure.Sentence),
    };

    // A code that this version does not know says nothing.
    private static bool IsOpen(PlaceError code) => code is PlaceError.Success or PlaceError.OrderPending or PlaceError.UnknownError || !Enum.IsDefined(code);

    private static bool IsOpen(ModifyError code) => code is ModifyError.Success or ModifyError.Pending or ModifyError.UnknownError || !Enum.IsDefined(code);

    private static bool IsOpen(CancelError code) => code is CancelError.Success or CancelError.Pending or CancelError.UnknownError || !Enum.IsDefined(code);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
