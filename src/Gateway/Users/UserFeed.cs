using System.Text.Json.Nodes;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Users;

/// <summary>Tells the connections of the user hub what they subscribed to, in the order in which it happened. A connection that ends takes its subscriptions with it.</summary>
internal sealed class UserFeed(FaultDesk faults, QuirkSet quirks, WireForm form, TimeProvider time) : IVenueEvents
{
    /// <summary>In place of an account's id: subscriptions to accounts have none.</summary>
    public const int AllAccounts = 0;

    private const int Created = 0;
    private const int Updated = 1;
    private const int Removed = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<(UserEventKind Kind, int AccountId), List<Outbox>> _listeners = [];
    private readonly EventCount[] _counts = [new(), new(), new(), new()];
    private readonly List<(Outgoing Message, Outbox[] Receivers)> _step = [];
    private (Outgoing Message, Outbox[] Receivers)? _held;

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

    /// <summary>Tells one connection what there is, as if it had just happened.</summary>
    public void Show(UserEventKind kind, TradingVenue venue, int accountId, Outbox outbox)
    {
        if (!quirks.Has(Quirk.FirstSnapshot)) return;
        IEnumerable<object> rows = (kind, venue.AccountOf(accountId)) switch
        {
            (UserEventKind.Account, _) => venue.Accounts.Select(Rows.Of),
            (UserEventKind.Order, { } account) => account.Unfinished.Select(order => Rows.Of(order, isRest: false)),
            (UserEventKind.Position, { } account) => account.Holdings.Select(holding => Rows.Of(holding, isRest: false)),
            _ => [],
        };
        foreach (object row in rows) outbox.Post(MessageOf(kind, accountId, Updated, row));
    }

    public void Account(TradingAccount account) => Tell(UserEventKind.Account, account.Id, Updated, Rows.Of(account));

    /// <remarks>Of the action codes only 1 and 2 were seen for orders; here 2 tells an order that is over.</remarks>
    public void Order(VenueOrder order)
    {
        if (order.IsHidden) return;
        Tell(UserEventKind.Order, order.AccountId, ActionOf(order.WasTold, order.Status.IsTerminal()), Rows.Of(order, isRest: false));
        order.WasTold = true;
    }

    public void Position(Holding holding)
    {
        Tell(UserEventKind.Position, holding.AccountId, ActionOf(holding.WasTold, holding.Net == 0), Rows.Of(holding, isRest: false));
        holding.WasTold = true;
    }

    public void Trade(VenueTrade trade, bool isNew) => Tell(UserEventKind.Trade, trade.AccountId, isNew ? Created : Updated, Rows.Of(trade, isRest: false));

    /// <summary>Sends what was told since the last step.</summary>
    public void EndStep(TradingVenue venue)
    {
        lock (_gate)
        {
            foreach ((Outgoing message, Outbox[] receivers) in _step) Send(message, receivers);
            _step.Clear();
        }
    }

    /// <summary>Sends what was held back to change places with an event that did not come.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_held is { } held) Send(held.Message, held.Receivers);
            _held = null;
        }
    }

    private int ActionOf(bool wasTold, bool isOver)
    {
        if (!wasTold && quirks.Has(Quirk.CreatedAction)) return Created;
        return isOver ? Removed : Updated;
    }

    private void Tell(UserEventKind kind, int accountId, int action, object row)
    {
        _counts[(int)kind].Publish(1);
        lock (_gate)
        {
            if (_listeners.GetValueOrDefault((kind, kind == UserEventKind.Account ? AllAccounts : accountId)) is not { Count: > 0 } listeners || IsLost(kind, accountId)) return;
            Outgoing message = MessageOf(kind, accountId, action, row);
            Outbox[] receivers = [.. listeners];
            if (faults.Strike(FaultKind.LateEvent, account: accountId) is { } late)
            {
                _ = SendLater(message, receivers, late.EffectiveDelay);
                return;
            }
            if (_held is null && faults.Strike(FaultKind.ReorderEvents, account: accountId) is not null)
            {
                _held = (message, receivers);
                return;
            }
            _step.Add((message, receivers));
            if (faults.Strike(FaultKind.DuplicateEvent, account: accountId) is not null) _step.Add((message, receivers));
            if (_held is { } held) _step.Add(held);
            _held = null;
        }
    }

    private Outgoing MessageOf(UserEventKind kind, int accountId, int action, object row) => new(UserFrames.Message(kind, Argument(kind, accountId, action, row), form), _counts[(int)kind], 1);

    private bool IsLost(UserEventKind kind, int accountId) =>
        faults.Strike(FaultKind.MissingEvent, account: accountId) is not null
        || kind == UserEventKind.Order && faults.Strike(FaultKind.MissingOrderEvent, account: accountId) is not null
        || kind == UserEventKind.Trade && faults.Strike(FaultKind.MissingTradeEvent, account: accountId) is not null;

    private object Argument(UserEventKind kind, int accountId, int action, object row)
    {
        bool isBare = quirks.Has(Quirk.BareObjects) || faults.Strike(FaultKind.BareEvents, account: accountId) is not null;
        object argument = isBare ? row : new { action, data = row };
        if (faults.IsEmpty && !form.ChangesEvents) return argument;
        JsonNode node = UserFrames.Node(argument);
        form.Change(node, isRest: false);
        if (kind == UserEventKind.Order && faults.Strike(FaultKind.UnknownState, account: accountId) is not null) JsonDamage.Replace(node, "status", 99);
        if (faults.Strike(FaultKind.UnknownField, account: accountId) is not null) JsonDamage.AddUnknown(node);
        if (faults.Strike(FaultKind.NumberStrings, account: accountId) is not null) JsonDamage.QuoteAmounts(node);
        return faults.Strike(FaultKind.ArrayEvents, account: accountId) is not null ? new JsonArray(node) : node;
    }

    private async Task SendLater(Outgoing message, Outbox[] receivers, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Send(message, receivers);
    }

    private static void Send(in Outgoing message, Outbox[] receivers)
    {
        foreach (Outbox outbox in receivers) outbox.Post(message);
    }
}
