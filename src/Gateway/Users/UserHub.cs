using Microsoft.AspNetCore.SignalR;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Matching;

namespace Tradewind.Gateway.Users;

/// <summary>The user hub's methods, with the original's arity. Whether the original sends a first snapshot is not known: a quirk.</summary>
internal sealed class UserHub(UserFeed feed, TradingGate gate) : Hub
{
    public void SubscribeAccounts() => Subscribe(UserEventKind.Account, UserFeed.AllAccounts);

    public void UnsubscribeAccounts() => feed.Unsubscribe(UserEventKind.Account, UserFeed.AllAccounts, Outbox);

    public void SubscribeOrders(int accountId) => Subscribe(UserEventKind.Order, accountId);

    public void UnsubscribeOrders(int accountId) => feed.Unsubscribe(UserEventKind.Order, accountId, Outbox);

    public void SubscribePositions(int accountId) => Subscribe(UserEventKind.Position, accountId);

    public void UnsubscribePositions(int accountId) => feed.Unsubscribe(UserEventKind.Position, accountId, Outbox);

    public void SubscribeTrades(int accountId) => Subscribe(UserEventKind.Trade, accountId);

    public void UnsubscribeTrades(int accountId) => feed.Unsubscribe(UserEventKind.Trade, accountId, Outbox);

    private void Subscribe(UserEventKind kind, int accountId) => gate.Do(venue =>
    {
        feed.Subscribe(kind, accountId, Outbox);
        feed.Show(kind, venue, accountId, Outbox);
    });

    private Outbox Outbox => (Outbox)Context.Items[typeof(Outbox)]!;
}
