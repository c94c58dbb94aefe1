using Microsoft.Data.Sqlite;

namespace Tradewind.Storage.Sqlite;

/// <summary>The statements that store a run, prepared once.</summary>
internal sealed class RunStatements(SqliteConnection connection) : IDisposable
{
    private const string Key = "run, sequence, ordinal, ";

    private readonly List<Statement> _all = [];

    public Statement Signal => field ??= Row("signals", "time, id, strategy, instrument, action, confidence, quantity, order_type, time_in_force, limit_price, stop_price, stop_loss, take_profit, expires, reason");

    public Statement Refusal => field ??= Row("refusals", "time, strategy, instrument, action, reason");

    public Statement Indicator => field ??= Row("indicator_values", "signal, name, output, value");

    public Statement Vote => field ??= Row("votes", "decision, strategy, signal, action, confidence, weight, target, held");

    public Statement Decision => field ??= Row("decisions", "time, id, instrument, action, confidence, target, held");

    public Statement Check => field ??= Row("risk_checks", "decision, instrument, rule, outcome, code, measured, allowed, reduced_to");

    public Statement Order => field ??= Keep(Statement.Insert(connection, "orders", 2,
        "run, id, sequence, ordinal, time, decision, instrument, side, type, time_in_force, purpose, quantity, limit_price, stop_price, status, filled, parent"));

    public Statement Share => field ??= Keep(Statement.Insert(connection, "order_shares", 3, "run, order_id, strategy, quantity"));

    public Statement Denial => field ??= Row("denials", "time, decision, instrument, code, side, type, purpose, quantity, limit_price, stop_price");

    public Statement Change => field ??= Row("order_changes", "time, order_id, status, before, filled, cause");

    public Statement Progress => field ??= Keep(new(connection, "UPDATE orders SET status = $3, filled = $4, broker_order_id = coalesce($5, broker_order_id) WHERE run = $1 AND id = $2", 5));

    public Statement Fill => field ??= Row("fills", "time, order_id, execution, strategy, instrument, side, quantity, price, fee, realized_pnl, position_after");

    /// <summary>A position recorded again must not overwrite a later one.</summary>
    public Statement Position => field ??= Keep(new(connection, """
        INSERT INTO positions (run, instrument, strategy, quantity, sequence, ordinal, time) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (run, instrument, strategy) DO UPDATE SET quantity = excluded.quantity, sequence = excluded.sequence, ordinal = excluded.ordinal, time = excluded.time
        WHERE (excluded.sequence, excluded.ordinal) > (positions.sequence, positions.ordinal)
        """, 7));

    public Statement RoundTrip => field ??= Row("round_trips", "strategy, instrument, entered, exited, entry_side, quantity, entry_price, exit_price, gross_pnl, fees");

    public Statement Equity => field ??= Keep(Statement.Insert(connection, "equity", 2, "run, time, sequence, equity, cash"));

    public Statement Event => field ??= Row("events", "time, kind, strategy, instrument, text");

    public Statement LeftOut => field ??= Keep(new(connection, "UPDATE runs SET left_out = $2 WHERE key = $1", 2));

    public Statement End => field ??= Keep(new(connection, "UPDATE runs SET ended = $2, final_hash = $3, inputs = $4, left_out = $5 WHERE key = $1", 5));

    public void Dispose()
    {
        foreach (Statement statement in _all) statement.Dispose();
    }

    private Statement Row(string table, string columns) => Keep(Statement.Insert(connection, table, 3, Key + columns));

    private Statement Keep(Statement statement)
    {
        _all.Add(statement);
        return statement;
    }
}
