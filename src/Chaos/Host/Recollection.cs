using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Host;

/// <summary>What outputs have said of orders and executions, for the rules of the world; and beside it the program's own books, from which a restarted one tells its synchroniser.</summary>
public sealed class Recollection(string session, Engine engine)
{
    private readonly AccountBooks _books = new();
    private readonly Dictionary<long, Order> _orders = [];
    private readonly Dictionary<long, ExecutionChanged> _parents = [];
    private readonly List<RememberedExecution> _executions = [];
    private readonly Dictionary<long, decimal> _booked = [];
    private readonly Dictionary<long, decimal> _filled = [];
    private readonly decimal[] _external = new decimal[engine.Options.Instruments.Count];

    public IReadOnlyDictionary<long, Order> Orders => _orders;

    /// <summary>What was said last of each execution, by its number.</summary>
    public IReadOnlyDictionary<long, ExecutionChanged> Parents => _parents;

    public IReadOnlyList<RememberedExecution> Executions => _executions;

    /// <summary>Units booked of one execution, whoever made it.</summary>
    public decimal BookedOf(long execution) => _booked.GetValueOrDefault(execution);

    /// <summary>Units that an order filled, without what the venue took back.</summary>
    public decimal FilledOf(OrderId order) => _filled.GetValueOrDefault(order.Value);

    public decimal ExternalOf(int instrument) => _external[instrument];

    /// <summary>What the engine made of an input.</summary>
    public void Add(in Input input, ReadOnlySpan<Output> outputs)
    {
        _books.On(engine, in input, outputs);
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind == OutputKind.OrderSubmitted) _orders[output.Order.Id.Value] = output.Order;
            else if (output.Kind == OutputKind.FillBooked) Book(in output);
            else if (output.Kind == OutputKind.ExecutionChanged) _parents[output.ExecutionChanged.Parent] = output.ExecutionChanged;
        }
    }

    public AccountMemory Recall() => AccountMemory.Of(
        _books.Complete(engine.Leave(session, order => ClientIdOf(session, order.Id))), symbol => engine.Options.Instruments.Index().First(each => each.Item.Symbol == symbol).Index);

    public static string ClientIdOf(string session, OrderId order) => $"tw-{session}-{order}";

    private void Book(in Output output)
    {
        Fill fill = output.Fill;
        decimal signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        _filled[fill.Order.Value] = FilledOf(fill.Order) + (fill.IsReversal ? -fill.Quantity : fill.Quantity);
        if (fill.Execution > 0) _booked[fill.Execution] = _booked.GetValueOrDefault(fill.Execution) + signed;
        if (fill.IsExternal) _external[output.Instrument] += signed;
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
