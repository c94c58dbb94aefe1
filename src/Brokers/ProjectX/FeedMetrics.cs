using System.Diagnostics.Metrics;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX;

/// <summary>The feed's counters, as the meter <c>Tradewind.ProjectX</c> and for its own health.</summary>
/// <remarks>Counted on the receiving thread with plain additions and read by whoever listens, so that a message costs nothing more.</remarks>
internal sealed class FeedMetrics : IDisposable
{
    public const string MeterName = "Tradewind.ProjectX";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _restDuration;
    private readonly Counter<long> _dropped;
    private long _messages;
    private long _unreadable;
    private long _conflated;
    private long _covered;
    private long _late;
    private long _delivered;
    private long _disbelieved;
    private int _connections;
    private int _restInFlight;

    public FeedMetrics()
    {
        _meter.CreateObservableCounter("projectx.messages", () => Messages, "messages", "Payload messages received from the market hub.");
        _meter.CreateObservableCounter("projectx.unreadable", () => Unreadable, "messages", "Messages or entries that could not be read and were dropped.");
        _meter.CreateObservableCounter("projectx.reconnects", () => Reconnects, "connections", "Connections to the market hub after the first.");
        _meter.CreateObservableCounter("projectx.quotes.conflated", () => Conflated, "quotes", "Quotes replaced by a newer one before the engine took them.");
        _meter.CreateObservableCounter("projectx.trades.covered", () => Covered, "trades", "Trades left out because back-filled bars contain them.");
        _meter.CreateObservableCounter("projectx.trades.late", () => Interlocked.Read(ref _late), "trades", "Trades older than one received before.");
        _meter.CreateObservableUpDownCounter("projectx.rest.in_flight", () => RestInFlight, "calls", "REST calls that wait for their answer.");
        _dropped = _meter.CreateCounter<long>("projectx.dropped", "ticks", "Ticks not believed, by reason and symbol.");
        _restDuration = _meter.CreateHistogram<double>("projectx.rest.duration", "ms", "Duration of a REST call, by path and outcome.");
    }

    public Meter Meter => _meter;

    public long Messages => Interlocked.Read(ref _messages);

    public long Unreadable => Interlocked.Read(ref _unreadable);

    public long Conflated => Interlocked.Read(ref _conflated);

    public long Covered => Interlocked.Read(ref _covered);

    public long Delivered => Interlocked.Read(ref _delivered);

    public long Disbelieved => Interlocked.Read(ref _disbelieved);

    public int Reconnects => Math.Max(0, Volatile.Read(ref _connections) - 1);

    public int RestInFlight => Volatile.Read(ref _restInFlight);

    public void MessageReceived() => Interlocked.Increment(ref _messages);

    public void MessageUnreadable() => Interlocked.Increment(ref _unreadable);

    public void QuoteConflated() => Interlocked.Increment(ref _conflated);

    public void TradeCovered() => Interlocked.Increment(ref _covered);

    public void TradeLate() => Interlocked.Increment(ref _late);

    public void Connected() => Interlocked.Increment(ref _connections);

    /// <summary>A trade, a quote or a change of the book is in the inbox.</summary>
    public void TickDelivered() => Interlocked.Increment(ref _delivered);

    public void Dropped(string symbol, string reason, int count)
    {
        Interlocked.Add(ref _disbelieved, count);
        _dropped.Add(count, new("symbol", symbol), new("reason", reason));
    }

    public void RestAsked() => Interlocked.Increment(ref _restInFlight);

    public void RestAnswered(string path, RestFailureKind? failure, TimeSpan duration)
    {
        Interlocked.Decrement(ref _restInFlight);
        _restDuration.Record(duration.TotalMilliseconds, new("path", path), new("outcome", failure?.ToString() ?? "Success"));
    }

    /// <summary>Seconds since the last payload of each symbol.</summary>
    public void ObserveAges(Func<IReadOnlyList<SymbolHealth>> symbols) =>
        _meter.CreateObservableGauge("projectx.age", () => symbols().Select(Age), "s", "Time since the last payload of a symbol.");

    /// <summary>Share of each of the gateway's request limits that the last window used, and what waits or was given up.</summary>
    public void ObserveBudget(Func<IReadOnlyList<RequestUse>> budgets)
    {
        _meter.CreateObservableGauge("projectx.budget.used", () => budgets().Select(use => Measure(use, (double)use.Used / use.Limit)), "1", "Share of the gateway's request limit that the last window used.");
        _meter.CreateObservableUpDownCounter("projectx.budget.waiting", () => budgets().Select(use => Measure(use, use.Waiting)), "calls", "REST calls that wait for their turn.");
        _meter.CreateObservableCounter("projectx.budget.not_sent", () => budgets().Select(use => Measure(use, use.NotSent)), "calls", "REST calls given up because their turn would have come too late.");
        _meter.CreateObservableCounter("projectx.budget.limited", () => budgets().Select(use => Measure(use, use.Limited)), "calls", "REST calls that the gateway turned away with 429.");
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<T> Measure<T>(RequestUse use, T value) where T : struct => new(value, new KeyValuePair<string, object?>("budget", use.Name));

    private static Measurement<double> Age(SymbolHealth symbol) => new(symbol.Age.TotalSeconds, new KeyValuePair<string, object?>("symbol", symbol.Symbol));
}
