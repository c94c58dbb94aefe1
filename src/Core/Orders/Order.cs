using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>An order that the risk gate approved; there is no other way to make one. Its terms change only by a modification that the venue confirmed, its status only by <see cref="OrderLifecycle"/>.</summary>
/// <remarks>Brokers may read <see cref="Terms"/> from any thread and get them whole; only the engine's thread writes.</remarks>
public sealed partial class Order : ISnapshot
{
    private OrderId _id;
    private int _instrument;
    private Timestamp _created;
    private OrderTerms _terms;
    private volatile ChangedTerms? _changed;
    private ChangedTerms? _asked;
    private double _referencePrice;
    private long _decision;
    private OrderShare _share;
    private OrderShare[] _otherShares = [];
    private OrderStatus _status;
    private decimal _filledQuantity;
    private decimal _filledValue;
    private string? _brokerOrderId;
    private OrderExecution _lastExecution;
    private OrderExecution[] _otherExecutions = [];
    private OrderBusts? _busts;
    private OrderDoubt _doubt;
    private OrderMarks _marks;
    private byte _sends;
    private Timestamp _askAgainAt;
    private string? _clientId;
    private long _parent;
    private PlannedBracket? _bracket;

    internal Order()
    {
    }

    internal Order(OrderId id, int instrument, Timestamp created, in OrderTerms terms, double referencePrice, long decision, ReadOnlySpan<OrderShare> shares)
    {
        _id = id;
        _instrument = instrument;
        _created = created;
        _terms = terms;
        _referencePrice = referencePrice;
        _status = OrderStatus.Draft;
        Apply(OrderEvent.Approved);
        _decision = decision;
        _share = shares[0];
        if (shares.Length > 1) _otherShares = shares[1..].ToArray();
    }

    public OrderId Id => _id;

    /// <summary>The client id under which an earlier session sent it, and under which it stays; null for an order of this session.</summary>
    public string? ClientId => _clientId;

    /// <summary>Index of the instrument in the engine.</summary>
    public int Instrument => _instrument;

    public Timestamp Created => _created;

    /// <summary>What it asks for now: as handed out first, or as the venue confirmed last.</summary>
    public OrderTerms Terms => _changed is { } changed ? changed.Terms : _terms;

    /// <summary>Where what it opens is to be protected, so that a broker can hand that to the venue together with it; null where it does not open a position from flat, or no broker asks for it.</summary>
    public PlannedBracket? Bracket => _bracket;

    /// <summary>What it asked for when it was handed out first; never changes.</summary>
    public OrderTerms FirstTerms => _terms;

    /// <summary>The terms that were asked for last and neither confirmed nor refused; null when there are none.</summary>
    public OrderTerms? AskedTerms => _asked?.Terms;

    public Side Side => _terms.Side;

    public OrderType Type => _terms.Type;

    public TimeInForce TimeInForce => _terms.TimeInForce;

    public OrderPurpose Purpose => _terms.Purpose;

    /// <summary>Units in all, filled ones included, above 0.</summary>
    public decimal Quantity => _changed is { } changed ? changed.Terms.Quantity : _terms.Quantity;

    /// <summary>0 where the type has none.</summary>
    public decimal LimitPrice => _changed is { } changed ? changed.Terms.LimitPrice : _terms.LimitPrice;

    /// <summary>0 where the type has none.</summary>
    public decimal StopPrice => _changed is { } changed ? changed.Terms.StopPrice : _terms.StopPrice;

    /// <summary>The limit or stop price where there was one, otherwise the last price, when it was decided on.</summary>
    public double ReferencePrice => _referencePrice;

    /// <summary>The execution of which it fills a part, by its number; 0 for none.</summary>
    public long Parent => _parent;

    /// <summary>The decision that the order came from: its votes and checks stand under this number. 0 for protective orders.</summary>
    public long Decision => _decision;

    public OrderStatus Status => _status;

    /// <summary>What was asked for last and not answered, while <see cref="OrderStatus.InDoubt"/>.</summary>
    public OrderDoubt Doubt => _doubt;

    /// <summary>Units of all executions so far; what the venue took back (<see cref="BustedQuantity"/>) is not taken off, so that it never falls.</summary>
    public decimal FilledQuantity => _filledQuantity;

    public decimal RemainingQuantity => _filledQuantity.IsZero ? Quantity : Quantity - _filledQuantity;

    /// <summary>Units that it could still fill at most: a modification that is not answered may have taken effect.</summary>
    public decimal WorstRemaining => _asked is { } asked && asked.Terms.Quantity > Quantity ? asked.Terms.Quantity - _filledQuantity : RemainingQuantity;

    /// <summary>How often it was handed out to be sent: 1, or 2 when the venue was proven never to have had it.</summary>
    public int Sends => _sends;

    /// <summary>Units of the filled ones whose executions the venue took back.</summary>
    public decimal BustedQuantity => _busts?.Quantity ?? 0m;

    /// <summary>Mean price of the fills, those taken back among them; 0 before the first.</summary>
    public decimal AverageFillPrice => _filledQuantity.IsZero ? 0m : _filledValue / _filledQuantity;

    /// <summary>The broker's own number; null until it told us.</summary>
    public string? BrokerOrderId => _brokerOrderId;

    public int ShareCount => 1 + _otherShares.Length;

    /// <summary>Signed units still to be filled.</summary>
    internal decimal SignedRemaining => Side == Side.Buy ? RemainingQuantity : -RemainingQuantity;

    /// <summary>One strategy's part. That of a single strategy is the whole order, also after a modification.</summary>
    public OrderShare Share(int index) => index > 0 ? _otherShares[index - 1] : _changed is null || ShareCount > 1 ? _share : _share with { Quantity = _changed.Terms.SignedQuantity };

    /// <summary>The venue has shown that it has the order.</summary>
    internal bool IsKnown => Has(OrderMarks.Known);

    /// <summary>It is to be canceled as soon as it is known what became of its sending.</summary>
    internal bool IsCancelWanted => Has(OrderMarks.CancelWanted);

    /// <summary>It ended by the proof that the venue never had it, not by the venue's word.</summary>
    public bool IsHeldAbsent => Has(OrderMarks.HeldAbsent);

    /// <summary>It works beside the entry that the standing wish asks for first, or lost against the other one.</summary>
    internal bool IsAlternative => Has(OrderMarks.Alternative);

    /// <summary>It works for an execution that runs.</summary>
    internal bool IsChild => Has(OrderMarks.Child);

    /// <summary>Not the entry that the standing wish asks for first: others see to it.</summary>
    internal bool IsApart => Has(OrderMarks.Alternative | OrderMarks.Child | OrderMarks.Closing);

    /// <summary>It fills a part of this execution.</summary>
    internal void Serve(long parent)
    {
        _parent = parent;
        Mark(OrderMarks.Child);
    }

    /// <summary>It closes a position that is to be flat: made for that, or on its way to do so when that was decided.</summary>
    internal bool IsClosing => Purpose == OrderPurpose.Flatten || Has(OrderMarks.Closing);

    /// <summary>All had to be flat while it worked: what it still opens is closed at once.</summary>
    internal bool IsUnwelcome => Has(OrderMarks.Unwelcome);

    /// <summary>The end of the session asked for its cancel.</summary>
    internal bool EndsWithSession => Has(OrderMarks.EndsWithSession);

    /// <summary>It could only bring positions of its strategies nearer to flat when it was approved, whatever else filled.</summary>
    public bool Reduces => Purpose != OrderPurpose.Target || Has(OrderMarks.Reduces | OrderMarks.Closing);

    /// <summary>The same of what the account holds, by all together.</summary>
    public bool ReducesAccount => Purpose != OrderPurpose.Target || Has(OrderMarks.ReducesAccount);

    /// <summary>Lets something happen to it; false when that changes nothing.</summary>
    internal bool Apply(OrderEvent happened)
    {
        if (happened is OrderEvent.Sent or OrderEvent.SentAgain) _sends++;
        return OrderLifecycle.TryMove(ref _status, ref _doubt, happened, IsKnown, !_filledQuantity.IsZero);
    }

    internal void Mark(OrderMarks marks) => _marks |= marks;

    internal void Unmark(OrderMarks marks) => _marks &= ~marks;

    /// <summary>True when the number is news.</summary>
    internal bool LearnBrokerOrderId(string? id)
    {
        if (id is null || id == _brokerOrderId) return false;
        _brokerOrderId = id;
        return true;
    }

    internal void Attach(PlannedBracket? bracket) => _bracket = bracket;

    internal void Ask(in OrderTerms terms) => _asked = new(terms);

    /// <summary>The terms asked for last hold from now on; false when nothing was asked.</summary>
    internal bool TakeAskedTerms()
    {
        if (_asked is null) return false;
        _changed = _asked;
        _asked = null;
        return true;
    }

    internal void DropAskedTerms() => _asked = null;

    internal int ExecutionCount => _lastExecution.Id == 0 ? 0 : 1 + _otherExecutions.Length;

    internal OrderExecution Execution(int index) => index < _otherExecutions.Length ? _otherExecutions[index] : _lastExecution;

    /// <summary>False for number 0, which stands for an execution without one.</summary>
    internal bool HasExecution(long id) => id != 0 && (id == _lastExecution.Id || (_otherExecutions.Length > 0 && TryFindExecution(id, out _)));

    internal bool TryFindExecution(long id, out OrderExecution found)
    {
        for (int i = ExecutionCount - 1; i >= 0; i--)
        {
            found = Execution(i);
            if (found.Id == id) return true;
        }
        found = default;
        return false;
    }

    internal void AddExecution(long id)
    {
        if (id == 0) return;
        if (_lastExecution.Id != 0) _otherExecutions = [.. _otherExecutions, _lastExecution];
        _lastExecution = new(id, _filledQuantity);
    }

    internal OrderBusts Busts => _busts ??= new();

    internal bool HasBusts => _busts is not null;

    private bool Has(OrderMarks mark) => (_marks & mark) != 0;

    internal void AddFill(decimal quantity, decimal price)
    {
        bool isFirst = _filledQuantity.IsZero;
        _filledQuantity = isFirst ? quantity : _filledQuantity + quantity;
        _filledValue = isFirst ? quantity * price : _filledValue + quantity * price;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _clientId);
        stream.Sync(ref _parent);
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
        stream.Sync(ref _marks);
        stream.Sync(ref _sends);
        stream.Sync(ref _askAgainAt);
        stream.Sync(ref _referencePrice);
        stream.Sync(ref _trailTicks);
        _changed = Sync(stream, _changed);
        _asked = Sync(stream, _asked);
        bool hasBusts = HasBusts;
        stream.Sync(ref hasBusts);
        if (hasBusts) Busts.Sync(stream);
    }

    private static ChangedTerms? Sync(Snapshot stream, ChangedTerms? changed)
    {
        bool isThere = changed is not null;
        stream.Sync(ref isThere);
        if (!isThere) return null;
        OrderTerms terms = changed?.Terms ?? default;
        stream.Sync(ref terms);
        return new(terms);
    }
}
