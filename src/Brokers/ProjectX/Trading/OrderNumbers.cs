using System.Collections.Concurrent;
using Tradewind.Brokers.ProjectX.Orders;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>The gateway's numbers of orders by their tags, learned from whatever tells them first: the answer, the hub or a list.</summary>
internal sealed class OrderNumbers
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _numbers = new();

    public void Learn(OrderRow row)
    {
        if (row.CustomTag is { Length: > 0 } tag) Learn(tag, row.Id);
    }

    public void Learn(string tag, long number) => Of(tag).TrySetResult(number);

    /// <summary>Completes once the number is known.</summary>
    public Task<long> OfAsync(string tag) => Of(tag).Task;

    private TaskCompletionSource<long> Of(string tag) => _numbers.GetOrAdd(tag, static _ => new(Turns.Later));
}
