using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Closes a strategy's position by market orders until it is flat. Asks no strategy, no vote and no sizing.</summary>
/// <param name="pause">After an order that came to nothing; twice as long after each further one, up to eight times.</param>
internal sealed class PositionCloser(OutputBuffer outputs, OrderDesk desk, TimeSpan pause)
{
    /// <summary>So often the pause doubles.</summary>
    private const byte LongestPause = 3;

    /// <summary>Sees to it that exactly what is open is being closed.</summary>
    public void Close(MarketState market, StrategySlot slot)
    {
        decimal open = -slot.Position.Quantity;
        decimal missing = open - CancelMisfits(market, slot);
        ref Protection protection = ref slot.Protection;
        if (missing.IsZero || missing.IsAboveZero != open.IsAboveZero || open.IsZero || outputs.Time < protection.NextAttempt) return;
        Span<OrderShare> shares = [new(slot.Index, missing)];
        OrderTerms terms = new(open.IsAboveZero ? Side.Buy : Side.Sell, OrderType.Market, TimeInForce.Day, OrderPurpose.Flatten, Math.Abs(missing));
        if (desk.Submit(market, in terms, desk.NextDecision(), shares) is null) OnFailed(market, slot, $"denied: {desk.LastDenial}");
        else slot.Brakes.Circuit.OnSent(outputs.Time);
    }

    /// <summary>Takes market orders of the strategy that are on their way to close its position for its own: a second one would close twice, and a cancel comes too late.</summary>
    public static void TakeOver(MarketState market, StrategySlot slot)
    {
        foreach (Order order in market.Working)
        {
            if (!ClosesAlready(slot, order)) continue;
            order.Mark(OrderMarks.Closing);
            order.Unmark(OrderMarks.Child);
        }
    }

    /// <summary>A market order of the strategy alone, against its position, that nobody asked to cancel.</summary>
    public static bool ClosesAlready(StrategySlot slot, Order order) =>
        order is { Purpose: OrderPurpose.Target, Type: OrderType.Market, ShareCount: 1, IsCancelWanted: false, Status: not OrderStatus.CancelPending, Doubt: not OrderDoubt.Cancel }
        && order.Share(0).Strategy == slot.Index && OrderBrakes.Reduces(slot, order.SignedRemaining);

    /// <summary>A closing order ended without closing all, or was denied.</summary>
    public void OnFailed(MarketState market, StrategySlot slot, string why)
    {
        if (slot.Position.IsFlat) return;
        ref Protection protection = ref slot.Protection;
        Timestamp due = outputs.Time + Longer(ref protection.FailedAttempts);
        protection.NextAttempt = slot.Brakes.Circuit.IsOpen && slot.Brakes.Circuit.ProbeAt > due ? slot.Brakes.Circuit.ProbeAt : due;
        outputs.AddAlert(market.Index, $"{slot.Name}: closing {slot.Position.Quantity} {market.Instrument.Symbol} failed ({why}); it is tried again in {(protection.NextAttempt - outputs.Time).TotalSeconds:0} s.");
    }

    /// <summary>A closing order never left: the next one follows soon, and a probe it was none.</summary>
    public void OnNotSent(MarketState market, StrategySlot slot, string? why)
    {
        if (slot.Position.IsFlat) return;
        ref Protection protection = ref slot.Protection;
        TimeSpan wait = protection.UnsentClose.Set(outputs.Time, pause);
        protection.NextAttempt = protection.Exposure.Deadline = protection.UnsentClose.Due;
        slot.Brakes.Circuit.OnNotSent(protection.NextAttempt);
        if (protection.UnsentClose.IsTold) outputs.AddAlert(market.Index, $"{slot.Name}: an order to close {slot.Position.Quantity} {market.Instrument.Symbol} never left ({why ?? "no further words"}); it is tried again in {wait.TotalSeconds:0.##} s.");
    }

    /// <summary>It is still not flat: tries again, or says that it waits for an answer.</summary>
    /// <returns>When to look again.</returns>
    public Timestamp Insist(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        if (outputs.Time < protection.NextAttempt) return protection.NextAttempt;
        if (protection.UnsentClose.IsTold) outputs.AddAlert(market.Index, $"{slot.Name}: the position of {slot.Position.Quantity} {market.Instrument.Symbol} is still not closed.");
        Close(market, slot);
        if (outputs.Time < protection.NextAttempt) return protection.NextAttempt;
        // An order is on its way: a second one could close twice. It is only said again, ever more rarely.
        return outputs.Time + Longer(ref protection.Reminders);
    }

    private TimeSpan Longer(ref byte times) => pause * (1 << (times < LongestPause ? times++ : LongestPause));

    /// <summary>Cancels closing orders that would close more than is open, or open something.</summary>
    /// <returns>Signed units that closing orders on the right side still work for.</returns>
    public decimal CancelMisfits(MarketState market, StrategySlot slot)
    {
        decimal open = -slot.Position.Quantity;
        decimal closing = 0m;
        foreach (Order order in market.Working)
        {
            if (!order.IsClosing || order.Share(0).Strategy != slot.Index) continue;
            bool isRightSide = !open.IsZero && order.Side == Side.Buy == open.IsAboveZero;
            if (isRightSide) closing += order.SignedRemaining;
            if (!isRightSide || Math.Abs(closing) > Math.Abs(open)) desk.Cancel(order);
        }
        return closing;
    }
}
