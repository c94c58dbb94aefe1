using System.Globalization;
using Microsoft.Data.Sqlite;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Storage.Sqlite;

/// <summary>Turns the outputs of one run into rows. Rows that are there already stay as they are.</summary>
internal sealed class RunRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly RunNames _names;
    private readonly RunStatements _statements;
    private readonly long _run;
    private long _leftOut;
    private SqliteTransaction _transaction = null!;

    public RunRows(SqliteConnection connection, StoredRun run, RunNames names)
    {
        _connection = connection;
        _names = names;
        _statements = new(connection);
        _run = AddRun(run);
    }

    public void Dispose() => _statements.Dispose();

    /// <summary>Stores a batch in one transaction: all of it, or nothing and an exception.</summary>
    /// <param name="end">The run's end, when this is the last batch of a run that ended in order.</param>
    /// <param name="leftOut">Outputs that never came here.</param>
    public void Store(ReadOnlySpan<RecorderItem> batch, RunEnd? end, long leftOut)
    {
        using SqliteTransaction transaction = _transaction = _connection.BeginTransaction(deferred: false);
        foreach (ref readonly RecorderItem item in batch) Insert(in item);
        if (leftOut != _leftOut) _statements.LeftOut.Run(transaction, _run, leftOut);
        if (end is not null) _statements.End.Run(transaction, _run, end.Ended, HashText.Of(end.FinalHash), end.Inputs, leftOut);
        transaction.Commit();
        _leftOut = leftOut;
    }

    private long AddRun(StoredRun run)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        using var insert = Statement.Insert(_connection, "runs", 1, "id, kind, account, started, journal, configuration, build");
        insert.Run(transaction, run.Id, run.Kind, run.Account, run.Started, run.Journal, run.Configuration, run.Build);
        using SqliteCommand find = _connection.CreateCommand();
        find.Transaction = transaction;
        find.CommandText = "SELECT key FROM runs WHERE id = $id";
        find.Parameters.AddWithValue("$id", run.Id);
        long key = Convert.ToInt64(find.ExecuteScalar(), CultureInfo.InvariantCulture);
        transaction.Commit();
        return key;
    }

    private void Insert(in RecorderItem item)
    {
        ref readonly Output output = ref item.Output;
        switch (output.Kind)
        {
            case OutputKind.None: InsertEquity(item.Mark); break;
            case OutputKind.SignalRaised: InsertSignal(in item, output.Signal); InsertTerms(in item, output.Signal); break;
            case OutputKind.SignalRefused: Insert(_statements.Refusal, in item, output.Time, Strategy(output), Instrument(output), output.SignalRefused.Action, output.SignalRefused.Reason); break;
            case OutputKind.IndicatorRead: Insert(_statements.Indicator, in item, output.IndicatorRead.Signal, output.Text, output.IndicatorRead.Output, output.IndicatorRead.Value); break;
            case OutputKind.VoteCast: InsertVote(in item, output.VoteCast.Vote); break;
            case OutputKind.DecisionMade: InsertDecision(in item, output.DecisionMade); break;
            case OutputKind.RiskChecked: InsertCheck(in item, output.RiskChecked); break;
            case OutputKind.OrderSubmitted: InsertOrder(in item, output.Order, OrderStatus.Sending, 0m); break;
            case OutputKind.OrderCarried: InsertCarried(in item, output.Order); break;
            case OutputKind.PositionCarried: InsertPosition(in item, output.PositionCarried.Quantity, Strategy(output)); break;
            case OutputKind.OrderDenied: InsertDenial(in item, output.OrderDenied); break;
            case OutputKind.ModifyRequested: InsertEvent(in item, Asked(output.Order, output.Terms)); break;
            case OutputKind.AccountStateChanged: InsertEvent(in item, $"{output.AccountStateChanged.Before} to {output.AccountStateChanged.State}: {output.Text ?? "no further words"}"); break;
            case OutputKind.OrderChanged: InsertChange(in item, output.OrderChanged); break;
            case OutputKind.FillBooked: InsertFill(in item, output.Fill); break;
            case OutputKind.RoundTripClosed: InsertRoundTrip(in item); break;
            case OutputKind.StrategySuspended:
            case OutputKind.StrategyResumed:
            case OutputKind.Alert: InsertEvent(in item, output.Text ?? ""); break;
            case OutputKind.ProtectionChanged: InsertEvent(in item, output.ProtectionChanged.Sentence()); break;
            case OutputKind.ExecutionChanged: InsertEvent(in item, output.ExecutionChanged.Sentence(output.Text)); break;
            case OutputKind.TradingStateChanged: InsertEvent(in item, $"{output.TradingStateChanged.Before} to {output.TradingStateChanged.State}"); break;
        }
    }

    private void InsertEquity(in EquityMark mark) => _statements.Equity.Run(_transaction, _run, mark.Time, mark.Sequence, mark.Equity, mark.Cash);

    private void InsertSignal(in RecorderItem item, Signal signal) => Insert(
        _statements.Signal, in item, signal.Time, signal.Id, _names.Strategy(signal.Strategy), _names.Instrument(signal.Instrument), signal.Action, signal.Confidence,
        signal.Quantity, signal.OrderType, signal.TimeInForce, signal.LimitPrice, signal.StopPrice, signal.StopLoss, signal.TakeProfit, signal.Expires, signal.Reason);

    /// <summary>What has no column of its own.</summary>
    private void InsertTerms(in RecorderItem item, Signal signal)
    {
        if (signal.Terms() is { } terms) InsertEvent(in item, $"{signal.Action} ({signal.Reason}): {terms}");
    }

    private void InsertVote(in RecorderItem item, in Vote vote) => Insert(
        _statements.Vote, in item, item.Output.VoteCast.Decision, _names.Strategy(vote.Strategy), vote.Signal, vote.Action, vote.Confidence, vote.StrategyWeight, vote.Target, vote.Held);

    private void InsertDecision(in RecorderItem item, in DecisionMade made) => Insert(
        _statements.Decision, in item, item.Output.Time, made.Id, Instrument(item.Output), made.Action, made.Confidence, made.Target, made.Held);

    private void InsertCheck(in RecorderItem item, in RiskChecked check) => Insert(
        _statements.Check, in item, check.Decision, Instrument(item.Output), item.Output.Text, check.Result.Outcome, check.Result.Code, check.Result.Measured, check.Result.Limit, check.Result.ReducedTo);

    private static string Asked(Order order, in OrderTerms terms) => string.Create(
        CultureInfo.InvariantCulture, $"order {order.Id} is to be {terms.Side} {terms.Quantity}{Price("limit", terms.LimitPrice)}{Price("stop", terms.StopPrice)}");

    private static string Price(string name, decimal price) => price == 0m ? "" : string.Create(CultureInfo.InvariantCulture, $", {name} {price}");

    private void InsertOrder(in RecorderItem item, Order order, OrderStatus status, decimal filled)
    {
        // What is stored later than it was modified is still what was sent.
        OrderTerms sent = order.FirstTerms;
        _statements.Order.Run(
            _transaction, _run, order.Id.Value, item.Sequence, item.Ordinal, item.Output.Time, order.Decision, Instrument(item.Output), sent.Side, sent.Type, sent.TimeInForce, sent.Purpose,
            sent.Quantity, Present(sent.LimitPrice), Present(sent.StopPrice), status, filled, order.Parent == 0 ? null : order.Parent);
        for (int i = 0; i < order.ShareCount; i++)
        {
            OrderShare share = order.Share(i);
            _statements.Share.Run(_transaction, _run, order.Id.Value, _names.Holder(share.Strategy), order.ShareCount == 1 ? sent.SignedQuantity : share.Quantity);
        }
    }

    /// <summary>Its number at the broker was told to the session before.</summary>
    private void InsertCarried(in RecorderItem item, Order order)
    {
        OrderChanged then = item.Output.OrderChanged;
        InsertOrder(in item, order, then.Status, then.FilledQuantity);
        _statements.Progress.Run(_transaction, _run, order.Id.Value, then.Status, then.FilledQuantity, order.BrokerOrderId);
    }

    private void InsertDenial(in RecorderItem item, in OrderDenied denied) => Insert(
        _statements.Denial, in item, item.Output.Time, denied.Decision, Instrument(item.Output), denied.Code, denied.Terms.Side, denied.Terms.Type, denied.Terms.Purpose,
        denied.Terms.Quantity, Present(denied.Terms.LimitPrice), Present(denied.Terms.StopPrice));

    private void InsertChange(in RecorderItem item, in OrderChanged changed)
    {
        string? words = item.Output.Text;
        string cause = words is null ? changed.Event.ToString() : $"{changed.Event}: {words}";
        Insert(_statements.Change, in item, item.Output.Time, changed.Order.Value, changed.Status, changed.Before, changed.FilledQuantity, cause);
        string? brokerOrderId = changed.Event == OrderEvent.Accepted ? words : null; // the words of an acceptance are the broker's number
        _statements.Progress.Run(_transaction, _run, changed.Order.Value, changed.Status, changed.FilledQuantity, brokerOrderId);
    }

    private void InsertFill(in RecorderItem item, in Fill fill)
    {
        string strategy = _names.Holder(fill.Strategy);
        Insert(
            _statements.Fill, in item, item.Output.Time, fill.Order.IsNone ? null : fill.Order.Value, fill.Execution, strategy, Instrument(item.Output), fill.Side,
            fill.Quantity, fill.Price, fill.Fee, fill.RealizedPnl, fill.PositionAfter);
        InsertPosition(in item, fill.PositionAfter, strategy);
    }

    private void InsertPosition(in RecorderItem item, decimal quantity, string? strategy) =>
        _statements.Position.Run(_transaction, _run, Instrument(item.Output), strategy, quantity, item.Sequence, item.Ordinal, item.Output.Time);

    private void InsertRoundTrip(in RecorderItem item)
    {
        Core.Portfolio.RoundTrip trip = item.Output.RoundTrip;
        Insert(
            _statements.RoundTrip, in item, _names.Strategy(trip.Strategy), Instrument(item.Output), trip.Entered, trip.Exited, trip.EntrySide,
            trip.Quantity, trip.EntryPrice, trip.ExitPrice, trip.GrossPnl, trip.Fees);
    }

    private void InsertEvent(in RecorderItem item, string text) => Insert(
        _statements.Event, in item, item.Output.Time, item.Output.Kind, Strategy(item.Output), Instrument(item.Output), text);

    /// <summary>Runs an insert whose first columns are the run, the sequence and the ordinal.</summary>
    private void Insert(Statement statement, in RecorderItem item, params ReadOnlySpan<object?> values) =>
        statement.Run(_transaction, [_run, item.Sequence, item.Ordinal, .. values]);

    private string? Instrument(in Output output) => _names.Instrument(output.Instrument);

    private string? Strategy(in Output output) => _names.Strategy(output.Strategy);

    /// <summary>An order has no price of 0: it stands for none.</summary>
    private static decimal? Present(decimal price) => price == 0m ? null : price;
}
