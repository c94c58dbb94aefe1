using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>One strategy's part of an order: a signed quantity.</summary>
public readonly record struct OrderShare(int Strategy, decimal Quantity);

/// <summary>An order that the risk gate approved; there is no other way to make one. The terms never change, the progress does.</summary>
/// <remarks>Brokers may read the terms from any thread; only the engine's thread writes the progress.</remarks>
public sealed class Order : ISnapshot
{
    private OrderId _id;
    private int _instrument;
    private Timestamp _created;
    private OrderTerms _terms;
    private long _decision;
    private OrderShare _share;
    private OrderShare[] _otherShares = [];
    private OrderStatus _status;
    private decimal _filledQuantity;
    private decimal _filledValue;
    private string? _brokerOrderId;
    private long _lastExecution;
    private long[] _otherExecutions = [];
    private OrderDoubt _doubt;

    internal Order()
    {
    }

    internal Order(OrderId id, int instrument, Timestamp created, in OrderTerms terms, long decision, ReadOnlySpan<OrderShare> shares)
    {
        _id = id;
        _instrument = instrument;
        _created = created;
        _terms = terms;
        _decision = decision;
        _share = shares[0];
        if (shares.Length > 1) _otherShares = shares[1..].ToArray();
    }

    public OrderId Id => _id;

    /// <summary>Index of the instrument in the engine.</summary>
    public int Instrument => _instrument;

    public Timestamp Created => _created;

    public Side Side => _terms.Side;

    public OrderType Type => _terms.Type;

    public TimeInForce TimeInForce => _terms.TimeInForce;

    public OrderPurpose Purpose => _terms.Purpose;

    /// <summary>Units, above 0.</summary>
    public decimal Quantity => _terms.Quantity;

    /// <summary>0 where the type has none.</summary>
    public decimal LimitPrice => _terms.LimitPrice;

    /// <summary>0 where the type has none.</summary>
    public decimal StopPrice => _terms.StopPrice;

    /// <summary>The decision that the order came from: its votes and checks stand under this number. 0 for protective orders.</summary>
    public long Decision => _decision;

    public OrderStatus Status => _status;

    /// <summary>What was asked for last and not answered, while <see cref="OrderStatus.InDoubt"/>.</summary>
    public OrderDoubt Doubt => _doubt;

    public decimal FilledQuantity => _filledQuantity;

    public decimal RemainingQuantity => _filledQuantity.IsZero ? _terms.Quantity : _terms.Quantity - _filledQuantity;

    /// <summary>Mean price of the fills; 0 before the first.</summary>
    public decimal AverageFillPrice => _filledQuantity.IsZero ? 0m : _filledValue / _filledQuantity;

    /// <summary>The broker's own number; null until it told us.</summary>
    public string? BrokerOrderId => _brokerOrderId;

    public int ShareCount => 1 + _otherShares.Length;

    /// <summary>Signed units still to be filled.</summary>
    internal decimal SignedRemaining => _terms.Side == Side.Buy ? RemainingQuantity : -RemainingQuantity;

    public OrderShare Share(int index) => index == 0 ? _share : _otherShares[index - 1];

    internal void SetStatus(OrderStatus status) => _status = status;

    internal void SetDoubt(OrderDoubt doubt) => _doubt = doubt;

    internal void SetBrokerOrderId(string? id) => _brokerOrderId = id ?? _brokerOrderId;

    internal bool HasExecution(long execution) => execution == _lastExecution || Array.IndexOf(_otherExecutions, execution) >= 0;

    internal void AddExecution(long execution)
    {
        if (_lastExecution != 0) _otherExecutions = [.. _otherExecutions, _lastExecution];
        _lastExecution = execution;
    }

    internal void AddFill(decimal quantity, decimal price)
    {
        bool isFirst = _filledQuantity.IsZero;
        _filledQuantity = isFirst ? quantity : _filledQuantity + quantity;
        _filledValue = isFirst ? quantity * price : _filledValue + quantity * price;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _id);
        stream.Sync(ref _instrument);
        stream.Sync(ref _created);
        stream.Sync(ref _terms);
        stream.Sync(ref _decision);
        stream.Sync(ref _share);
        stream.Sync(ref _otherShares);
        stream.Sync(ref _status);
        stream.Sync(ref _filledQuantity);
        stream.Sync(ref _filledValue);
        stream.Sync(ref _brokerOrderId);
        stream.Sync(ref _lastExecution);
        stream.Sync(ref _otherExecutions);
        stream.Sync(ref _doubt);
    }
}

/// <summary>What an order asks for.</summary>
public readonly record struct OrderTerms(
    Side Side, OrderType Type, TimeInForce TimeInForce, OrderPurpose Purpose, decimal Quantity, decimal LimitPrice = 0, decimal StopPrice = 0)
{
    public decimal SignedQuantity => Side == Side.Buy ? Quantity : -Quantity;
}
