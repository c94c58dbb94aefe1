using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;

namespace Tradewind.Gateway.Hubs;

/// <summary>
/// The user hub's methods, with the original's arity. They are accepted and no event follows: nothing can happen to an account
/// that cannot trade yet, and whether the original sends a first snapshot is not known. The events join with the matching engine.
/// </summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Hub methods are found on the instance.")]
[SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The parameters are the protocol's arity.")]
internal sealed class UserHub : Hub
{
    public void SubscribeAccounts() { }

    public void UnsubscribeAccounts() { }

    public void SubscribeOrders(int accountId) { }

    public void UnsubscribeOrders(int accountId) { }

    public void SubscribePositions(int accountId) { }

    public void UnsubscribePositions(int accountId) { }

    public void SubscribeTrades(int accountId) { }

    public void UnsubscribeTrades(int accountId) { }
}
