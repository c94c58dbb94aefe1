using Tradewind.Storage.Csv;

namespace Tradewind.Storage.Inspection;

/// <summary>Counts faults by kind and keeps the sentence of the first of each.</summary>
internal sealed class FaultTally(string path)
{
    private readonly SortedDictionary<DataFault, (long Count, string First)> _byKind = [];

    public IReadOnlyList<DataFaultCount> Counts => [.. _byKind.Select(entry => new DataFaultCount(entry.Key, entry.Value.Count, entry.Value.First))];

    public void Add(CsvFault fault, long line)
    {
        _byKind.TryGetValue(fault.Kind, out (long Count, string First) known);
        _byKind[fault.Kind] = (known.Count + 1, known.First ?? fault.Describe(path, line));
    }
}
