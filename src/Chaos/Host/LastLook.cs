using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Live;

namespace Tradewind.Chaos.Host;

/// <summary>The outbox's last look before something leaves: what adds risk stays when nothing may add risk any more, and with it all that was to become of it.</summary>
internal sealed class LastLook
{
    private readonly HashSet<OrderId> _withheld = [];

    public RiskDoor Door { get; } = new();

    /// <param name="told">What the engine hears instead of an answer; null where there is nothing to say.</param>
    /// <returns>False where it stays.</returns>
    public bool MayLeave(Order order, OutputKind what, out Input? told)
    {
        told = null;
        if (what == OutputKind.OrderSubmitted) _withheld.Remove(order.Id);
        else if (_withheld.Contains(order.Id)) return false;
        if (what == OutputKind.CancelRequested || Door.WhyNot(order) is not { } why) return true;
        bool isOrder = what == OutputKind.OrderSubmitted;
        if (isOrder) _withheld.Add(order.Id);
        told = new Input(default, new BrokerEvent(isOrder ? BrokerEventKind.Withheld : BrokerEventKind.ModifyRejected, order.Id), why);
        return false;
    }
}
