using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>An account at a venue as it really is, and as it was at any time before. It knows nothing of the synchroniser: what it holds is the truth that tests compare with.</summary>
internal sealed class TruthVenue
{
    private readonly Dictionary<string, List<(Timestamp At, VenueOrder Row)>> _orders = [];
    private readonly List<string> _ids = [];
    private readonly List<(Timestamp At, VenueFill Row)> _fills = [];
    private readonly Dictionary<int, List<(Timestamp At, VenuePosition Row)>> _positions = [];
    private long _lastOrder = 3_425_000_000;
    private long _lastExecution = 3_004_000_000;

    public Timestamp Now { get; set; }

    public Timestamp ChangedAt { get; private set; }

    public VenueAccount Account { get; private set; } = new(50_000m, true);

    /// <summary>How long an execution stays out of all lists.</summary>
    public Func<TimeSpan> Hidden { get; set; } = () => TimeSpan.Zero;

    /// <summary>What the venue's stream would tell, in the order in which it happens.</summary>
    public Action<object> Tell { get; set; } = _ => { };

    public IEnumerable<VenueOrder> Orders => _ids.Select(id => _orders[id][^1].Row);

    public IEnumerable<VenueFill> Fills => _fills.Select(fill => fill.Row).GroupBy(fill => fill.ExecutionId).Select(versions => versions.Last());

    /// <summary>How often an order with the client id was placed.</summary>
    public Dictionary<string, int> Placed { get; } = [];

    public VenueOrder Order(string venueId) => _orders[venueId][^1].Row;

    public VenueOrder? ByClientId(string clientId) => Orders.Cast<VenueOrder?>().LastOrDefault(order => order!.Value.ClientId == clientId);

    public decimal Position(int instrument) => _positions.TryGetValue(instrument, out List<(Timestamp, VenuePosition Row)>? rows) ? rows[^1].Row.Quantity : 0m;

    public IEnumerable<int> Instruments => _positions.Keys;

    public VenueOrder Place(string? clientId, int instrument, Side side, OrderType type, decimal quantity, decimal limit = 0m, decimal stop = 0m, VenueOrderState state = VenueOrderState.Working, string? venueId = null)
    {
        if (clientId is not null) Placed[clientId] = Placed.GetValueOrDefault(clientId) + 1;
        string id = venueId ?? (++_lastOrder).ToString(CultureInfo.InvariantCulture);
        var order = new VenueOrder(id, clientId, instrument, side, type, quantity, 0m, null, limit, stop, state, Now);
        if (!_ids.Contains(id)) _ids.Add(id);
        Note(order);
        return order;
    }

    public void Change(string venueId, Func<VenueOrder, VenueOrder> change) => Note(change(Order(venueId)) with { Updated = Now });

    public void End(string venueId, VenueOrderState state) => Change(venueId, order => order with { State = state });

    /// <summary>An execution: the order's row, the execution and the position, as three rows of one event.</summary>
    public VenueFill Fill(string venueId, decimal quantity, decimal price, decimal fee = 0.36m)
    {
        VenueOrder order = Order(venueId);
        decimal filled = order.Filled + quantity;
        decimal average = ((order.AveragePrice ?? 0m) * order.Filled + price * quantity) / filled;
        VenueOrderState state = filled >= order.Quantity ? VenueOrderState.Filled : order.State;
        Note(order with { Filled = filled, AveragePrice = average, State = state, Updated = Now });
        var fill = new VenueFill(++_lastExecution, venueId, order.Instrument, order.Side, quantity, price, fee, Now);
        TimeSpan hidden = Hidden();
        _fills.Add((Now + hidden, fill));
        if (hidden == TimeSpan.Zero) Tell(fill);
        Move(order.Instrument, fill.SignedQuantity, price);
        return fill;
    }

    /// <summary>Somebody else trades on the account: an order without an id of ours, filled at once.</summary>
    public VenueFill TradeByHand(int instrument, Side side, decimal quantity, decimal price) => Fill(Place(null, instrument, side, OrderType.Market, quantity).VenueId, quantity, price);

    public void Void(long executionId)
    {
        VenueFill fill = Fills.Single(fill => fill.ExecutionId == executionId) with { IsVoided = true };
        _fills.Add((Now, fill));
        Tell(fill);
        Move(fill.Instrument, -fill.SignedQuantity, fill.Price);
    }

    /// <summary>The position changes and nobody says why.</summary>
    public void Move(int instrument, decimal signed, decimal price)
    {
        decimal before = Position(instrument), after = before + signed;
        decimal average = before == 0m || Math.Sign(after) != Math.Sign(before) ? price : _positions[instrument][^1].Row.AveragePrice;
        if (before != 0m && Math.Sign(before) == Math.Sign(signed)) average = (before * _positions[instrument][^1].Row.AveragePrice + signed * price) / after;
        var row = new VenuePosition(instrument, after, average);
        if (!_positions.TryGetValue(instrument, out List<(Timestamp, VenuePosition)>? rows)) _positions.Add(instrument, rows = []);
        rows.Add((Now, row));
        ChangedAt = Now;
        Tell(row);
    }

    public void Set(VenueAccount account)
    {
        Account = account;
        Tell(account);
    }

    public VenueOrder[] OrdersAsOf(Timestamp time) => [.. _ids.Select(id => _orders[id].FindLast(version => version.At <= time)).Where(version => version.Row.VenueId is not null).Select(version => version.Row)];

    public VenueFill[] FillsAsOf(Timestamp time) => [.. _fills.Where(fill => fill.At <= time).GroupBy(fill => fill.Row.ExecutionId).Select(versions => versions.Last().Row)];

    public VenuePosition[] PositionsAsOf(Timestamp time) => [.. _positions.Values.Select(rows => rows.FindLast(version => version.At <= time).Row).Where(row => row.Quantity != 0m)];

    private void Note(in VenueOrder order)
    {
        if (!_orders.TryGetValue(order.VenueId, out List<(Timestamp, VenueOrder)>? versions)) _orders.Add(order.VenueId, versions = []);
        versions.Add((Now, order));
        ChangedAt = Now;
        Tell(order);
    }
}
