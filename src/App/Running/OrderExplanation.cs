using System.Globalization;
using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Sqlite;

namespace Tradewind.App.Running;

/// <summary>Tells why an order exists: the market event, what the indicators showed, what each strategy wished, the vote, the checks, the broker's words.</summary>
internal static class OrderExplanation
{
    public static void Write(OrderStory story, IReadOnlyDictionary<long, JournalEntry> causes, SizingSettings sizing, TextWriter output)
    {
        StoredOrder order = story.Order;
        output.WriteLine(Invariant($"Order {order.Id}: {order.Side} {order.Quantity} {order.Instrument} {Terms(order)}, for {(order.Parent is { } parent ? Invariant($"a part of execution {parent}") : Purpose(order.Purpose))} · {order.Status}, filled {order.Filled}"));
        WriteCause(order.Sequence, causes, output);
        WriteSignals(story, causes, output);
        WriteSizing(story, sizing, output);
        WriteVote(story, output);
        WriteChecks(story, output);
        if (story.Execution is { } execution) ExecutionExplanation.Write(execution, output);
        WriteProtection(story, causes, output);
        output.WriteLine();
        output.WriteLine(order.BrokerOrderId is { } id ? $"Broker (its number: {id})" : "Broker");
        foreach (StoredChange change in story.Changes) output.WriteLine(Invariant($"  {change.Time}  {change.Before} → {change.Status}, filled {change.Filled}{(change.Cause is { } cause ? $": {cause}" : "")}   {Place(change.Sequence, causes)}"));
        HashSet<(long, string)> booked = [];
        foreach (StoredFill fill in story.Fills) output.WriteLine(Invariant($"  {fill.Time}  {(booked.Add((fill.Execution, fill.Strategy)) ? "filled" : "taken back by the venue:")} {fill.Side} {fill.Quantity} at {fill.Price} for {fill.Strategy}, fee {fill.Fee}; its position is {fill.PositionAfter}   {Place(fill.Sequence, causes)}"));
    }

    private static void WriteProtection(OrderStory story, IReadOnlyDictionary<long, JournalEntry> causes, TextWriter output)
    {
        if (story.Events.Count == 0) return;
        output.WriteLine();
        output.WriteLine("Protection and alerts at its time");
        foreach (StoredEvent said in story.Events) output.WriteLine(Invariant($"  {said.Time}  {said.Text}   {Place(said.Sequence, causes)}"));
    }

    /// <summary>Journal sequences of the inputs that the story rests on.</summary>
    public static HashSet<long> Sequences(OrderStory story) =>
        [story.Order.Sequence, .. story.Signals.Select(behind => behind.Signal.Sequence), .. story.Changes.Select(change => change.Sequence), .. story.Fills.Select(fill => fill.Sequence)];

    private static void WriteCause(long sequence, IReadOnlyDictionary<long, JournalEntry> causes, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Market");
        output.WriteLine(causes.TryGetValue(sequence, out JournalEntry entry)
            ? $"  {Words(entry.Input)}   {Place(sequence, causes)}"
            : $"  input {sequence} of the session; its journal is not at hand");
    }

    private static void WriteSignals(OrderStory story, IReadOnlyDictionary<long, JournalEntry> causes, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Signals");
        if (story.Signals.Count == 0) output.WriteLine("  none: the order protects or closes a position");
        foreach ((StoredSignal signal, IReadOnlyList<StoredIndicator> indicators) in story.Signals)
        {
            output.WriteLine(Invariant($"  {signal.Time}  {signal.Strategy}: {signal.Action}, confidence {signal.Confidence:0.###}: {signal.Reason}   {Place(signal.Sequence, causes)}"));
            string[] values = [.. indicators.Select(indicator => Invariant($"{ColumnName(indicator)} {(indicator.Value is { } value ? value.ToString("0.######", CultureInfo.InvariantCulture) : "not ready")}"))];
            if (values.Length > 0) output.WriteLine($"      {string.Join(" · ", values)}");
        }
    }

    private static void WriteSizing(OrderStory story, SizingSettings sizing, TextWriter output)
    {
        if (story.Signals.Count == 0) return;
        output.WriteLine();
        output.WriteLine("Sizing");
        output.WriteLine($"  {sizing.Words()}");
        foreach (StoredVote vote in story.Votes) output.WriteLine(Invariant($"  {vote.Strategy}: {vote.Action} means to hold {vote.Target}"));
        output.WriteLine(Invariant($"  the order: {story.Order.Side} {story.Order.Quantity}"));
    }

    /// <summary>As the status page and tables name it: <c>macd(12,26,9).signal</c>; an indicator of the user's own goes by its number.</summary>
    private static string ColumnName(StoredIndicator indicator)
    {
        string name = indicator.Name.Split(" on ")[0];
        try
        {
            return IndicatorLibrary.BuiltIn.Create(name).ColumnName(indicator.Output);
        }
        catch (InputException)
        {
            return Invariant($"{indicator.Name}[{indicator.Output}]");
        }
    }

    private static void WriteVote(OrderStory story, TextWriter output)
    {
        if (story.Decision is not { } decision) return;
        output.WriteLine();
        output.WriteLine(Invariant($"Decision {decision.Id}: {decision.Action}, {decision.Confidence:P0} of the weight; to hold {decision.Target}, held {decision.Held}"));
        foreach (StoredVote vote in story.Votes) output.WriteLine(Invariant($"  {vote.Strategy}: {vote.Action}, confidence {vote.Confidence:0.###} × weight {vote.Weight:0.##}; wishes {vote.Target}, holds {vote.Held}"));
    }

    private static void WriteChecks(OrderStory story, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Risk checks");
        foreach (StoredCheck check in story.Checks) output.WriteLine($"  {check.Rule}: {check.Result.Outcome}, {check.Result.Sentence()}");
        if (story.Checks.Count == 0) output.WriteLine("  none applies to an order that only reduces a position");
    }

    private static string Words(in Input input) => input.Kind switch
    {
        InputKind.Trade => Invariant($"{input.Time}  trade of {input.Trade.Size} at {input.Trade.Price}"),
        InputKind.Quote => Invariant($"{input.Time}  quote {input.Quote.Bid} / {input.Quote.Ask}"),
        InputKind.Bar => Invariant($"{input.Time}  bar closed at {input.Bar.Close}"),
        InputKind.Timer => Invariant($"{input.Time}  the clock closed a bar, a wish lapsed, or a stop was missing for too long"),
        InputKind.Broker => Invariant($"{input.Time}  the broker said {input.Broker.Kind} of order {input.Broker.Order}"),
        InputKind.Account => Invariant($"{input.Time}  the broker said {input.Account.Kind} of the account"),
        InputKind.Command => Invariant($"{input.Time}  an operator commanded {input.Command.Kind}"),
        _ => Invariant($"{input.Time}  {input.Kind}"),
    };

    private static string Place(long sequence, IReadOnlyDictionary<long, JournalEntry> causes) =>
        causes.TryGetValue(sequence, out JournalEntry entry) ? $"[journal {sequence} at byte {entry.Offset}]" : $"[journal {sequence}]";

    private static string Terms(StoredOrder order) => order.Type switch
    {
        OrderType.Limit => Invariant($"limit {order.LimitPrice}"),
        OrderType.Stop => Invariant($"stop {order.StopPrice}"),
        OrderType.StopLimit => Invariant($"stop {order.StopPrice} limit {order.LimitPrice}"),
        _ => "at the market",
    };

    private static string Purpose(OrderPurpose purpose) => purpose switch
    {
        OrderPurpose.StopLoss => "the protective stop",
        OrderPurpose.TakeProfit => "the profit target",
        OrderPurpose.Flatten => "closing the position",
        _ => "the wanted position",
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
