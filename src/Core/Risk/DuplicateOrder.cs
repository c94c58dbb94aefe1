using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Risk;

/// <summary>The same order is not sent twice within a short time: same instrument, side, kind, quantity and prices. A last net below the engine's own rule that a repeated wish orders once.</summary>
/// <remarks>Protective orders are exempt: the guard replaces them, and a position without a stop is worse than one with two.</remarks>
public sealed class DuplicateOrder : IRiskRule
{
    private readonly TimeSpan _window;
    private Sent[] _last = [];

    /// <param name="window">Above zero.</param>
    public DuplicateOrder(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        _window = window;
    }

    public string Name => "duplicate-order";

    public bool ChecksReductions => true;

    public bool CountsOrders => true;

    /// <summary>Measures the seconds since the equal order; the limit is the window.</summary>
    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double limit = _window.TotalSeconds;
        // Children of an execution are alike by design, and their parent counts them.
        if (draft.Terms.Purpose != OrderPurpose.Target || draft.Terms.IsChild || draft.InstrumentIndex >= _last.Length) return RiskDecision.Approve(limit, limit);
        ref Sent last = ref _last[draft.InstrumentIndex];
        if (last.Quantity == 0 || !last.IsOf(draft.Terms)) return RiskDecision.Approve(limit, limit);
        TimeSpan age = view.Now - last.Time;
        return age < _window ? RiskDecision.Deny(RiskCode.Duplicate, age.TotalSeconds, limit) : RiskDecision.Approve(age.TotalSeconds, limit);
    }

    public void OnApproved(in OrderDraft draft, IRiskView view)
    {
        if (draft.Terms.Purpose != OrderPurpose.Target) return;
        if (_last.Length < view.InstrumentCount) Array.Resize(ref _last, view.InstrumentCount);
        OrderTerms terms = draft.Terms;
        _last[draft.InstrumentIndex] = new(view.Now, terms.Side, terms.Type, terms.Quantity, terms.LimitPrice, terms.StopPrice);
    }

    public void OnNotSent(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Instrument >= _last.Length) return;
        ref Sent last = ref _last[order.Instrument];
        if (last.Time == order.Created && last.IsOf(order.Terms)) last = default;
    }

    void ISnapshot.Sync(Snapshot stream)
    {
        stream.Sync(ref _last);
    }

    /// <summary>The newest order of an instrument.</summary>
    private readonly record struct Sent(Timestamp Time, Side Side, OrderType Type, decimal Quantity, decimal LimitPrice, decimal StopPrice)
    {
        public bool IsOf(OrderTerms terms) =>
            Side == terms.Side && Type == terms.Type && Quantity == terms.Quantity && LimitPrice == terms.LimitPrice && StopPrice == terms.StopPrice;
    }
}
