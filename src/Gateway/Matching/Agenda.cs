using System.Diagnostics.CodeAnalysis;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Matching;

/// <summary>What is to be done later in market time; what is due at one instant is done in the order in which it was entered.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (Timestamp Due, long Order)> _waiting = new();
    private long _order;

    public Timestamp? Next => _waiting.TryPeek(out _, out (Timestamp Due, long Order) first) ? first.Due : null;

    public void Enter(Timestamp due, Action action) => _waiting.Enqueue(action, (due, _order++));

    public bool TryTake(Timestamp until, out Timestamp due, [NotNullWhen(true)] out Action? action)
    {
        bool isDue = _waiting.TryPeek(out action, out (Timestamp Due, long Order) first) && first.Due <= until;
        due = first.Due;
        if (!isDue) action = null;
        else _waiting.Dequeue();
        return isDue;
    }
}
