using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>What the engine is told when a broker throws instead of sending.</summary>
public static class SendFailure
{
    /// <param name="what">What was to be sent: <see cref="OutputKind.OrderSubmitted"/>, <see cref="OutputKind.ModifyRequested"/> or <see cref="OutputKind.CancelRequested"/>.</param>
    public static BrokerEvent Of(OutputKind what, OrderId order, Exception failure) => new(failure switch
    {
        WithheldException => what == OutputKind.OrderSubmitted ? BrokerEventKind.Withheld : BrokerEventKind.ModifyRejected,
        NotSentException => what switch { OutputKind.OrderSubmitted => BrokerEventKind.NotSent, OutputKind.CancelRequested => BrokerEventKind.CancelRejected, _ => BrokerEventKind.ModifyNotSent },
        // Whatever else a broker throws, nobody knows whether the venue has it.
        _ => what switch { OutputKind.OrderSubmitted => BrokerEventKind.SubmitInDoubt, OutputKind.CancelRequested => BrokerEventKind.CancelInDoubt, _ => BrokerEventKind.ModifyInDoubt },
    }, order);
}
