using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Host;

/// <summary>What outputs have said of orders and executions: the books that a restarted program hands to its synchroniser.</summary>
public sealed class Recollection(string session, int instruments)
{
    private readonly Dictionary<long, Order> _orders = [];
    private readonly List<RememberedExecution> _executions = [];
    private readonly Dictionary<long, decimal> _booked = [];
    private readonly decimal[] _ours = new decimal[instruments];
    private readonly decimal[] _external = new decimal[instruments];

    public IReadOnlyDictionary<long, Order> Orders => _orders;

    public IReadOnlyList<RememberedExecution> Executions => _executions;

    /// <summary>Units booked of one execution, whoever made it.</summary>
    public decimal BookedOf(long execution) => _booked.GetValueOrDefault(execution);

    public decimal ExternalOf(int instrument) => _external[instrument];

    public void Add(ReadOnlySpan<Output> outputs)
    {
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind == OutputKind.OrderSubmitted) _orders[output.Order.Id.Value] = output.Order;
            else if (output.Kind == OutputKind.FillBooked) Book(in output);
        }
    }

    public AccountMemory ToMemory(Timestamp now) => new()
    {
        Orders = [.. _orders.Values.Select(order => new RememberedOrder(
            OrderIntent.Of(order, ClientIdOf(session, order.Id)), order.BrokerOrderId, order.Status.IsFinal(), order.Status.Unanswered(order.Doubt), order.AskedTerms) { IsAbsent = order.IsHeldAbsent })],
        Executions = _executions,
        Positions = [.. Enumerable.Range(0, instruments).Select(index => new RememberedPosition(index, _ours[index], _external[index]))],
        ExecutionsSince = now - TimeSpan.FromHours(2),
    };

    public static string ClientIdOf(string session, OrderId order) => $"tw-{session}-{order}";

    private void Book(in Output output)
    {
        Fill fill = output.Fill;
        decimal signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        if (fill.Execution > 0) _booked[fill.Execution] = _booked.GetValueOrDefault(fill.Execution) + signed;
        if (fill.IsExternal) _external[output.Instrument] += signed;
        else _ours[output.Instrument] += signed;
        // Met inside, or taken over without an execution.
        if (fill.Execution == 0) return;
        int known = _executions.FindLastIndex(execution => execution.ExecutionId == fill.Execution);
        if (known >= 0 && fill.IsReversal) _executions[known] = _executions[known] with { IsReversed = true };
        // An order for several strategies books one execution in parts.
        else if (known >= 0 && _executions[known].Order == fill.Order) _executions[known] = _executions[known] with { Quantity = _executions[known].Quantity + signed, Fee = _executions[known].Fee + fill.Fee };
        else Remember(known, new(fill.Execution, fill.Order, output.Instrument, signed, fill.Price, fill.Fee, output.Time));
    }

    /// <param name="known">Place of the same execution, which was not ours until it turned out to be of an order; below 0 for none.</param>
    private void Remember(int known, in RememberedExecution execution)
    {
        if (known < 0) _executions.Add(execution);
        else _executions[known] = execution;
    }
}
