using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>An execution as seen from outside, at the moment of looking.</summary>
/// <param name="Number">From the same counter as orders; 0 while it waits for orders of an earlier wish to end.</param>
/// <param name="Words">The algorithm and its settings.</param>
/// <param name="Quantity">Units in all.</param>
/// <param name="Filled">Units that its children filled.</param>
/// <param name="Working">Units that its children could still fill at most.</param>
/// <param name="End">When its time is over, at the latest with the wish.</param>
/// <param name="Why">Why it was stopped; null where it was not.</param>
public readonly record struct ExecutionView(
    long Number, string Algorithm, string Words, ExecutionState State, Side Side, decimal Quantity, decimal Filled, decimal Working, Timestamp Start, Timestamp End, string? Why)
{
    internal ExecutionView(ParentOrder parent, decimal working, ExecutionAlgorithm algorithm) : this(
        parent.Now.Number, algorithm.Name, algorithm.Words, parent.Now.Status, parent.Now.Side, parent.Now.Quantity, parent.Now.Filled, working, parent.Now.Start, parent.Now.End, parent.Why)
    {
    }
}
