using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>
/// Finds a user hub that is connected and silent. That nothing comes proves nothing, since nothing may happen; but an order that two
/// lists show in two states, and of which the hub has not told the second, does.
/// </summary>
internal sealed class StreamWatch(TimeProvider time)
{
    /// <summary>A late event is not a missing one.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastBetween = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Order> _orders = [];
    private long? _reconnectedAt;

    private sealed class Order
    {
        public (WireOrderStatus Status, long Filled)? Listed { get; set; }

        public (WireOrderStatus Status, long Filled)? Streamed { get; set; }

        /// <summary>Since when lists show what the hub has not told.</summary>
        public long? AheadSince { get; set; }
    }

    /// <summary>A new stream owes nothing of what happened before it.</summary>
    public void StreamUp()
    {
        lock (_gate) _orders.Clear();
    }

    public void See(OrderRow row, bool isStream)
    {
        lock (_gate)
        {
            if (!_orders.TryGetValue(row.Id, out Order? order)) _orders.Add(row.Id, order = new());
            (WireOrderStatus, long) state = (row.Status, row.FillVolume);
            if (isStream)
            {
                order.Streamed = state;
                order.AheadSince = null;
                if (order.Listed == state && VenueRows.StateOf(row.Status).IsFinal()) _orders.Remove(row.Id);
                return;
            }
            bool isNews = order.Listed is { } before && before != state && order.Streamed != state;
            order.Listed = state;
            if (isNews) order.AheadSince ??= time.GetTimestamp();
        }
    }

    /// <summary>True once when the hub should be connected anew.</summary>
    public bool IsSilent()
    {
        lock (_gate)
        {
            if (_reconnectedAt is { } last && time.GetElapsedTime(last) < LeastBetween) return false;
            if (!_orders.Values.Any(order => order.AheadSince is { } since && time.GetElapsedTime(since) >= Late)) return false;
            _reconnectedAt = time.GetTimestamp();
            return true;
        }
    }
}
