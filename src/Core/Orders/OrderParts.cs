using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>One strategy's part of an order: a signed quantity.</summary>
public readonly record struct OrderShare(int Strategy, decimal Quantity);

/// <summary>What can be told of an order's shares.</summary>
internal static class OrderShares
{
    /// <summary>Signed units of one strategy's parts still to be filled: the first part is filled first.</summary>
    public static decimal SignedRemainingOf(this Order order, int strategy)
    {
        decimal remaining = 0m, skip = order.FilledQuantity;
        for (int i = 0; i < order.ShareCount; i++)
        {
            OrderShare share = order.Share(i);
            decimal size = Math.Abs(share.Quantity);
            if (share.Strategy == strategy) remaining += size - Math.Min(size, skip);
            skip -= Math.Min(size, skip);
        }
        return order.Side == Side.Buy ? remaining : -remaining;
    }
}

/// <summary>An execution of an order.</summary>
/// <param name="Before">What was filled before it: with the order's shares it says whom it was for.</param>
internal readonly record struct OrderExecution(long Id, decimal Before);

/// <summary>The executions of an order that the venue took back.</summary>
internal sealed class OrderBusts : ISnapshot
{
    private long[] _ids = [];
    private long[] _awaited = [];
    private decimal _quantity;

    public decimal Quantity => _quantity;

    public bool Has(long execution) => Array.IndexOf(_ids, execution) >= 0;

    public void Add(long execution, decimal quantity)
    {
        _ids = [.. _ids, execution];
        _quantity += quantity;
    }

    /// <summary>The word came before the execution itself.</summary>
    public void Await(long execution)
    {
        if (!IsAwaited(execution)) _awaited = [.. _awaited, execution];
    }

    public bool IsAwaited(long execution) => Array.IndexOf(_awaited, execution) >= 0;

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _ids);
        stream.Sync(ref _awaited);
        stream.Sync(ref _quantity);
    }
}

/// <summary>What the engine remembers of an order besides its status.</summary>
[Flags]
internal enum OrderMarks : short
{
    None = 0,
    Known = 1,
    CancelWanted = 2,
    HeldAbsent = 4,
    Fixed = 8,
    AskAgain = 16,
    Alternative = 32,
    Child = 64,
    Closing = 128,
    Unwelcome = 256,
    Reduces = 512,
    ReducesAccount = 1024,
    EndsWithSession = 2048,
    ModifyRefused = 4096,
    ModifyUnsent = 8192,
}

/// <summary>What an order asks for.</summary>
public readonly record struct OrderTerms(
    Side Side, OrderType Type, TimeInForce TimeInForce, OrderPurpose Purpose, decimal Quantity, decimal LimitPrice = 0, decimal StopPrice = 0)
{
    public decimal SignedQuantity => Side == Side.Buy ? Quantity : -Quantity;

    /// <summary>When a <see cref="TimeInForce.Gtd"/> order ends; the default for all others.</summary>
    public Timestamp GoodTill { get; init; }

    /// <summary>The wish behind it only takes off what is held; protective and closing orders do by their purpose.</summary>
    public bool IsReduceOnly { get; init; }

    /// <summary>It fills a part of an execution.</summary>
    public bool IsChild { get; init; }
}

/// <summary>Other terms of an order. Never changes, so that a reader on another thread sees either the old terms or the new ones.</summary>
internal sealed class ChangedTerms(OrderTerms terms)
{
    public OrderTerms Terms { get; } = terms;
}
