using Tradewind.Brokers.ProjectX.Contracts;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>The engine's instruments as the gateway's contracts, and back. A product's earlier contracts stay known: a position in one is still a position in the product.</summary>
internal sealed class InstrumentMap(IReadOnlyList<Instrument> instruments, ContractDirectory directory)
{
    public const int Unknown = -1;

    public IReadOnlyList<Instrument> Instruments => instruments;

    /// <summary>Index in the engine; <see cref="Unknown"/> for a contract of another product.</summary>
    public int IndexOf(string contractId)
    {
        if (directory.SymbolOf(contractId) is not { } symbol) return Unknown;
        for (int i = 0; i < instruments.Count; i++)
        {
            if (instruments[i].Symbol.Equals(symbol, StringComparison.OrdinalIgnoreCase)) return i;
        }
        return Unknown;
    }

    /// <summary>The contract that is traded now; null before it was looked up.</summary>
    public string? ContractOf(int instrument) => directory.ActiveOf(instruments[instrument].Symbol);
}
