using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>Positions by instrument: the gateway tells them by contract, and around a roll a product can have two.</summary>
internal sealed class PositionSums(InstrumentMap instruments)
{
    private readonly Dictionary<int, string> _last = [];
    private Dictionary<string, PositionRow> _rows = [];

    /// <summary>The contract of a position in the instrument; null where it is flat.</summary>
    /// <param name="isHeld">The account holds something of it by its executions: then a list without it is not believed, and the contract is the one of the last row that had it.</param>
    public string? ContractOf(int instrument, bool isHeld)
    {
        string? told = _rows.Values.FirstOrDefault(row => row.Quantity != 0 && instruments.IndexOf(row.ContractId) == instrument)?.ContractId;
        return told ?? (isHeld ? _last.GetValueOrDefault(instrument) : null);
    }

    /// <summary>All that the account holds.</summary>
    public VenuePosition[] Replace(IEnumerable<PositionRow> rows)
    {
        _rows = rows.GroupBy(row => row.ContractId).ToDictionary(group => group.Key, group => group.Last());
        foreach (PositionRow row in _rows.Values) Note(row);
        return [.. _rows.Values.Where(row => row.Quantity != 0).GroupBy(row => instruments.IndexOf(row.ContractId)).SelectMany(group => group.Key < 0 ? group.Select(Single) : [Sum(group.Key, group)])];
    }

    /// <summary>One position as it stands now.</summary>
    public VenuePosition Change(PositionRow row)
    {
        _rows[row.ContractId] = row;
        Note(row);
        int instrument = instruments.IndexOf(row.ContractId);
        return instrument < 0 ? Single(row) : Sum(instrument, _rows.Values.Where(each => instruments.IndexOf(each.ContractId) == instrument));
    }

    private void Note(PositionRow row)
    {
        if (row.Quantity != 0) _last[instruments.IndexOf(row.ContractId)] = row.ContractId;
    }

    private static VenuePosition Single(PositionRow row) => new(InstrumentMap.Unknown, row.Quantity, row.AveragePrice);

    private static VenuePosition Sum(int instrument, IEnumerable<PositionRow> rows)
    {
        PositionRow[] all = [.. rows];
        return new(instrument, all.Sum(row => row.Quantity), all.MaxBy(row => Math.Abs(row.Quantity))!.AveragePrice);
    }
}
