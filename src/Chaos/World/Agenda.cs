using Tradewind.Core.Model;

namespace Tradewind.Chaos.World;

/// <summary>What will happen and when, in virtual time. Things of one instant happen in the order in which they were entered.</summary>
public sealed class Agenda(Timestamp start)
{
    private readonly PriorityQueue<Action, Place> _due = new();
    private long _entered;

    /// <summary>Time of what is happening now.</summary>
    public Timestamp Now { get; private set; } = start;

    /// <summary>Things that have happened.</summary>
    public long Happened { get; private set; }

    public void After(TimeSpan delay, Action what) => At(Now + delay, what);

    public void At(Timestamp due, Action what) => _due.Enqueue(what, new((due > Now ? due : Now).Nanoseconds, _entered++));

    /// <summary>Lets the next thing happen; false when nothing is due up to the end.</summary>
    public bool Step(Timestamp end)
    {
        if (!_due.TryPeek(out _, out Place next) || next.Due > end.Nanoseconds) return false;
        Action what = _due.Dequeue();
        Now = new(next.Due);
        Happened++;
        what();
        return true;
    }

    private readonly record struct Place(long Due, long Order) : IComparable<Place>
    {
        public int CompareTo(Place other) => Due != other.Due ? Due.CompareTo(other.Due) : Order.CompareTo(other.Order);
    }
}
