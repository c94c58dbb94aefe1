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
internal sealed class FillLedger(Timestamp horizon)
{
    /// <summary>Longer than any venue tells executions again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly Dictionary<long, Execution> _executions = [];
    private readonly Queue<(long Id, Timestamp Time)> _byAge = new();
    private readonly Dictionary<string, List<long>> _external = new(StringComparer.Ordinal);
    private Timestamp _newest = horizon;

    /// <summary>Executions before this instant are history: what is not known of them is contained in the positions.</summary>
    public Timestamp Horizon { get; private set; } = horizon;

    public bool TryGet(long id, out Execution execution) => _executions.TryGetValue(id, out execution);

    public void Add(in Execution execution)
    {
        _executions.Add(execution.Id, execution);
        if (execution.Id > 0 && execution.Fate == ExecutionFate.Booked && execution.Time >= Latest.Time) Latest = execution;
        if (execution.Order.IsNone && execution.VenueOrderId is { } venueId) ExternalOf(venueId).Add(execution.Id);
        if (execution.Time > _newest) _newest = execution.Time;
        _byAge.Enqueue((execution.Id, execution.Time));
        // The one that has just come is kept, however old it says that it is: it may be told again at once.
        while (_byAge.Count > 1 && _byAge.Peek().Time < _newest - Kept) Forget();
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

    private void Forget()
    {
        (long id, Timestamp time) = _byAge.Dequeue();
        if (_executions.Remove(id, out Execution execution) && execution.VenueOrderId is { } venueId) _external.Remove(venueId);
        if (time > Horizon) Horizon = time;
    }
}
