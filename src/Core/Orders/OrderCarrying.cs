using Tradewind.Core.Engine;

namespace Tradewind.Core.Orders;

/// <content>How an order goes from one session to the next.</content>
public sealed partial class Order
{
    /// <param name="shares">By the strategies of this engine.</param>
    internal Order(CarriedOrder left, int instrument, OrderShare[] shares)
    {
        _id = new(left.Id);
        _clientId = left.ClientId;
        _parent = left.Parent ?? 0;
        _instrument = instrument;
        _created = left.Created;
        _terms = left.Terms.For(left.Purpose) with { IsChild = _parent != 0 };
        if (left.AskedTerms is { } asked) _asked = new(asked.For(left.Purpose) with { IsChild = _parent != 0 });
        _referencePrice = left.ReferencePrice;
        _share = shares[0];
        _otherShares = shares[1..];
        (_status, _doubt) = (left.Status, left.Doubt);
        // A parent that it was a child of, and an end of trading that it was to go with, were its session's.
        (_marks, _sends) = ((OrderMarks)left.Marks & ~(OrderMarks.Child | OrderMarks.EndsWithSession), (byte)left.Sends);
        (_filledQuantity, _filledValue) = (left.FilledQuantity, left.FilledValue);
        _brokerOrderId = left.BrokerOrderId;
        _trailTicks = left.TrailTicks;
        foreach (long execution in left.Executions) AddExecution(execution);
    }

    internal CarriedOrder Leave(string clientId, IReadOnlyList<CarriedShare> shares) => new(_id.Value, clientId, _instrument, _created)
    {
        Terms = Leave(Terms),
        AskedTerms = _asked is null ? null : Leave(_asked.Terms),
        Purpose = Purpose,
        ReferencePrice = _referencePrice,
        Shares = shares,
        Status = _status,
        Doubt = _doubt,
        Marks = (int)_marks,
        Sends = _sends,
        FilledQuantity = _filledQuantity,
        FilledValue = _filledValue,
        BrokerOrderId = _brokerOrderId,
        Executions = [.. Enumerable.Range(0, ExecutionCount).Select(index => Execution(index).Id)],
        Parent = _parent == 0 ? null : _parent,
        TrailTicks = _trailTicks,
    };

    private static CarriedTerms Leave(in OrderTerms terms) => new(terms.Side, terms.Type, terms.TimeInForce, terms.Quantity, terms.LimitPrice, terms.StopPrice) { GoodTill = terms.GoodTill, IsReduceOnly = terms.IsReduceOnly };
}
