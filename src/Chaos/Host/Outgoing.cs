using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Chaos.Host;

/// <summary>What is to leave for the venue, in order per instrument, once its cause is on the disk.</summary>
internal sealed class Outgoing(int instruments)
{
    private readonly Queue<Step>[] _lanes = [.. Enumerable.Range(0, instruments).Select(_ => new Queue<Step>())];

    public bool IsAny => _lanes.Any(lane => lane.Count > 0);

    public void Post(in Step step) => _lanes[step.Order.Instrument].Enqueue(step);

    /// <param name="durable">The last input that is on the disk for good.</param>
    /// <param name="isBusy">Whether something of an instrument is on its way and others have to wait.</param>
    public bool TryTake(int durable, Func<int, bool> isBusy, out Step step)
    {
        foreach (Queue<Step> lane in _lanes)
        {
            if (lane.TryPeek(out step) && step.Sequence <= durable && !isBusy(step.Order.Instrument)) return lane.TryDequeue(out step);
        }
        step = default;
        return false;
    }

    /// <param name="Terms">Of a modification.</param>
    /// <param name="Sequence">Of the input that caused it.</param>
    public readonly record struct Step(Order Order, OutputKind What, OrderTerms Terms, long Sequence);
}
