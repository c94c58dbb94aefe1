using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>An execution as the engine has booked it.</summary>
/// <param name="Id">The venue's; below 0 for one that stands in for executions that the venue did not tell.</param>
/// <param name="Order">None for one that is not ours.</param>
/// <param name="Quantity">Signed units.</param>
internal readonly record struct Execution(long Id, OrderId Order, string? VenueOrderId, int Instrument, decimal Quantity, decimal Price, decimal Fee, Timestamp Time, ExecutionFate Fate = ExecutionFate.Booked);

internal enum ExecutionFate
{
    Booked = 0,

    /// <summary>Taken back by the venue, or moved to the order that it turned out to belong to.</summary>
    Reversed = 1,

    /// <summary>Not booked: what it tells was booked before it came.</summary>
    Absorbed = 2,
}

/// <summary>Every execution that was taken in, so that none is booked twice.</summary>
/// <param name="isAtWork">Of an order that is not over the executions are asked for from its beginning on.</param>
internal sealed class FillLedger(Timestamp horizon, SyncMoment moment, Func<OrderId, bool> isAtWork)
{
    /// <summary>Since it was taken in, whatever time it says of itself; longer than any venue tells executions again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly Dictionary<long, Execution> _executions = [];
    private readonly Queue<(long Id, Timestamp Taken)> _byAge = new();
    private readonly Dictionary<string, List<long>> _external = new(StringComparer.Ordinal);

    /// <summary>Executions before this instant are history: what is not known of them is contained in the positions.</summary>
    public Timestamp Horizon { get; private set; } = horizon;

    public bool TryGet(long id, out Execution execution) => _executions.TryGetValue(id, out execution);

    public void Add(in Execution execution)
    {
        _executions.Add(execution.Id, execution);
        if (execution.Id > 0 && execution.Fate == ExecutionFate.Booked && execution.Time >= Latest.Time) Latest = execution;
        if (execution.Order.IsNone && execution.VenueOrderId is { } venueId) ExternalOf(venueId).Add(execution.Id);
        _byAge.Enqueue((execution.Id, moment.Now));
        while (_byAge.Peek().Taken < moment.Now - Kept) Age();
    }

    /// <summary>The latest execution that the venue told and that was booked; its number is 0 while there is none.</summary>
    public Execution Latest { get; private set; }

    public void Change(in Execution execution) => _executions[execution.Id] = execution;

    public void Remove(long id) => _executions.Remove(id);

    /// <summary>The executions that were booked as not ours under this order number; they are not known as such any more.</summary>
    public IReadOnlyList<long> TakeExternal(string venueId) => _external.Remove(venueId, out List<long>? ids) ? ids : [];

    private List<long> ExternalOf(string venueId)
    {
        if (!_external.TryGetValue(venueId, out List<long>? ids)) _external.Add(venueId, ids = []);
        return ids;
    }

    private void Age()
    {
        long id = _byAge.Dequeue().Id;
        if (!_executions.TryGetValue(id, out Execution execution)) return;
        if (isAtWork(execution.Order))
        {
            _byAge.Enqueue((id, moment.Now));
            return;
        }
        _executions.Remove(id);
        if (execution.VenueOrderId is { } venueId) _external.Remove(venueId);
        if (execution.Time > Horizon) Horizon = execution.Time;
    }
}
