using System.Diagnostics.CodeAnalysis;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Market;

/// <summary>All products of the market, by instrument index and by contract id.</summary>
internal sealed class Exchange
{
    private readonly ProductDesk[] _desks;
    private readonly Product[] _products;
    private readonly OutboxRegistry _outboxes;
    private readonly List<ProductDesk> _touched = [];

    /// <exception cref="GatewayException">The source has an instrument that is not listed here.</exception>
    public Exchange(IMarketSource source, QuirkSet quirks, TickFaults faults, OutboxRegistry outboxes)
    {
        _products = [.. source.Instruments.Select(ProductOf)];
        _desks = [.. _products.Select((product, index) => new ProductDesk(product, source, index, quirks, faults))];
        _outboxes = outboxes;
    }

    public IReadOnlyList<Product> Products => _products;

    /// <summary>Whether any connection is subscribed to anything that exists.</summary>
    public bool HasListeners => _desks.Any(desk => desk.HasListeners);

    /// <summary>Takes over the sessions as they stand when the stream begins.</summary>
    public void Begin()
    {
        foreach (ProductDesk desk in _desks) desk.Begin();
    }

    public void Remember(in Input input) => _desks[input.Instrument].Remember(input);

    /// <summary>Takes an input of the instant that is being collected.</summary>
    public void Collect(in Input input)
    {
        ProductDesk desk = _desks[input.Instrument];
        desk.Collect(input);
        if (!_touched.Contains(desk)) _touched.Add(desk);
    }

    /// <summary>Publishes the collected instant.</summary>
    public void Publish()
    {
        foreach (ProductDesk desk in _touched) desk.Publish();
        _touched.Clear();
    }

    public void Subscribe(string contractId, EventKind kind, Outbox outbox)
    {
        if (TryFind(contractId, out ProductDesk? desk, out ContractMonth month)) desk.Subscribe(month, kind, outbox);
        else _outboxes.SubscribedToUnknown(contractId);
    }

    public void Unsubscribe(string contractId, EventKind kind, Outbox outbox)
    {
        if (TryFind(contractId, out ProductDesk? desk, out ContractMonth month)) desk.Unsubscribe(month, kind, outbox);
    }

    public void Forget(Outbox outbox)
    {
        foreach (ProductDesk desk in _desks) desk.Forget(outbox);
    }

    public bool TryFind(string contractId, [NotNullWhen(true)] out ProductDesk? desk, out ContractMonth month)
    {
        ContractMonth? found = ContractMonth.Parse(contractId, _products);
        month = found ?? default;
        desk = found is null ? null : _desks.First(desk => desk.Product == found.Value.Product);
        return found is not null;
    }

    public IReadOnlyList<ContractCounters> Read() => [.. _desks.SelectMany(desk => desk.Read())];

    private static Product ProductOf(Instrument instrument) =>
        ProductTable.TryFind(instrument.Symbol, out Product? product)
            ? product with { Instrument = instrument }
            : throw new GatewayException($"The recording is of {instrument.Symbol}, which is not traded at this gateway; expected one of {string.Join(", ", ProductTable.Symbols)}.");
}
