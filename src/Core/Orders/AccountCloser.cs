using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Closes all that the account holds of an instrument when an operator says so. What no strategy made it closes by itself, and tries until nothing is left: nobody else would.</summary>
internal sealed class AccountCloser(OutputBuffer outputs, OrderDesk desk, FillBook book, ProtectionGuard guard)
{
    /// <summary>Positions against each other meet inside; the rest is closed at the market.</summary>
    public void CloseAll(MarketState market)
    {
        market.ExternalClosing.Clear();
        MeetInside(market);
        foreach (StrategySlot slot in market.Slots)
        {
            guard.Flatten(market, slot, $"{slot.Name}: closing {slot.Position.Quantity} {market.Instrument.Symbol} as commanded.");
            guard.Sync(market, slot);
        }
        if (market.External.IsFlat) return;
        outputs.AddAlert(market.Index, $"Closing {market.External.Quantity} {market.Instrument.Symbol} that no strategy holds as commanded.");
        market.ExternalClosing.Start();
        if (!IsClosing(market)) Send(market);
    }

    /// <summary>What no strategy holds has changed.</summary>
    public void OnExternalFill(MarketState market)
    {
        ref Backoff closing = ref market.ExternalClosing;
        if (!closing.IsOn) return;
        if (market.External.IsFlat) closing.Clear();
        else if (!closing.IsSet && !IsClosing(market)) market.WakeAt(closing.Set(outputs.Time));
    }

    /// <summary>An order that was to close what no strategy holds ended without doing so.</summary>
    /// <param name="wasSent">False where it never left.</param>
    public void OnEnded(MarketState market, Order order, string? text, bool wasSent)
    {
        if (!market.External.IsFlat) Fail(market, $"{(wasSent ? order.Status.ToString() : "it never left")}: {text ?? "no further words"}", wasSent);
    }

    /// <summary>Makes the try that is due.</summary>
    public void TryAgain(MarketState market)
    {
        ref Backoff closing = ref market.ExternalClosing;
        if (!closing.IsSet) return;
        if (!closing.TakeDue(outputs.Time)) market.WakeAt(closing.Due);
        else if (market.External.IsFlat) closing.Clear();
        else if (!IsClosing(market)) Send(market);
    }

    private void MeetInside(MarketState market)
    {
        var shares = new OrderShare[market.Slots.Length + 1];
        int count = 0;
        foreach (StrategySlot slot in market.Slots)
        {
            if (!slot.Position.IsFlat && !slot.Protection.IsClosing && !IsClosing(market, slot)) shares[count++] = new(slot.Index, -slot.Position.Quantity);
        }
        if (!market.External.IsFlat && !IsClosing(market)) shares[count++] = new(Fill.ExternalStrategy, -market.External.Quantity);
        if (count > 1) book.Cross(market, shares.AsSpan(0, count));
    }

    /// <summary>What is on its way for a position must find it as it is.</summary>
    private static bool IsClosing(MarketState market, StrategySlot slot)
    {
        foreach (Order order in market.Working)
        {
            if (PositionCloser.ClosesAlready(slot, order)) return true;
        }
        return false;
    }

    private static bool IsClosing(MarketState market)
    {
        foreach (Order order in market.Working)
        {
            if (order.Purpose == OrderPurpose.Flatten && order.Share(0).Strategy == Fill.ExternalStrategy) return true;
        }
        return false;
    }

    private void Send(MarketState market)
    {
        decimal held = market.External.Quantity;
        Span<OrderShare> shares = [new(Fill.ExternalStrategy, -held)];
        OrderTerms terms = new(held.IsAboveZero ? Side.Sell : Side.Buy, OrderType.Market, TimeInForce.Day, OrderPurpose.Flatten, Math.Abs(held));
        if (desk.Submit(market, in terms, desk.NextDecision(), shares) is null) Fail(market, $"denied: {desk.LastDenial}");
    }

    private void Fail(MarketState market, string why, bool wasSent = true)
    {
        Timestamp due = market.ExternalClosing.Set(outputs.Time, wasSent);
        market.WakeAt(due);
        outputs.AddAlert(market.Index, $"Closing {market.External.Quantity} {market.Instrument.Symbol} that no strategy holds failed ({why}); it is tried again in {(due - outputs.Time).TotalSeconds:0} s.");
    }
}
