using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Hubs;

namespace Tradewind.Gateway.Market;

/// <summary>The kinds of market hub events, as indices.</summary>
internal enum EventKind
{
    Quote = 0,
    Trade = 1,
    Depth = 2,
}

/// <summary>Who listens to one contract, and how much was sent. Guarded by its product's desk.</summary>
internal sealed class ContractFeed(ContractMonth month)
{
    private readonly EventCount[] _counts = [new(), new(), new()];
    private readonly List<Outbox>[] _listeners = [[], [], []];

    public string Id { get; } = month.Id;

    public string SymbolId => month.Product.SymbolId;

    public string Symbol => month.Product.Instrument.Symbol;

    public decimal TickSize => month.Product.Instrument.TickSize;

    /// <summary>The contract after this one.</summary>
    public string NextId => month.Next().Id;

    public EventCount CountOf(EventKind kind) => _counts[(int)kind];

    public bool HasListeners() => _listeners.Any(listeners => listeners.Count > 0);

    /// <summary>Who listens now.</summary>
    public Outbox[] Listeners(EventKind kind) => [.. _listeners[(int)kind]];

    public bool HasListeners(EventKind kind) => _listeners[(int)kind].Count > 0;

    /// <summary>A second subscription of the same connection changes nothing.</summary>
    public void Add(EventKind kind, Outbox outbox)
    {
        if (!_listeners[(int)kind].Contains(outbox)) _listeners[(int)kind].Add(outbox);
    }

    public void Remove(EventKind kind, Outbox outbox) => _listeners[(int)kind].Remove(outbox);

    public void Send(in Outgoing event_, EventKind kind)
    {
        foreach (Outbox outbox in _listeners[(int)kind]) outbox.Post(event_);
    }

    public ContractCounters Read() => new(Id, Symbol, CountOf(EventKind.Quote).Read(), CountOf(EventKind.Trade).Read(), CountOf(EventKind.Depth).Read());
}
