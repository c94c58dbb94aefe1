using Microsoft.AspNetCore.SignalR;

namespace Tradewind.Gateway.Faults;

/// <summary>Lets subscriptions fail, or succeed without effect.</summary>
internal sealed class SubscriptionFaults(FaultDesk desk) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        string method = invocationContext.HubMethodName;
        if (desk.IsEmpty || !method.StartsWith("Subscribe", StringComparison.OrdinalIgnoreCase)) return await next(invocationContext);
        if (desk.Strike(FaultKind.SubscribeError, method) is not null) throw new HubException($"An unexpected error occurred invoking '{method}' on the server.");
        return desk.Strike(FaultKind.DeafSubscription, method) is null ? await next(invocationContext) : null;
    }
}
