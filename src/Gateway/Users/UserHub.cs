using Microsoft.AspNetCore.SignalR;
using Tradewind.Gateway.Hubs;

namespace Tradewind.Gateway.Users;

/// <summary>The user hub's methods, with the original's arity. Whether the original sends a first snapshot is not known: this one sends none.</summary>
internal sealed class UserHub(UserFeed feed) : Hub
{
    public void SubscribeAccounts() => feed.Subscribe(UserEventKind.Account, UserFeed.AllAccounts, Outbox);

    public void UnsubscribeAccounts() => feed.Unsubscribe(UserEventKind.Account, UserFeed.AllAccounts, Outbox);

    public void SubscribeOrders(int accountId) => feed.Subscribe(UserEventKind.Order, accountId, Outbox);

    public void UnsubscribeOrders(int accountId) => feed.Unsubscribe(UserEventKind.Order, accountId, Outbox);

    public void SubscribePositions(int accountId) => feed.Subscribe(UserEventKind.Position, accountId, Outbox);

    public void UnsubscribePositions(int accountId) => feed.Unsubscribe(UserEventKind.Position, accountId, Outbox);

    public void SubscribeTrades(int accountId) => feed.Subscribe(UserEventKind.Trade, accountId, Outbox);

    public void UnsubscribeTrades(int accountId) => feed.Unsubscribe(UserEventKind.Trade, accountId, Outbox);

    private Outbox Outbox => (Outbox)Context.Items[typeof(Outbox)]!;
}
