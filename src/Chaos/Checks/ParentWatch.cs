using Tradewind.Chaos.Host;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;

namespace Tradewind.Chaos.Checks;

/// <summary>Sees that children never ask for more than their parent, and that none leaves or works on once that has ended. It adds up orders, not what the engine keeps of a parent.</summary>
/// <param name="breaks">Takes the invariant and a sentence.</param>
internal sealed class ParentWatch(Action<string, string> breaks)
{
    private Dictionary<long, ExecutionChanged> _parents = [];

    /// <summary>The program has started again and read its journal.</summary>
    public void Begin(TradingProgram program) => _parents = new(program.Memory.Parents);

    public void OnChanged(in ExecutionChanged changed) => _parents[changed.Parent] = changed;

    /// <summary>A child is to leave.</summary>
    public void OnSubmitted(TradingProgram program, Order child)
    {
        if (child.Parent == 0) return;
        if (!_parents.TryGetValue(child.Parent, out ExecutionChanged parent))
        {
            breaks("I5", $"order {child.Id} is of the execution {child.Parent}, which never began");
            return;
        }
        // One that is sent again after its end is an order like others, which may close what is held.
        if (parent.State != ExecutionState.Running && child.Sends <= 1) breaks("I1", $"order {child.Id} leaves though its execution {child.Parent} is {parent.State}");
        decimal asked = 0m;
        foreach (Order order in program.Memory.Orders.Values)
        {
            if (order.Parent == child.Parent) asked += program.Memory.FilledOf(order.Id) + (order.Status.IsFinal() ? 0m : order.RemainingQuantity);
        }
        if (asked > parent.Quantity) breaks("I1", $"children of the execution {child.Parent} are for {asked}, it is for {parent.Quantity}");
    }

    /// <summary>Nothing is under way any more.</summary>
    public void AtEnd(TradingProgram program)
    {
        foreach (Order order in program.Memory.Orders.Values)
        {
            if (order.Parent == 0 || order.Status.IsFinal()) continue;
            if (_parents[order.Parent].State is var state && state != ExecutionState.Running) breaks("I17", $"order {order.Id} works though its execution {order.Parent} is {state}");
        }
    }
}
