using System.Globalization;
using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Contracts;

/// <summary>Which contract of a product is traded now. Ids are looked up, never built; the gateway's <c>activeContract</c> decides the roll.</summary>
internal sealed class ContractDirectory(ProjectXClient client, bool live, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The contract of the product that was found active last; null before the first time.</summary>
    public string? ActiveOf(string symbol)
    {
        lock (_gate) return _known.TryGetValue(symbol, out List<string>? ids) ? ids[^1] : null;
    }

    /// <summary>The product whose contract this is or was since the start; null where none of those that were asked for has it.</summary>
    public string? SymbolOf(string contractId)
    {
        lock (_gate)
        {
            foreach ((string symbol, List<string> ids) in _known)
            {
                if (ids.Contains(contractId)) return symbol;
            }
            return null;
        }
    }

    /// <summary>The active contract of each instrument, in their order.</summary>
    /// <exception cref="FeedException">A product has no active contract here, or its tick differs from ours.</exception>
    public async Task<RestResult<IReadOnlyList<string>>> ResolveAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancel)
    {
        RestResult<ContractsReply> available = await client.AvailableContractsAsync(live, cancel);
        if (available.Failure is { } failure) return new(failure);
        var ids = new string[instruments.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ContractReply? contract = Active(instruments[i], available.Value);
            if (contract is null)
            {
                RestResult<ContractsReply> found = await client.SearchContractsAsync(instruments[i].Symbol, live, cancel);
                if (found.Failure is { } searchFailure) return new(searchFailure);
                contract = Active(instruments[i], found.Value);
            }
            if (contract is null) throw Unknown(instruments[i]);
            RefuseConflict(instruments[i], contract);
            ids[i] = contract.Id!;
        }
        for (int i = 0; i < ids.Length; i++) Remember(instruments[i].Symbol, ids[i]);
        return new(ids);
    }

    private void Remember(string symbol, string contractId)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(symbol, out List<string>? ids)) _known.Add(symbol, ids = []);
            ids.Remove(contractId);
            ids.Add(contractId);
        }
    }

    private ContractReply? Active(Instrument instrument, ContractsReply reply)
    {
        string symbolId = SymbolRoots.SymbolId(instrument.Symbol);
        List<ContractReply> active = [];
        foreach (ContractReply? contract in reply.Contracts ?? [])
        {
            if (contract is { ActiveContract: true, Id.Length: > 0 } && contract.SymbolId == symbolId) active.Add(contract);
        }
        if (active.Count > 1) log.LogWarning("The gateway calls {Count} contracts of {Symbol} active; taking the first, {Contract}.", active.Count, instrument.Symbol, active[0].Id);
        return active.Count == 0 ? null : active[0];
    }

    /// <summary>Two sources that disagree about what a tick is worth would size every position wrongly.</summary>
    private static void RefuseConflict(Instrument instrument, ContractReply contract)
    {
        decimal tickValue = instrument.TickSize * instrument.PointValue;
        if (contract.TickSize == instrument.TickSize && contract.TickValue == tickValue) return;
        throw new FeedException(string.Create(CultureInfo.InvariantCulture,
            $"ProjectX describes {contract.Id} with tick size {contract.TickSize} worth {contract.TickValue}, but {instrument.Symbol} is known here with tick size {instrument.TickSize} worth {tickValue}; correct the instrument's definition or leave {instrument.Symbol} out."), FeedFault.Refused);
    }

    private FeedException Unknown(Instrument instrument) => new(
        $"ProjectX offers no active contract of {instrument.Symbol} (product {SymbolRoots.SymbolId(instrument.Symbol)}, {(live ? "live" : "simulated")} data); check the symbol and the account's market-data subscription.", FeedFault.Refused);
}
