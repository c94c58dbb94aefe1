using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Users;

/// <summary>Tells the connections of the user hub what they subscribed to, in the order in which it happened. A connection that ends takes its subscriptions with it.</summary>
internal sealed class UserFeed(GatewayOptions options) : IVenueEvents
{
    /// <summary>In place of an account's id: subscriptions to accounts have none.</summary>
    public const int AllAccounts = 0;

    private const int Created = 0;
    private const int Updated = 1;
    private const int Removed = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<(UserEventKind Kind, int AccountId), List<Outbox>> _listeners = [];
    private readonly EventCount[] _counts = [new(), new(), new(), new()];

    public UserCounters Read() => new(_counts[0].Read(), _counts[1].Read(), _counts[2].Read(), _counts[3].Read());

    /// <summary>A second subscription of the same connection changes nothing.</summary>
    public void Subscribe(UserEventKind kind, int accountId, Outbox outbox)
    {
        lock (_gate)
        {
            if (!_listeners.TryGetValue((kind, accountId), out List<Outbox>? listeners)) _listeners.Add((kind, accountId), listeners = []);
            if (!listeners.Contains(outbox)) listeners.Add(outbox);
        }
    }

    public void Unsubscribe(UserEventKind kind, int accountId, Outbox outbox)
    {
        lock (_gate) _listeners.GetValueOrDefault((kind, accountId))?.Remove(outbox);
    }

    public void Forget(Outbox outbox)
    {
        lock (_gate)
        {
            foreach (List<Outbox> listeners in _listeners.Values) listeners.Remove(outbox);
        }
    }

    public void Account(TradingAccount account) => Tell(UserEventKind.Account, AllAccounts, Updated, Rows.Of(account));

    /// <remarks>Of the action codes only 1 and 2 were seen for orders; here 2 tells an order that is over.</remarks>
    public void Order(VenueOrder order) => Tell(UserEventKind.Order, order.AccountId, order.Status.IsTerminal() ? Removed : Updated, Rows.Of(order, isRest: false));

    public void Position(Holding holding) => Tell(UserEventKind.Position, holding.AccountId, holding.Net == 0 ? Removed : Updated, Rows.Of(holding, isRest: false));

    public void Trade(VenueTrade trade, bool isNew) => Tell(UserEventKind.Trade, trade.AccountId, isNew ? Created : Updated, Rows.Of(trade, isRest: false));

    private void Tell(UserEventKind kind, int accountId, int action, object row)
    {
        _counts[(int)kind].Publish(1);
        lock (_gate)
        {
            if (_listeners.GetValueOrDefault((kind, accountId)) is not { Count: > 0 } listeners) return;
            var message = new Outgoing(UserFrames.Message(kind, options.BareObjects ? row : new { action, data = row }), _counts[(int)kind], 1);
            foreach (Outbox outbox in listeners) outbox.Post(message);
        }
    }
}
