using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Market;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Matching;

/// <summary>Where the orders of one product meet its market. Knows no clock and no thread: it is told what happens, and tells fills.</summary>
/// <remarks>
/// A resting order waits behind what was displayed at its price when it came. Trades against its side at the price use that up, and a displayed size below it
/// shortens it; a trade through the price fills it. How it lies: the market does not see these orders, cancellations are believed to happen behind them,
/// and what a market order takes beyond the last displayed level costs one tick more for each level's worth.
/// </remarks>
internal sealed class ProductFloor(Product product, MatchingOptions options, QuirkSet quirks, IFills fills)
{
    private readonly List<VenueOrder> _resting = [];
    private readonly List<VenueOrder> _stops = [];
    private readonly List<VenueOrder> _triggered = [];
    private TickRule _rule = new();

    public Product Product => product;

    public BookView Book { get; } = new(product.Instrument, options.AssumedSize);

    public long? LastTicks { get; private set; }

    /// <summary>While trading is halted prices go on and no order meets them.</summary>
    public bool IsHalted { get; set; }

    /// <summary>Takes something of the market; orders are matched with it by the end of its instant at the latest.</summary>
    public void Apply(in Input input)
    {
        switch (input.Kind)
        {
            case InputKind.Trade:
                Take(input.Trade);
                break;
            case InputKind.Quote:
                Book.Apply(input.Quote);
                break;
            case InputKind.Depth:
                Book.Apply(input.Depth);
                break;
            case InputKind.Bar or InputKind.HistoryBar:
                LastTicks = Book.Ticks(input.Bar.Close);
                break;
            default:
                break;
        }
    }

    /// <summary>Executes triggered stops and fills what the book has come to cross. Called when all of an instant is known.</summary>
    public void EndInstant()
    {
        if (IsHalted) return;
        if (_triggered.Count > 0)
        {
            VenueOrder[] triggered = [.. _triggered];
            _triggered.Clear();
            foreach (VenueOrder order in triggered.Where(order => order.IsWorking)) Execute(order);
        }
        if (_resting.Count == 0) return;
        if (quirks.Has(Quirk.JoinFollowsTouch)) FollowTouch();
        foreach (VenueOrder order in Snapshot(_resting))
        {
            if (order.IsWorking && Crosses(order)) FillAtOwnPrice(order);
            order.QueueAhead = Math.Min(order.QueueAhead, Book.Shown(order.Side, order.LimitTicks!.Value));
        }
        _resting.RemoveAll(order => !order.IsWorking);
    }

    /// <summary>Starts to work an order: it fills at once as far as it can, rests, or waits for its trigger.</summary>
    public void Work(VenueOrder order)
    {
        if (order.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TrailingStop && !order.IsTriggered)
        {
            _stops.Add(order);
            if (LastTicks is { } last) Trigger(last);
            if (_triggered.Count > 0) EndInstant();
        }
        else
        {
            Execute(order);
        }
    }

    /// <summary>Takes back an order of an earlier process, behind all that will be displayed.</summary>
    public void Return(VenueOrder order)
    {
        if (order.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TrailingStop && !order.IsTriggered)
        {
            _stops.Add(order);
        }
        else if (order.LimitTicks is null)
        {
            _triggered.Add(order);
        }
        else
        {
            order.QueueAhead = long.MaxValue / 2;
            _resting.Add(order);
        }
    }

    /// <summary>Gives an order that changed its place again: behind all that is displayed.</summary>
    public void Requeue(VenueOrder order)
    {
        Forget(order);
        Work(order);
    }

    public void Forget(VenueOrder order)
    {
        _resting.Remove(order);
        _stops.Remove(order);
        _triggered.Remove(order);
    }

    private void Execute(VenueOrder order)
    {
        bool isCut = order.Remaining > 1 && fills.IsCut(order);
        bool isMarket = order.Type is OrderType.Market or OrderType.Stop or OrderType.TrailingStop;
        long step = 0;
        long level = Book.BestAgainst(order.Side) is { } best ? best : LastTicks ?? 0;
        while (order is { Remaining: > 0, Status: OrderStatus.Open or OrderStatus.Pending })
        {
            if (Book.BestAgainst(order.Side) is not null)
            {
                if (!isMarket && !Crosses(order)) break;
                int taken = Book.TakeBest(order.Side, isCut ? 1 : order.Remaining, out level);
                fills.Filled(order, level, taken);
            }
            else if (isMarket)
            {
                // Nothing is displayed any more: each further level is one tick away and holds what an unknown one does.
                fills.Filled(order, level + order.Side.Sign() * ++step, isCut ? 1 : Math.Min(order.Remaining, options.AssumedSize));
            }
            else
            {
                break;
            }
            if (!isCut) continue;
            // The rest goes on when the market has moved on.
            if (isMarket) _triggered.Add(order);
            else if (order.IsWorking) Rest(order);
            return;
        }
        if (order is { Remaining: > 0, IsWorking: true }) Rest(order);
    }

    private void Rest(VenueOrder order)
    {
        order.QueueAhead = Book.Shown(order.Side, order.LimitTicks!.Value);
        _resting.Add(order);
    }

    private bool Crosses(VenueOrder order) =>
        Book.BestAgainst(order.Side) is { } best && (order.Side == OrderSide.Bid ? best <= order.LimitTicks : best >= order.LimitTicks);

    private void FillAtOwnPrice(VenueOrder order)
    {
        while (order.Remaining > 0 && Crosses(order))
        {
            int taken = Book.TakeBest(order.Side, order.Remaining, out _);
            fills.Filled(order, order.LimitTicks!.Value, taken);
        }
    }

    private void Take(in Trade trade)
    {
        long ticks = Book.Ticks(trade.Price);
        LastTicks = ticks;
        OrderSide hit = _rule.IsSell(trade) ? OrderSide.Bid : OrderSide.Ask;
        if (IsHalted) return;
        if (_resting.Count > 0) FillResting(hit, ticks, (long)trade.Size);
        if (_stops.Count == 0) return;
        Trail(ticks);
        Trigger(ticks);
    }

    /// <summary>A joining order that the touch has left behind takes its place at the end of the queue there.</summary>
    private void FollowTouch()
    {
        foreach (VenueOrder order in Snapshot(_resting).Where(order => order.IsWorking && order.Type is OrderType.JoinBid or OrderType.JoinAsk))
        {
            long? touch = order.Type == OrderType.JoinBid ? Book.BestBid : Book.BestAsk;
            if (touch is not { } best || (best - order.LimitTicks!.Value) * order.Side.Sign() <= 0) continue;
            order.LimitTicks = best;
            _resting.Remove(order);
            Rest(order);
            fills.Moved(order);
        }
    }

    /// <summary>Orders of one price are served in the order in which they came to rest, which is the order of the list.</summary>
    private void FillResting(OrderSide hit, long ticks, long size)
    {
        long filled = 0;
        foreach (VenueOrder order in Snapshot(_resting))
        {
            if (order.Side != hit || !order.IsWorking) continue;
            long through = (order.LimitTicks!.Value - ticks) * hit.Sign();
            if (through < 0) continue;
            if (through > 0)
            {
                fills.Filled(order, order.LimitTicks.Value, order.Remaining);
                continue;
            }
            long reaches = size - order.QueueAhead - filled;
            order.QueueAhead = Math.Max(0, order.QueueAhead - (size - filled));
            if (reaches <= 0) continue;
            int share = (int)Math.Min(order.Remaining, reaches);
            filled += share;
            fills.Filled(order, ticks, share);
        }
        _resting.RemoveAll(order => !order.IsWorking);
    }

    private void Trail(long last)
    {
        foreach (VenueOrder order in _stops)
        {
            if (order.Type != OrderType.TrailingStop) continue;
            long level = last + order.TrailTicks!.Value;
            bool isBetter = order.Side == OrderSide.Ask ? level > order.StopTicks : level < order.StopTicks;
            if (!isBetter) continue;
            order.StopTicks = level;
            fills.Moved(order);
        }
    }

    private void Trigger(long last)
    {
        for (int i = 0; i < _stops.Count; i++)
        {
            VenueOrder order = _stops[i];
            if (order.Side == OrderSide.Bid ? last < order.StopTicks : last > order.StopTicks) continue;
            _stops.RemoveAt(i--);
            order.IsTriggered = true;
            _triggered.Add(order);
        }
    }

    private static VenueOrder[] Snapshot(List<VenueOrder> orders) => [.. orders];
}
