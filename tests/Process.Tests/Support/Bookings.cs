using Tradewind.Core.Engine;
using Tradewind.Storage.Journal;

namespace Tradewind.Processes.Tests.Support;

/// <summary>The executions in all journals of a data folder, one session after the other, against those that the venue made.</summary>
public static class Bookings
{
    /// <summary>Each difference is a sentence: an execution that no session booked, that was booked more than once, with another quantity, or that the venue never made.</summary>
    public static IReadOnlyList<string> Differences(string journals, Truth venue)
    {
        ILookup<long, decimal> booked = Directory.EnumerateFiles(journals, "*.twj").SelectMany(Executions).ToLookup(one => one.Id, one => one.Quantity);
        Dictionary<long, decimal> made = venue.Executions.ToDictionary(one => one.Id, one => one.Quantity);
        return
        [
            .. made.Where(one => !booked.Contains(one.Key)).Select(one => $"execution {one.Key} was never booked"),
            .. booked.Where(one => one.Count() > 1).Select(one => $"execution {one.Key} was booked {one.Count()} times"),
            .. booked.Where(one => !made.ContainsKey(one.Key)).Select(one => $"execution {one.Key} was booked and never made"),
            .. booked.Where(one => made.TryGetValue(one.Key, out decimal quantity) && one.First() != quantity).Select(one => $"execution {one.Key} was booked for {one.First()} in place of {made[one.Key]}"),
        ];
    }

    private static List<(long Id, decimal Quantity)> Executions(string path)
    {
        List<(long, decimal)> found = [];
        if (JournalReader.NeverBegan(path)) return found;
        using var journal = new JournalReader(path);
        while (journal.TryRead(out JournalEntry entry))
        {
            Input input = entry.Input;
            if (input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.Filled) found.Add((input.Broker.ExecutionId, input.Broker.Quantity));
            else if (input.Kind == InputKind.Account && input.Account.Kind == AccountEventKind.ExternalFill) found.Add((input.Account.ExecutionId, Math.Abs(input.Account.Quantity)));
        }
        return found;
    }
}
