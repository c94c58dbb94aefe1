using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Faults;

/// <summary>Remembers how orders and positions were in the last minute of market time, so that a search can lag. Used within the trading gate.</summary>
internal sealed class RecentPast(FaultDesk desk, IVenueEvents told) : IVenueEvents
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Changes<long, OrderRow> _orders = new();
    private readonly Changes<(int Account, string Contract), PositionRow> _positions = new();

    /// <summary>Market time, within a step too.</summary>
    public Func<Timestamp> Now { get; set; } = static () => Timestamp.MinValue;

    public void Account(TradingAccount account) => told.Account(account);

    public void Order(VenueOrder order)
    {
        if (!order.IsHidden) _orders.Note(Now(), order.Id, Rows.Of(order, isRest: true), order.Status.IsTerminal());
        told.Order(order);
    }

    public void Position(Holding holding)
    {
        _positions.Note(Now(), (holding.AccountId, holding.Contract.Id), Rows.Of(holding, isRest: true), holding.Net == 0);
        told.Position(holding);
    }

    public void Trade(VenueTrade trade, bool isNew) => told.Trade(trade, isNew);

    public void Kept(TradingAccount account) => told.Kept(account);

    public void Kept(VenueOrder order) => told.Kept(order);

    public void EndStep(TradingVenue venue)
    {
        _orders.Forget(venue.Now, Longest);
        _positions.Forget(venue.Now, Longest);
        told.EndStep(venue);
    }

    /// <summary>The instant that a search shows: now, unless the fault strikes.</summary>
    public Timestamp? AsOf(string path, int accountId, Timestamp now)
    {
        if (desk.Strike(FaultKind.SnapshotLag, path, accountId) is not { } lag) return null;
        return now - (lag.EffectiveDelay < Longest ? lag.EffectiveDelay : Longest);
    }

    /// <summary>The orders of an account as they were; what is older than a minute is as it is.</summary>
    public IEnumerable<OrderRow> Orders(IEnumerable<OrderRow> now, int accountId, Timestamp asOf) => _orders.Undo(now, row => row.Id, row => row.AccountId == accountId, asOf);

    public IEnumerable<PositionRow> Positions(IEnumerable<PositionRow> now, int accountId, Timestamp asOf) =>
        _positions.Undo(now, row => (row.AccountId, row.ContractId), row => row.AccountId == accountId, asOf).Where(row => row.Size != 0);

    /// <summary>The latest row of each key, and what it was before.</summary>
    private sealed class Changes<TKey, TRow> where TKey : notnull where TRow : class
    {
        private readonly Dictionary<TKey, (TRow Row, long Number)> _latest = [];
        private readonly Queue<Change> _past = new();
        private long _number;

        /// <param name="Number">Of this change among all.</param>
        private readonly record struct Change(Timestamp Time, TKey Key, TRow? Before, long Number, bool IsOver);

        public void Note(Timestamp now, TKey key, TRow row, bool isOver)
        {
            _past.Enqueue(new(now, key, _latest.GetValueOrDefault(key).Row, ++_number, isOver));
            _latest[key] = (row, _number);
        }

        public void Forget(Timestamp now, TimeSpan longest)
        {
            while (_past.TryPeek(out Change first) && now - first.Time > longest)
            {
                _past.Dequeue();
                if (first.IsOver && _latest[first.Key].Number == first.Number) _latest.Remove(first.Key);
            }
        }

        public IEnumerable<TRow> Undo(IEnumerable<TRow> now, Func<TRow, TKey> keyOf, Func<TRow, bool> isMeant, Timestamp asOf)
        {
            Dictionary<TKey, TRow?> before = [];
            foreach (Change change in _past.Reverse())
            {
                if (change.Time <= asOf) break;
                if (isMeant(_latest[change.Key].Row)) before[change.Key] = change.Before;
            }
            return now.Where(row => !before.ContainsKey(keyOf(row))).Concat(before.Values.OfType<TRow>());
        }
    }
}
