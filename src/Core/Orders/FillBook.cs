using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Books fills: to the account's net position, and to the strategies that the order was for. The sum of theirs, and of what is not ours, is always the net.</summary>
internal sealed class FillBook(OutputBuffer outputs, Account account, List<StrategySlot> slots, StrategyCalls strategies)
{
    // While an execution is taken back: what is booked then says so.
    private bool _isReversing;

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
        if (strategy < 0) return;
        (slots[strategy].Protection.Filled, slots[strategy].Protection.FillPrice) = (outputs.Time, (double)price);
        decimal position = slots[strategy].Position.Quantity;
        if (!position.IsZero && position.IsAboveZero == signed.IsAboveZero) ProtectionGuard.Plan(market, slots[strategy], isOfEarlierSession: false);
    }

    /// <summary>Takes an execution of an order back: the same at the same price to the other side, for those whom it was booked for. Equity and fees are as if it had never been.</summary>
    /// <param name="bust">Quantity and price of the execution, and the fee that comes back.</param>
    public void Reverse(MarketState market, Order order, in OrderExecution execution, in BrokerEvent bust)
    {
        decimal signed = order.Side == Side.Buy ? -bust.Quantity : bust.Quantity;
        BrokerEvent back = bust with { Fee = -bust.Fee };
        _isReversing = true;
        if (order.ShareCount == 1)
        {
            BookWhole(market, order, in back, signed);
        }
        else
        {
            account.Book(market.Index, signed, back.Price, back.Fee);
            BookShares(market, order, in back, -order.Side.Sign(), execution.Before);
        }
        _isReversing = false;
    }

    /// <summary>Books what the account traded and no strategy made.</summary>
    /// <param name="order">The order that closes what is not ours; none otherwise.</param>
    /// <param name="isReversal">The venue took it back, or it turned out to be somebody's.</param>
    public void BookExternal(MarketState market, OrderId order, long execution, in decimal signed, in decimal price, in decimal fee, bool isReversal = false)
    {
        market.Part();
        account.Book(market.Index, signed, price, fee);
        _isReversing |= isReversal;
        ReportExternal(market, order, execution, signed, price, fee);
        _isReversing &= !isReversal;
    }

    /// <summary>An execution that was booked as not ours turns out to be of an order: it passes to those whom the order is for. The account holds what it held.</summary>
    public void Link(MarketState market, Order order, in BrokerEvent fill)
    {
        decimal signed = order.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        decimal before = order.FilledQuantity;
        _isReversing = true;
        ReportExternal(market, default, fill.ExecutionId, -signed, fill.Price, -fill.Fee);
        _isReversing = false;
        order.AddFill(fill.Quantity, fill.Price);
        BookShares(market, order, in fill, order.Side.Sign(), before);
    }

    private void BookWhole(MarketState market, Order order, in BrokerEvent fill, in decimal signed)
    {
        int strategy = order.Share(0).Strategy;
        if (strategy < 0)
        {
            BookExternal(market, order.Id, fill.ExecutionId, signed, fill.Price, fill.Fee);
            return;
        }
        StrategySlot slot = slots[strategy];
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

    /// <summary>Books to a strategy alone; the account's part is done.</summary>
    private void Book(MarketState market, OrderId order, long execution, int strategy, in decimal signedQuantity, in decimal price, in decimal fee)
    {
        if (strategy < 0)
        {
            ReportExternal(market, order, execution, signedQuantity, price, fee);
            return;
        }
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

    private void ReportExternal(MarketState market, OrderId order, long execution, in decimal signedQuantity, in decimal price, in decimal fee)
    {
        decimal realized = market.External.Apply(signedQuantity, price) * market.Instrument.PointValue;
        Write(market, order, execution, Fill.ExternalStrategy, signedQuantity, price, fee, realized, market.External.Quantity);
    }

    private void Report(
        MarketState market, OrderId order, long execution, StrategySlot slot, in decimal before, in decimal signedQuantity, in decimal price, in decimal fee, in decimal realized)
    {
        slot.Counters.Book(in realized, in fee);
        ref readonly Fill fill = ref Write(market, order, execution, slot.Index, signedQuantity, price, fee, realized, slot.Position.Quantity);
        if (slot.RoundTrips.Add(slot.Index, outputs.Time, before, fill.PositionAfter, signedQuantity, price, fee, realized, out RoundTrip closed)) Close(market, slot, in closed);
        if (slot.ListensToFills && !slot.IsSuspended) strategies.Tell(slot, in fill);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly Fill Write(
        MarketState market, OrderId order, long execution, int strategy, in decimal signedQuantity, in decimal price, in decimal fee, in decimal realized, in decimal positionAfter)
    {
        ref Fill fill = ref outputs.NextFill(market.Index, strategy);
        fill.Order = order;
        fill.Execution = execution;
        fill.Strategy = strategy;
        fill.Side = signedQuantity.IsAboveZero ? Side.Buy : Side.Sell;
        fill.IsReversal = _isReversing;
        fill.Quantity = Math.Abs(signedQuantity);
        fill.Price = price;
        fill.Fee = fee;
        fill.RealizedPnl = realized;
        fill.PositionAfter = positionAfter;
        outputs.Add(in fill);
        return ref fill;
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
