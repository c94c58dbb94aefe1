using Tradewind.Core.Model;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Contracts;

/// <summary>A contract as the protocol writes it.</summary>
internal sealed record ContractRow(string Id, string Name, string Description, decimal TickSize, decimal TickValue, bool ActiveContract, string SymbolId);

/// <summary>The contracts of a set of products as they stand at the market's time.</summary>
/// <param name="tickFactor">Base ticks in what counts as a tick now.</param>
internal sealed class ContractList(IReadOnlyList<Product> products, QuirkSet quirks, Func<Timestamp> now, Func<int> tickFactor)
{
    private const int MostFound = 20;

    /// <summary>The active contract of each product.</summary>
    public IReadOnlyList<ContractRow> Active() => [.. products.Select(product => Row(ActiveOf(product), isActive: true))];

    /// <summary>Active and next contracts whose name, description or symbol id contains the text somewhere; active ones first, at most 20.</summary>
    public IReadOnlyList<ContractRow> Search(string? text) =>
        [.. Active().Concat(products.Select(product => Row(ActiveOf(product).Next(), isActive: false))).Where(row => Matches(row, text ?? "")).Take(MostFound)];

    /// <summary>A contract by its id: the active one, the next one, or one that is over.</summary>
    public ContractRow? Find(string id)
    {
        if (ContractMonth.Parse(id, products) is not { } month) return null;
        ContractMonth active = ActiveOf(month.Product);
        ContractMonth next = active.Next();
        bool isListed = (month.Year, month.Month).CompareTo((next.Year, next.Month)) <= 0;
        return isListed ? Row(month, month == active) : null;
    }

    private ContractMonth ActiveOf(Product product) => ContractMonth.ActiveOn(product, product.Instrument.Calendar.SessionAt(now()).TradingDay);

    private static bool Matches(ContractRow row, string text) =>
        row.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || row.Description.Contains(text, StringComparison.OrdinalIgnoreCase)
        || row.SymbolId.Contains(text, StringComparison.OrdinalIgnoreCase);

    private ContractRow Row(ContractMonth month, bool isActive) =>
        new(month.Id, quirks.Has(Quirk.TwoDigitYears) ? month.DisplayName : month.Name, month.Description, month.Product.Instrument.TickSize * tickFactor(), month.Product.TickValue * tickFactor(), isActive, month.Product.SymbolId);
}
