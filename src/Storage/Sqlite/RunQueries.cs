using Microsoft.Data.Sqlite;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Storage.Journal;

namespace Tradewind.Storage.Sqlite;

/// <summary>Questions about runs. One thread at a time; each answer is what was stored when it was asked.</summary>
public sealed class RunQueries : IDisposable
{
    private const string OfRun = "WHERE run = (SELECT key FROM runs WHERE id = $run)";
    private const string SignalColumns = "SELECT sequence, time, id, strategy, instrument, action, confidence, quantity, order_type, time_in_force, limit_price, stop_price, stop_loss, take_profit, expires, reason FROM signals ";
    private const string OrderColumns = "SELECT sequence, time, id, decision, instrument, side, type, time_in_force, purpose, quantity, limit_price, stop_price, status, filled, broker_order_id, parent FROM orders ";
    private const string FillColumns = "SELECT sequence, time, order_id, execution, strategy, instrument, side, quantity, price, fee, realized_pnl, position_after FROM fills ";
    private const string CheckColumns = "SELECT sequence, decision, instrument, rule, outcome, code, measured, allowed, reduced_to FROM risk_checks ";
    private const string EventColumns = "SELECT sequence, time, kind, strategy, instrument, text FROM events ";
    private const string RunColumns = "SELECT id, kind, account, started, build, configuration, journal, ended, final_hash, inputs, left_out FROM runs ";

    private readonly SqliteStore _store;
    private readonly SqliteConnection _connection;

    internal RunQueries(SqliteStore store, SqliteConnection connection)
    {
        _store = store;
        _connection = connection;
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>The latest runs, latest first.</summary>
    public IReadOnlyList<StoredRun> Runs(int limit) => Query(RunColumns + "ORDER BY started DESC, key DESC LIMIT $limit", ReadRun, ("$limit", limit));

    public StoredRun? Run(string id) => QueryFirst(RunColumns + "WHERE id = $id", ReadRun, ("$id", id));

    /// <summary>The run that the user means by its id or <c>last</c>.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public StoredRun Find(string run) => (run == "last" ? QueryFirst(RunColumns + "ORDER BY started DESC, key DESC", ReadRun) : Run(run))
        ?? throw new InputException($"{_store.Path}: found no run {run}, expected the id of a stored run or last; start one with tradewind run.");

    /// <summary>Sessions that have a journal but no row here, latest first: signs of a database that was restored from an old backup, or exchanged.</summary>
    public IReadOnlyList<string> MissingRuns(JournalDirectory journals) =>
        [.. from entry in journals.List() where Run(entry.Header.Session) is null select entry.Header.Session];

    /// <summary>The latest signals of a run, latest first; in the other lists likewise.</summary>
    public IReadOnlyList<StoredSignal> Signals(string run, int limit) => Latest(SignalColumns, run, limit, ReadSignal);

    public IReadOnlyList<StoredRefusal> Refusals(string run, int limit) => Latest("SELECT sequence, time, strategy, instrument, action, reason FROM refusals ", run, limit,
        row => new StoredRefusal(row.Int64(), row.Time(), row.Text(), row.Text(), row.Word<SignalAction>(), row.Word<SignalRefusal>()));

    public IReadOnlyList<StoredOrder> Orders(string run, int limit) => Latest(OrderColumns, run, limit, ReadOrder);

    public IReadOnlyList<StoredDenial> Denials(string run, int limit) => Latest("SELECT sequence, time, decision, instrument, code, side, type, purpose, quantity, limit_price, stop_price FROM denials ", run, limit,
        row => new StoredDenial(row.Int64(), row.Time(), row.Int64(), row.Text(), row.Word<RiskCode>(), row.Word<Side>(), row.Word<OrderType>(), row.Word<OrderPurpose>(), row.Money(), row.MoneyOrNull(), row.MoneyOrNull()));

    public IReadOnlyList<StoredFill> Fills(string run, int limit) => Latest(FillColumns, run, limit, ReadFill);

    public IReadOnlyList<StoredRoundTrip> RoundTrips(string run, int limit) => Latest("SELECT sequence, strategy, instrument, entered, exited, entry_side, quantity, entry_price, exit_price, gross_pnl, fees FROM round_trips ", run, limit,
        row => new StoredRoundTrip(row.Int64(), row.Text(), row.Text(), row.Time(), row.Time(), row.Word<Side>(), row.Money(), row.Money(), row.Money(), row.Money(), row.Money()));

    public IReadOnlyList<StoredEvent> Events(string run, int limit) => Latest(EventColumns, run, limit, ReadEvent);

    /// <summary>The latest equity marks, oldest first.</summary>
    public IReadOnlyList<EquityMark> Equity(string run, int limit) =>
        [.. Query($"SELECT sequence, time, equity, cash FROM equity {OfRun} ORDER BY time DESC LIMIT $limit", row => new EquityMark(row.Int64(), row.Time(), row.Money(), row.Money()), ("$run", run), ("$limit", limit)).AsEnumerable().Reverse()];

    public IReadOnlyList<StoredPosition> Positions(string run) => Query(
        $"SELECT instrument, strategy, quantity, time FROM positions {OfRun} ORDER BY instrument, strategy", row => new StoredPosition(row.Text(), row.Text(), row.Money(), row.Time()), ("$run", run));

    public StoredOrder? Order(string run, long id) => QueryFirst($"{OrderColumns} {OfRun} AND id = $id", ReadOrder, ("$run", run), ("$id", id));

    /// <summary>Why an order exists and what became of it; null when the run has no such order.</summary>
    public OrderStory? Explain(string run, long orderId)
    {
        if (Order(run, orderId) is not { } order) return null;
        IReadOnlyList<StoredVote> votes = order.Decision == 0 ? [] : Votes(run, order.Decision);
        return new(
            order, Shares(run, orderId), order.Decision == 0 ? null : Decision(run, order.Decision), votes, SignalsBehind(run, votes),
            order.Decision == 0 ? ChecksAt(run, order) : Checks(run, order.Decision), Changes(run, orderId), FillsOf(run, orderId))
        {
            Events = EventsAround(run, order),
            Execution = order.Parent is { } parent ? Execution(run, parent) : null,
        };
    }

    /// <summary>An execution and its orders; null when the run has none of that number.</summary>
    public ExecutionStory? Execution(string run, long number)
    {
        List<StoredEvent> events = Query($"{EventColumns} {OfRun} AND kind = 'ExecutionChanged' AND text LIKE $begin ORDER BY sequence, ordinal", ReadEvent, ("$run", run), ("$begin", FormattableString.Invariant($"execution {number}: %")));
        List<StoredOrder> children = Query($"{OrderColumns} {OfRun} AND parent = $parent ORDER BY id", ReadOrder, ("$run", run), ("$parent", number));
        return events.Count + children.Count == 0 ? null : new(number, events, children);
    }

    public IReadOnlyList<StoredChange> Changes(string run, long orderId) => Query(
        $"SELECT sequence, time, order_id, status, before, filled, cause FROM order_changes {OfRun} AND order_id = $order ORDER BY sequence, ordinal",
        row => new StoredChange(row.Int64(), row.Time(), row.Int64(), row.Word<OrderStatus>(), row.Word<OrderStatus>(), row.Money(), row.TextOrNull()), ("$run", run), ("$order", orderId));

    private List<StoredEvent> EventsAround(string run, StoredOrder order) => Query(
        $"{EventColumns} {OfRun} AND instrument = $instrument AND (kind IN ('ProtectionChanged', 'Alert') AND (sequence = $sequence OR sequence IN (SELECT sequence FROM order_changes {OfRun} AND order_id = $order)) OR kind = 'SignalRaised' AND sequence = (SELECT max(sequence) FROM signals {OfRun} AND instrument = $instrument AND sequence <= $sequence AND strategy IN (SELECT strategy FROM order_shares {OfRun} AND order_id = $order))) ORDER BY sequence, ordinal",
        ReadEvent, ("$run", run), ("$instrument", order.Instrument), ("$sequence", order.Sequence), ("$order", order.Id));

    private static StoredEvent ReadEvent(RowReader row) => new(row.Int64(), row.Time(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Text());

    private List<StoredFill> FillsOf(string run, long orderId) => Query($"{FillColumns} {OfRun} AND order_id = $order ORDER BY sequence, ordinal", ReadFill, ("$run", run), ("$order", orderId));

    private List<StoredShare> Shares(string run, long orderId) => Query(
        $"SELECT strategy, quantity FROM order_shares {OfRun} AND order_id = $order ORDER BY strategy", row => new StoredShare(row.Text(), row.Money()), ("$run", run), ("$order", orderId));

    private StoredDecision? Decision(string run, long id) => QueryFirst(
        $"SELECT sequence, time, id, instrument, action, confidence, target, held FROM decisions {OfRun} AND id = $id",
        row => new StoredDecision(row.Int64(), row.Time(), row.Int64(), row.Text(), row.Word<SignalAction>(), row.Double(), row.Money(), row.Money()), ("$run", run), ("$id", id));

    private List<StoredVote> Votes(string run, long decision) => Query(
        $"SELECT sequence, decision, strategy, signal, action, confidence, weight, target, held FROM votes {OfRun} AND decision = $decision ORDER BY sequence, ordinal",
        row => new StoredVote(row.Int64(), row.Int64(), row.Text(), row.Int64(), row.Word<SignalAction>(), row.Double(), row.Double(), row.Money(), row.Money()), ("$run", run), ("$decision", decision));

    private (StoredSignal, IReadOnlyList<StoredIndicator>)[] SignalsBehind(string run, IReadOnlyList<StoredVote> votes) =>
        [.. from vote in votes
            let signal = QueryFirst($"{SignalColumns} {OfRun} AND id = $id", ReadSignal, ("$run", run), ("$id", vote.Signal))
            where signal is not null
            select (signal, Indicators(run, signal.Id))];

    private List<StoredIndicator> Indicators(string run, long signal) => Query(
        $"SELECT signal, name, output, value FROM indicator_values {OfRun} AND signal = $signal ORDER BY sequence, ordinal",
        row => new StoredIndicator(row.Int64(), row.Text(), (int)row.Int64(), row.DoubleOrNull()), ("$run", run), ("$signal", signal));

    private List<StoredCheck> Checks(string run, long decision) => Query($"{CheckColumns} {OfRun} AND decision = $decision ORDER BY sequence, ordinal", ReadCheck, ("$run", run), ("$decision", decision));

    /// <summary>A protective order comes from no decision: its checks are those of the same input that belong to none.</summary>
    private List<StoredCheck> ChecksAt(string run, StoredOrder order) => Query(
        $"{CheckColumns} {OfRun} AND decision = 0 AND sequence = $sequence ORDER BY sequence, ordinal", ReadCheck, ("$run", run), ("$sequence", order.Sequence));

    private List<T> Latest<T>(string select, string run, int limit, Func<RowReader, T> read) =>
        Query($"{select} {OfRun} ORDER BY sequence DESC, ordinal DESC LIMIT $limit", read, ("$run", run), ("$limit", limit));

    private List<T> Query<T>(string sql, Func<RowReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return _store.Guard(() =>
        {
            List<T> found = [];
            using SqliteDataReader reader = command.ExecuteReader();
            var row = new RowReader(reader);
            while (row.Next()) found.Add(read(row));
            return found;
        });
    }

    private T? QueryFirst<T>(string sql, Func<RowReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters) where T : class
    {
        List<T> found = Query($"{sql} LIMIT 1", read, parameters);
        return found.Count == 0 ? null : found[0];
    }

    private static StoredRun ReadRun(RowReader row) =>
        new(row.Text(), row.Text(), row.Text(), row.Time(), row.Text(), row.Text(), row.TextOrNull())
        {
            Ended = row.TimeOrNull(),
            FinalHash = row.TextOrNull() is { } hash ? HashText.Parse(hash) : null,
            Inputs = row.Int64OrNull(),
            LeftOut = row.Int64(),
        };

    private static StoredSignal ReadSignal(RowReader row) => new(
        row.Int64(), row.Time(), row.Int64(), row.Text(), row.Text(), row.Word<SignalAction>(), row.Double(), row.MoneyOrNull(), row.Word<OrderType>(), row.Word<TimeInForce>(),
        row.MoneyOrNull(), row.MoneyOrNull(), row.MoneyOrNull(), row.MoneyOrNull(), row.Time(), row.Text());

    private static StoredOrder ReadOrder(RowReader row) => new(
        row.Int64(), row.Time(), row.Int64(), row.Int64(), row.Text(), row.Word<Side>(), row.Word<OrderType>(), row.Word<TimeInForce>(), row.Word<OrderPurpose>(),
        row.Money(), row.MoneyOrNull(), row.MoneyOrNull(), row.Word<OrderStatus>(), row.Money(), row.TextOrNull())
    { Parent = row.Int64OrNull() };

    private static StoredFill ReadFill(RowReader row) => new(
        row.Int64(), row.Time(), row.Int64OrNull(), row.Int64(), row.Text(), row.Text(), row.Word<Side>(), row.Money(), row.Money(), row.Money(), row.Money(), row.Money());

    private static StoredCheck ReadCheck(RowReader row) => new(
        row.Int64(), row.Int64(), row.Text(), row.Text(),
        new(row.Word<RiskOutcome>(), row.Word<RiskCode>(), row.DoubleOrNull() ?? double.NaN, row.DoubleOrNull() ?? double.NaN, row.Money()));
}
