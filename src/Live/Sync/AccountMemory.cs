using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>An order as the synchroniser has to know it.</summary>
/// <param name="ClientId">The id under which it is sent, a pure function of the order: unique in the account for ever.</param>
/// <param name="Created">When it was made; the venue cannot have it earlier.</param>
public readonly record struct OrderIntent(
    OrderId Order, string ClientId, int Instrument, Side Side, OrderType Type, decimal Quantity, decimal LimitPrice, decimal StopPrice, Timestamp Created)
{
    public static OrderIntent Of(Order order, string clientId)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new(order.Id, clientId, order.Instrument, order.Side, order.Type, order.Quantity, order.LimitPrice, order.StopPrice, order.Created);
    }
}

/// <summary>An order of an earlier run of the engine.</summary>
/// <param name="VenueId">The venue's number; null where it was never told.</param>
/// <param name="IsFinal">The engine holds it for finished: it is known so that a late fill finds it.</param>
/// <param name="Asked">What was asked for last and not answered.</param>
/// <param name="AskedTerms">Of an unanswered modification, also where a cancel was asked for after it: the terms asked for. Null for none.</param>
/// <param name="Filled">Units booked; what was taken back is not among them. Null when <see cref="AccountMemory.Executions"/> has all of the order's executions.</param>
public sealed record RememberedOrder(OrderIntent Intent, string? VenueId, bool IsFinal = false, OrderDoubt Asked = OrderDoubt.None, OrderTerms? AskedTerms = null, decimal? Filled = null)
{
    /// <summary>It is final because it was proven never to have arrived: an execution of it, or its sight at the venue, refutes that, and it works again.</summary>
    public bool IsAbsent { get; init; }
}

/// <summary>An execution that the engine has booked.</summary>
/// <param name="Order">None for one that was not ours.</param>
/// <param name="Quantity">Signed units.</param>
/// <param name="IsReversed">The venue took it back, and the engine knows.</param>
public readonly record struct RememberedExecution(long ExecutionId, OrderId Order, int Instrument, decimal Quantity, decimal Price, decimal Fee, Timestamp Time, bool IsReversed = false);

/// <summary>What this program last knew of a position, by who made it.</summary>
/// <param name="Strategies">Signed units, the sum over all strategies.</param>
/// <param name="External">Signed units that no strategy made.</param>
/// <param name="AveragePrice">Of both together; 0 where flat or not known.</param>
public readonly record struct RememberedPosition(int Instrument, decimal Strategies, decimal External, decimal AveragePrice = 0m);

/// <summary>What a restarted engine knows of the account before it has heard the venue: its own books.</summary>
/// <remarks>All of <see cref="Orders"/> that are not final are looked up before the account is synced.</remarks>
public sealed record AccountMemory
{
    public IReadOnlyList<RememberedOrder> Orders { get; init; } = [];

    /// <summary>
    /// Every execution that the venue made at or after <see cref="ExecutionsSince"/>, and every execution of an order in <see cref="Orders"/> that is not final.
    /// More does no harm: where clocks differ, list what was booked earlier too.
    /// </summary>
    public IReadOnlyList<RememberedExecution> Executions { get; init; } = [];

    public IReadOnlyList<RememberedPosition> Positions { get; init; } = [];

    /// <summary>The venue's time from which on it is asked for executions: what it tells again is recognised by <see cref="Executions"/>, what is older is contained in <see cref="Positions"/>.</summary>
    public Timestamp ExecutionsSince { get; init; }

    /// <summary>What a session left, by the numbers that its instruments have in the engine which goes on from it.</summary>
    /// <param name="left">With the executions of its <see cref="AccountBooks"/>.</param>
    /// <param name="numberOf">The number of a symbol; below 0 where it is traded no more, which only one that is flat and without open orders may be.</param>
    public static AccountMemory Of(Carry left, Func<string, int> numberOf)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(numberOf);
        Dictionary<long, decimal> takenBack = left.Executions.Where(one => one.IsReversed).GroupBy(one => one.Order).ToDictionary(each => each.Key, each => each.Sum(one => Math.Abs(one.Quantity)));
        int[] here = [.. left.Instruments.Select(instrument => numberOf(instrument.Symbol))];
        return new()
        {
            Orders = [.. left.Orders.Select(order => Remember(order, here[order.Instrument], takenBack))],
            Executions = [.. left.Executions.Where(one => here[one.Instrument] >= 0).Select(one => new RememberedExecution(one.Execution, new(one.Order), here[one.Instrument], one.Quantity, one.Price, one.Fee, one.Time, one.IsReversed))],
            Positions = [.. left.Instruments.Index().Where(each => each.Item.Quantity != 0m).Select(each => Remember(left, each.Item, here[each.Index]))],
            ExecutionsSince = left.ExecutionsSince,
        };
    }

    private static RememberedOrder Remember(CarriedOrder order, int instrument, Dictionary<long, decimal> takenBack)
    {
        CarriedTerms terms = order.Terms;
        var intent = new OrderIntent(new(order.Id), order.ClientId, instrument, terms.Side, terms.Type, terms.Quantity, terms.LimitPrice, terms.StopPrice, order.Created);
        return new(intent, order.BrokerOrderId, order.Status.IsFinal(), order.Status.Unanswered(order.Doubt), order.AskedTerms?.For(order.Purpose), BookedOf(order, takenBack)) { IsAbsent = order.IsHeldAbsent };
    }

    /// <summary>Of an order that is over the books may have thrown executions away.</summary>
    private static decimal? BookedOf(CarriedOrder order, Dictionary<long, decimal> takenBack) => order.Status.IsFinal() ? order.FilledQuantity - takenBack.GetValueOrDefault(order.Id) : null;

    private static RememberedPosition Remember(Carry left, CarriedInstrument instrument, int here)
    {
        decimal strategies = left.Strategies.Where(strategy => strategy.Symbol == instrument.Symbol).Sum(strategy => strategy.Quantity);
        return new(here, strategies, instrument.Quantity - strategies, instrument.Cost / instrument.Quantity);
    }
}
