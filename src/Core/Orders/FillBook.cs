using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Books fills: to the account's net position, and to the strategies that the order was for. The sum of theirs is always the net.</summary>
internal sealed class FillBook(OutputBuffer outputs, Account account, List<StrategySlot> slots, StrategyCalls strategies)
{
    /// <summary>Books a fill of an order, share by share in their order.</summary>
    public void Book(MarketState market, Order order, in BrokerEvent fill)
    {
        decimal signed = order.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        decimal before = order.FilledQuantity;
        order.AddFill(fill.Quantity, fill.Price);
        if (order.ShareCount == 1)
        {
            BookWhole(market, order, in fill, signed);
            return;
        }
        account.Book(market.Index, signed, fill.Price, fill.Fee);
        BookShares(market, order, in fill, order.Side.Sign(), before);
    }

    /// <summary>Lets opposite wishes meet inside at the last price, without a broker; returns how many shares are left, all of one side.</summary>
    public int Cross(MarketState market, Span<OrderShare> shares)
    {
        decimal buys = 0m, sells = 0m;
        foreach (OrderShare share in shares)
        {
            if (share.Quantity.IsAboveZero) buys += share.Quantity;
            else sells -= share.Quantity;
        }
        decimal crossing = Math.Min(buys, sells);
        if (crossing.IsZero || double.IsNaN(market.Mark)) return shares.Length;
        decimal price = market.Instrument.RoundToTick(market.Mark);
        decimal buysLeft = crossing, sellsLeft = crossing;
        int left = 0;
        foreach (OrderShare share in shares)
        {
            ref decimal budget = ref share.Quantity.IsAboveZero ? ref buysLeft : ref sellsLeft;
            decimal quantity = Math.Min(Math.Abs(share.Quantity), budget);
            budget -= quantity;
            decimal signed = share.Quantity.IsAboveZero ? quantity : -quantity;
            if (quantity.IsAboveZero) BookInside(market, share.Strategy, signed, price);
            if (share.Quantity != signed) shares[left++] = share with { Quantity = share.Quantity - signed };
        }
        return left;
    }

    /// <summary>What meets inside changes positions like any fill, and so what protects them.</summary>
    private void BookInside(MarketState market, int strategy, in decimal signed, in decimal price)
    {
        Book(market, default, 0, strategy, signed, price, 0m);
        market.NeedsProtection = true;
        (slots[strategy].Protection.Filled, slots[strategy].Protection.FillPrice) = (outputs.Time, (double)price);
        decimal position = slots[strategy].Position.Quantity;
        if (!position.IsZero && position.IsAboveZero == signed.IsAboveZero) ProtectionGuard.Plan(market, slots[strategy], isOfEarlierSession: false);
    }

    private void BookWhole(MarketState market, Order order, in BrokerEvent fill, in decimal signed)
    {
        StrategySlot slot = slots[order.Share(0).Strategy];
        decimal before = slot.Position.Quantity;
        decimal realized = account.Book(market.Index, signed, fill.Price, fill.Fee);
        if (!slot.IsAlone) realized = Realize(slot, signed, fill.Price);
        Report(market, order.Id, fill.ExecutionId, slot, before, signed, fill.Price, fill.Fee, realized);
    }

    private void BookShares(MarketState market, Order order, in BrokerEvent fill, int sign, decimal filledBefore)
    {
        decimal quantityLeft = fill.Quantity, feeLeft = fill.Fee, skip = filledBefore;
        for (int i = 0; i < order.ShareCount && quantityLeft.IsAboveZero; i++)
        {
            OrderShare share = order.Share(i);
            decimal size = Math.Abs(share.Quantity);
            decimal open = size - Math.Min(size, skip);
            skip -= Math.Min(size, skip);
            bool isLast = i == order.ShareCount - 1;
            decimal part = isLast ? quantityLeft : Math.Min(open, quantityLeft);
            if (part.IsZero) continue;
            decimal fee = part == quantityLeft ? feeLeft : decimal.Round(fill.Fee * part / fill.Quantity, Position.ShareDecimals);
            quantityLeft -= part;
            feeLeft -= fee;
            Book(market, order.Id, fill.ExecutionId, share.Strategy, sign * part, fill.Price, fee);
        }
    }

    private void Book(MarketState market, OrderId order, long execution, int strategy, in decimal signedQuantity, in decimal price, in decimal fee)
    {
        StrategySlot slot = slots[strategy];
        decimal before = slot.Position.Quantity;
        Report(market, order, execution, slot, before, signedQuantity, price, fee, Realize(slot, signedQuantity, price));
    }

    /// <summary>Moves the strategy's own position; returns the realized money before fees.</summary>
    private static decimal Realize(StrategySlot slot, in decimal signedQuantity, in decimal price)
    {
        decimal points = slot.Position.Apply(signedQuantity, price);
        return points.IsZero ? 0m : points * slot.Instrument.PointValue;
    }

    private void Report(
        MarketState market, OrderId order, long execution, StrategySlot slot, in decimal before, in decimal signedQuantity, in decimal price, in decimal fee, in decimal realized)
    {
        if (!realized.IsZero) slot.Counters.RealizedPnl += realized;
        if (!fee.IsZero) slot.Counters.Fees += fee;
        bool isBuy = signedQuantity.IsAboveZero;
        ref Fill fill = ref outputs.NextFill(market.Index, slot.Index);
        fill.Order = order;
        fill.Execution = execution;
        fill.Strategy = slot.Index;
        fill.Side = isBuy ? Side.Buy : Side.Sell;
        fill.Quantity = Math.Abs(signedQuantity);
        fill.Price = price;
        fill.Fee = fee;
        fill.RealizedPnl = realized;
        fill.PositionAfter = slot.Position.Quantity;
        outputs.Add(in fill);
        if (slot.RoundTrips.Add(slot.Index, outputs.Time, before, fill.PositionAfter, signedQuantity, price, fee, realized, out RoundTrip closed)) Close(market, slot, in closed);
        if (slot.ListensToFills && !slot.IsSuspended) strategies.Tell(slot, in fill);
    }

    private void Close(MarketState market, StrategySlot slot, in RoundTrip closed)
    {
        slot.Counters.RoundTrips++;
        decimal net = closed.NetPnl;
        if (net.IsAboveZero) slot.Counters.Wins++;
        slot.Weight.Add((double)net);
        outputs.Add(market.Index, in closed);
    }
}
