using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Takes the wishes of a hosted strategy and lets it trade one unit on paper, so that its opinion is the position it would hold alone.</summary>
/// <remarks>
/// A market wish is held from the price at which it was said. Limit and stop entries, protective stops and targets fill on later bars, at their price or at the
/// open where that is beyond it; when stop and target lie in one bar, the stop comes first. Lies by knowing neither fees nor what happens within a bar.
/// </remarks>
internal sealed class PaperDesk(OutputBuffer outputs, Account account) : WishDesk(outputs, account)
{
    protected override void Take(StrategySlot slot, in Wish.Gist wish, Wish.Prices? exact, SignalRefusal refusal)
    {
        if (refusal != SignalRefusal.None)
        {
            slot.Counters.Refused++;
            return;
        }
        if (slot.Wish is { } standing && standing.Action == wish.Action && slot.Now < standing.Expires && standing.HasTerms(exact)) return;
        Timestamp expires = WishLife.EndOf(exact, wish.Validity, slot.Now, slot.Market.SessionAt(slot.Now).Close);
        slot.Set(new Signal(0, slot.Index, slot.Market.Index, slot.Now, in wish, exact, expires), exact is null && wish.Validity is null, TargetOf(wish.Action, slot));
        slot.Counters.Signals++;
        slot.Counters.ConfidenceSum += wish.Confidence;
        if (wish.Action == SignalAction.Hold) return;
        if (exact is null || exact.Exact.OrderType == OrderType.Market) Move(slot, slot.LastPrice);
        else if (IsHeld(slot)) Protect(slot);
    }

    public override void Win(StrategySlot slot, ExactLink second) => throw new InvalidOperationException("Linked wishes are not taken on paper.");

    /// <summary>What the bar does to orders that were on paper before it.</summary>
    public static void Fill(StrategySlot slot, in Bar bar)
    {
        FillProtection(slot, in bar);
        if (slot.Wish is not { } wish) return;
        if (bar.End > wish.Expires)
        {
            slot.ClearWish();
            return;
        }
        if (wish.OrderType == OrderType.Market || wish.Action is SignalAction.Hold || IsHeld(slot)) return;
        double side = slot.Target > slot.Position.Quantity ? 1 : -1;
        if (wish.OrderType is OrderType.Stop or OrderType.StopLimit)
        {
            double stop = (double)wish.StopPrice!.Value;
            if (side > 0 ? bar.High >= stop : bar.Low <= stop) Move(slot, side > 0 ? Math.Max(bar.Open, stop) : Math.Min(bar.Open, stop));
            return;
        }
        double limit = (double)wish.LimitPrice!.Value;
        if (side > 0 ? bar.Low <= limit : bar.High >= limit) Move(slot, side > 0 ? Math.Min(bar.Open, limit) : Math.Max(bar.Open, limit));
    }

    private static decimal TargetOf(SignalAction action, StrategySlot slot)
    {
        decimal unit = slot.Instrument.LotSize;
        return action == SignalAction.Buy ? unit : action == SignalAction.Sell ? -unit : action == SignalAction.Close ? 0m : slot.Position.Quantity;
    }

    private static bool IsHeld(StrategySlot slot) => slot.Target == slot.Position.Quantity;

    private static void FillProtection(StrategySlot slot, in Bar bar)
    {
        if (slot.Position.IsFlat || slot.Protection.IsNone) return;
        bool isLong = slot.Position.QuantityAsDouble > 0;
        (double stop, double target) = ((double)slot.Protection.StopLoss, (double)slot.Protection.TakeProfit);
        double price = double.NaN;
        if (target != 0 && (isLong ? bar.High >= target : bar.Low <= target)) price = isLong ? Math.Max(bar.Open, target) : Math.Min(bar.Open, target);
        if (stop != 0 && (isLong ? bar.Low <= stop : bar.High >= stop)) price = isLong ? Math.Min(bar.Open, stop) : Math.Max(bar.Open, stop);
        if (double.IsNaN(price)) return;
        Book(slot, -slot.Position.Quantity, price);
        slot.Protection.StopLoss = slot.Protection.TakeProfit = 0m;
        slot.ClearWish();
    }

    private static void Move(StrategySlot slot, double price)
    {
        if (!IsHeld(slot)) Book(slot, slot.Target - slot.Position.Quantity, price);
        Protect(slot);
    }

    private static void Protect(StrategySlot slot)
    {
        if (slot.Position.IsFlat) slot.Protection.StopLoss = slot.Protection.TakeProfit = 0m;
        else if (slot.Wish is { IsPlain: false } wish) (slot.Protection.StopLoss, slot.Protection.TakeProfit) = (wish.StopLoss ?? slot.Protection.StopLoss, TargetOf(wish, slot.Instrument) ?? slot.Protection.TakeProfit);
    }

    /// <summary>Of several targets, the first that would close the one unit.</summary>
    private static decimal? TargetOf(Signal wish, Instrument instrument)
    {
        if (wish.Targets.IsNone) return wish.TakeProfit;
        Span<decimal> units = stackalloc decimal[ExactTargets.Most];
        wish.Targets.Plan(instrument, instrument.LotSize, units);
        int first = units.IndexOf(instrument.LotSize);
        return first < 0 ? wish.TakeProfit : wish.Targets[first].Price;
    }

    private static void Book(StrategySlot slot, decimal signedQuantity, double price)
    {
        decimal before = slot.Position.Quantity, exact = slot.Instrument.RoundToTick(price);
        decimal points = slot.Position.Apply(signedQuantity, exact);
        slot.Counters.RealizedPnl += points * slot.Instrument.PointValue;
        if (slot.RoundTrips.Add(slot.Index, slot.Now, before, slot.Position.Quantity, signedQuantity, exact, 0m, points * slot.Instrument.PointValue, out RoundTrip closed))
        {
            slot.Counters.RoundTrips++;
            if (closed.NetPnl.IsAboveZero) slot.Counters.Wins++;
            slot.Weight.Add((double)closed.NetPnl);
        }
        if (!slot.ListensToFills) return;
        slot.Strategy.HandleFill(new Fill(default, 0, slot.Index, signedQuantity.IsAboveZero ? Side.Buy : Side.Sell, Math.Abs(signedQuantity), exact, 0m, points * slot.Instrument.PointValue, slot.Position.Quantity));
    }
}
