using System.Diagnostics.CodeAnalysis;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>The orders of ours that may still be heard of, found by each of their ids; and the ids of those that are not ours.</summary>
internal sealed class OrderBook
{
    /// <summary>A late execution of an order that ended before so many others is booked as not ours.</summary>
    private const int MaxOver = 20_000;

    /// <summary>Beyond, the oldest is forgotten, and looked up again when it trades.</summary>
    private const int MaxForeign = 10_000;

    private readonly Dictionary<OrderId, KnownOrder> _byId = [];
    private readonly Dictionary<string, KnownOrder> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownOrder> _byVenueId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _foreign = new(StringComparer.Ordinal);
    private readonly Queue<string> _foreignByAge = new();
    private readonly List<KnownOrder> _working = [];
    private readonly Queue<KnownOrder> _over = new();

    /// <summary>Orders that are not over in the engine's eyes.</summary>
    public IReadOnlyList<KnownOrder> Working => _working;

    /// <summary>Orders of which nothing was heard since the last gap.</summary>
    public int Uncertain { get; private set; }

    /// <summary>A new order, or one that was proven never to have arrived and is sent again.</summary>
    /// <returns>Null for one that was to be sent again and has been seen at the venue since: it arrived, and may not leave.</returns>
    /// <exception cref="InvalidOperationException">The order, or another with its client id, is known otherwise: it may not be sent again.</exception>
    public KnownOrder? Add(in OrderIntent intent)
    {
        if (_byId.TryGetValue(intent.Order, out KnownOrder? absent) && absent.WasAbsent && absent.ClientId == intent.ClientId)
        {
            (absent.WasAbsent, absent.IsSentAgain) = (false, true);
            if (absent.End != BrokerEventKind.Absent) return null;
            Reopen(absent, SendStep.Leaving);
            return absent;
        }
        if (_byId.ContainsKey(intent.Order) || _byClientId.ContainsKey(intent.ClientId)) throw new InvalidOperationException($"Order {intent.Order} ({intent.ClientId}) was sent before. An order is sent once.");
        var order = new KnownOrder(intent);
        _byId.Add(order.Id, order);
        _byClientId.Add(order.ClientId, order);
        _working.Add(order);
        return order;
    }

    /// <exception cref="InvalidOperationException">The order was never announced here.</exception>
    public KnownOrder Get(OrderId id) => _byId.GetValueOrDefault(id) ?? throw new InvalidOperationException($"Order {id} was never announced as being sent.");

    public KnownOrder? Find(OrderId id) => _byId.GetValueOrDefault(id);

    public KnownOrder? ByVenueId(string venueId) => _byVenueId.GetValueOrDefault(venueId);

    /// <summary>The order of ours that the row is about; null for one that is not ours. An id that the venue used again is recognised.</summary>
    /// <param name="isBound">Whether the row's venue id leads to the order already.</param>
    public KnownOrder? Find(in VenueOrder row, out bool isBound)
    {
        isBound = true;
        if (_byVenueId.TryGetValue(row.VenueId, out KnownOrder? order))
        {
            if (IsAbout(order, in row)) return order;
            _byVenueId.Remove(row.VenueId);
            if (order.VenueId == row.VenueId && order.IsOver) order.VenueId = null;
        }
        isBound = false;
        return row.ClientId is { } client ? _byClientId.GetValueOrDefault(client) : null;
    }

    /// <summary>From now on rows and executions with this venue id belong to the order.</summary>
    public void Bind(KnownOrder order, string venueId)
    {
        _byVenueId[venueId] = order;
        _foreign.Remove(venueId);
    }

    /// <summary>Venue ids of the session before say nothing any more; client ids find the orders again.</summary>
    public void ForgetVenueIds()
    {
        foreach (KnownOrder order in _byVenueId.Values) order.VenueId = null;
        _byVenueId.Clear();
        _foreign.Clear();
        _foreignByAge.Clear();
    }

    /// <summary>The words with which the order was noticed as not ours.</summary>
    public bool IsForeign(string venueId, [NotNullWhen(true)] out string? words) => _foreign.TryGetValue(venueId, out words);

    /// <returns>True the first time.</returns>
    public bool AddForeign(string venueId, string words)
    {
        if (!_foreign.TryAdd(venueId, words)) return false;
        _foreignByAge.Enqueue(venueId);
        if (_foreignByAge.Count > MaxForeign) _foreign.Remove(_foreignByAge.Dequeue());
        return true;
    }

    public void SetUncertain(KnownOrder order, bool isUncertain)
    {
        if (order.IsUncertain == isUncertain) return;
        order.IsUncertain = isUncertain;
        Uncertain += isUncertain ? 1 : -1;
    }

    /// <summary>The order is over in the engine's eyes; it stays known, for late executions.</summary>
    public void Retire(KnownOrder order)
    {
        SetUncertain(order, false);
        _working.Remove(order);
        _over.Enqueue(order);
        if (_over.Count > MaxOver) Forget(_over.Dequeue());
    }

    public void Reopen(KnownOrder order, SendStep sent)
    {
        order.Reopen(sent);
        _working.Add(order);
    }

    private void Forget(KnownOrder order)
    {
        // Sent again since: it is in the queue a second time once it is over.
        if (!order.IsOver) return;
        _byId.Remove(order.Id);
        _byClientId.Remove(order.ClientId);
        if (order.VenueId is { } venueId && _byVenueId.GetValueOrDefault(venueId) == order) _byVenueId.Remove(venueId);
    }

    /// <summary>Without a client id in the row, an order that is over and one that works, or of another kind, are two orders with the same number.</summary>
    private static bool IsAbout(KnownOrder order, in VenueOrder row)
    {
        if (row.ClientId is { } client) return client == order.ClientId;
        return order.Instrument == row.Instrument && order.Side == row.Side && !(order.IsFinalSeen && row.State.IsLive() && row.Filled < order.Reported);
    }
}
