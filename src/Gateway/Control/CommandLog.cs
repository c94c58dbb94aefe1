using Tradewind.Core.Model;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Control;

/// <summary>A command that reached the venue, and what it was answered, whether or not the answer arrived.</summary>
/// <param name="Number">1, 2, 3, … in the order in which the venue took them.</param>
/// <param name="Received">Real time.</param>
/// <param name="Market">Market time.</param>
/// <param name="Path">As Order/place; control/orders for what was placed by hand.</param>
/// <param name="OrderId">Of the order that was made or meant.</param>
/// <param name="Code">As answered: 0 is success.</param>
public sealed record ReceivedCommand(long Number, DateTimeOffset Received, DateTimeOffset Market, string Path, int AccountId, string? ContractId, string? CustomTag, long? OrderId, int? Size, int Code, string? Text);

/// <summary>Remembers the commands that reached the venue: the latest 100,000, and of every order when it came. Used within the trading gate alone.</summary>
internal sealed class CommandLog(TimeProvider time)
{
    private const int Most = 100_000;

    private readonly Queue<ReceivedCommand> _commands = new();
    private readonly Dictionary<long, DateTimeOffset> _received = [];
    private long _count;

    public IEnumerable<ReceivedCommand> Commands => _commands;

    /// <summary>Real time at which an order came; null for orders of the platform itself and of an earlier process.</summary>
    public DateTimeOffset? ReceiptOf(long orderId) => _received.TryGetValue(orderId, out DateTimeOffset received) ? received : null;

    public Outcome Note(Timestamp now, string path, PlaceRequest request, Outcome outcome)
    {
        DateTimeOffset received = time.GetUtcNow();
        if (outcome.OrderId is { } id) _received[id] = received;
        Add(new(++_count, received, now.ToDateTimeOffset(), path, request.AccountId, request.ContractId, request.CustomTag, outcome.OrderId, request.Size, outcome.Code, outcome.Text));
        return outcome;
    }

    /// <param name="contractId">Of a command that names a contract.</param>
    /// <param name="orderId">Of a command that names an order.</param>
    public Outcome Note(Timestamp now, string path, int accountId, string? contractId, long? orderId, int? size, Outcome outcome)
    {
        Add(new(++_count, time.GetUtcNow(), now.ToDateTimeOffset(), path, accountId, contractId, CustomTag: null, orderId, size, outcome.Code, outcome.Text));
        return outcome;
    }

    private void Add(ReceivedCommand command)
    {
        if (_commands.Count == Most) _commands.Dequeue();
        _commands.Enqueue(command);
    }
}
