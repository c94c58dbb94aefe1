using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Risk;

/// <summary>At most so many orders in a sliding window. A fifth of the limit is kept for orders that protect or close.</summary>
public sealed class OrderRate : IRiskRule
{
    private readonly int _limit;
    private readonly int _entryLimit;
    private readonly TimeSpan _window;
    private readonly Timestamp[] _sent;
    private int _next;

    /// <param name="limit">Most orders in the window, 1 to 10,000.</param>
    /// <param name="window">Length of the window, above zero.</param>
    public OrderRate(int limit, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        _limit = limit;
        _entryLimit = limit - limit / 5;
        _window = window;
        _sent = new Timestamp[limit];
        Array.Fill(_sent, Timestamp.MinValue);
    }

    public string Name => "order-rate";

    public bool ChecksReductions => true;

    public bool CountsOrders => true;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        int limit = draft.Terms.Purpose == OrderPurpose.Target && !draft.OnlyReduces ? _entryLimit : _limit;
        int sent = 0;
        // A difference to MinValue would overflow, so the window's edge is compared instead.
        Timestamp edge = view.Now - _window;
        foreach (Timestamp time in _sent)
        {
            if (time > edge) sent++;
        }
        return sent < limit ? RiskDecision.Approve(sent, limit) : RiskDecision.Deny(RiskCode.OrderRate, sent, limit);
    }

    public void OnApproved(in OrderDraft draft, IRiskView view)
    {
        _sent[_next] = view.Now;
        _next = (_next + 1) % _sent.Length;
    }

    /// <summary>One of the orders of that instant counts no more: which one makes no difference.</summary>
    public void OnNotSent(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        int place = Array.IndexOf(_sent, order.Created);
        if (place >= 0) _sent[place] = Timestamp.MinValue;
    }

    void ISnapshot.Sync(Snapshot stream)
    {
        stream.Sync(_sent.AsSpan());
        stream.Sync(ref _next);
    }
}
