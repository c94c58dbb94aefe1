using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>
/// Ends orders by their time in force, of which the gateway knows none: an immediate one is canceled as soon as it rests, a day order at
/// the end of its session.
/// </summary>
/// <remarks>Lies: between coming to rest and the cancel an immediate order can still fill, for some tens of milliseconds.</remarks>
internal sealed class OwnExpiry(OrderClient client, long accountId, InstrumentMap instruments, SyncClock clock, Background background, TimeProvider time, CancellationToken stop)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _watched = [];

    /// <param name="EndsAt">When it is to be canceled; null as soon as it rests.</param>
    private sealed record Watched(Timestamp? EndsAt)
    {
        public long? Number { get; set; }

        public long? CanceledAt { get; set; }
    }

    /// <summary>Why the gateway cannot take such an order at all; null where it can.</summary>
    public static string? RefusalOf(in OrderTerms terms) => terms is { TimeInForce: TimeInForce.Fok, Quantity: > 1 }
        ? "ProjectX has no fill-or-kill order, and for more than one contract it cannot be imitated; use immediate-or-cancel."
        : null;

    /// <summary>An order is about to leave.</summary>
    public void Watch(string tag, int instrument, in OrderTerms terms, Timestamp created)
    {
        // An order that is good till a time is ended by the engine.
        if (terms.Type == OrderType.Market || terms.TimeInForce is TimeInForce.Gtc or TimeInForce.Gtd) return;
        Timestamp? end = terms.TimeInForce == TimeInForce.Day ? instruments.Instruments[instrument].Calendar.SessionAt(created).Close : null;
        lock (_gate) _watched[tag] = new(end);
    }

    public void See(OrderRow row)
    {
        VenueOrderState state = VenueRows.StateOf(row.Status);
        lock (_gate)
        {
            if (row.CustomTag is not { } tag || !_watched.TryGetValue(tag, out Watched? watched)) return;
            if (state.IsFinal()) _watched.Remove(tag);
            else if (state == VenueOrderState.Working) watched.Number = row.Id;
        }
        if (state == VenueOrderState.Working) Look();
    }

    /// <summary>Cancels whatever is over; what could not be canceled is tried again.</summary>
    public void Look()
    {
        Timestamp now = clock.Now;
        List<long> over = [];
        lock (_gate)
        {
            foreach (Watched watched in _watched.Values)
            {
                bool isOver = watched.Number is not null && (watched.EndsAt is not { } end || now >= end);
                if (!isOver || (watched.CanceledAt is { } last && time.GetElapsedTime(last) < AskAgain)) continue;
                watched.CanceledAt = time.GetTimestamp();
                over.Add(watched.Number!.Value);
            }
        }
        foreach (long number in over) background.Run(cancel => client.CancelAsync(new() { AccountId = accountId, OrderId = number }, cancel), stop);
    }
}
