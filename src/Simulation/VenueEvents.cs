using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Simulation;

/// <summary>What the venue tells of one order, and when.</summary>
internal struct VenueEvent
{
    public Timestamp Time;
    public BrokerEvent Told;
    public string? Text;
}

/// <summary>Events in the order in which they happened, written and read in place: a queue would copy each of them four times.</summary>
internal sealed class VenueEvents
{
    private VenueEvent[] _ring = new VenueEvent[16];
    private int _first;

    public int Count { get; private set; }

    /// <summary>Adds an event without amounts; those of a fill are the caller's to write.</summary>
    public ref BrokerEvent Add(Timestamp time, BrokerEventKind kind, OrderId order, string? text = null)
    {
        if (Count == _ring.Length) Grow();
        ref VenueEvent added = ref _ring[(_first + Count++) & (_ring.Length - 1)];
        added.Time = time;
        added.Text = text;
        added.Told = default;
        added.Told.Kind = kind;
        added.Told.Order = order;
        return ref added.Told;
    }

    /// <summary>The oldest, of at least one; valid until the next is added.</summary>
    public ref readonly VenueEvent Take()
    {
        ref VenueEvent taken = ref _ring[_first];
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
        return ref taken;
    }

    private void Grow()
    {
        var larger = new VenueEvent[_ring.Length * 2];
        for (int i = 0; i < Count; i++) larger[i] = _ring[(_first + i) & (_ring.Length - 1)];
        _ring = larger;
        _first = 0;
    }
}
