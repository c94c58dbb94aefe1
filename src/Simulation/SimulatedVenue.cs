using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Simulation.Fees;
using Tradewind.Simulation.Fills;

namespace Tradewind.Simulation;

/// <summary>What the simulated venue does with orders.</summary>
public sealed record VenueOptions
{
    public IFillModel Fills { get; init; } = new NextOpen();

    public IFeeModel Fees { get; init; } = new PerUnit(0m);

    /// <summary>Ticks by which market and stop orders fill worse, 0 or more.</summary>
    public int SlippageTicks { get; init; }

    /// <summary>Time from our decision to the venue, zero or more: an order takes no part in what the market does before.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Executions are numbered from the next one on, 0 or more: those of an earlier session are known to the engine.</summary>
    public long LastExecution { get; init; }
}

/// <summary>Works orders against the market data that it is shown, and tells what became of them as broker events.</summary>
/// <remarks>
/// With trades: a market order fills at the touch of the last quote or, without quotes, at the next trade's price; a stop triggers on a trade at or through it;
/// a limit fills when the market trades through it or the opposite touch reaches it. Lies by ignoring size and its own effect on the market.
/// </remarks>
public sealed class SimulatedVenue
{
    private readonly Instrument[] _instruments;
    private readonly List<Order>[] _working;
    private readonly Quote[] _quotes;
    private readonly double[] _lastPrices;
    private readonly VenueEvents _events = new();
    private readonly VenueOptions _options;

    /// <summary>Nobody else looks at last prices.</summary>
    private readonly bool _fillsAtOnce;
    private readonly HashSet<long> _triggered = [];
    private readonly HashSet<long> _resumed = [];
    private long _lastExecution;

    public SimulatedVenue(IReadOnlyList<Instrument> instruments, VenueOptions options)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _fillsAtOnce = options.Fills.FillsAtOnce;
        _lastExecution = options.LastExecution;
        _instruments = [.. instruments];
        _working = [.. instruments.Select(_ => new List<Order>())];
        _quotes = new Quote[_instruments.Length];
        _lastPrices = new double[_instruments.Length];
    }

    /// <summary>Takes an order in and answers by an event.</summary>
    public void Submit(Order order, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(order);
        _events.Add(now, BrokerEventKind.Accepted, order.Id);
        if (_fillsAtOnce && order.Type == OrderType.Market && _lastPrices[order.Instrument] > 0)
        {
            Fill(order, now, _lastPrices[order.Instrument], slips: true);
            return;
        }
        _working[order.Instrument].Add(order);
    }

    /// <summary>Works an order of an earlier session on, from now on whatever the time was when it was made: a made-up market begins anew.</summary>
    public void Resume(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        _resumed.Add(order.Id.Value);
        _working[order.Instrument].Add(order);
    }

    public void Cancel(Order order, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(order);
        bool wasWorking = _working[order.Instrument].Remove(order);
        _triggered.Remove(order.Id.Value);
        if (wasWorking) _events.Add(now, BrokerEventKind.Canceled, order.Id);
        else _events.Add(now, BrokerEventKind.CancelRejected, order.Id, "the order is not working");
    }

    /// <summary>Lets a working order have the terms that the engine asks for; they hold from its word on, because the engine itself sets them.</summary>
    public void Modify(Order order, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (_working[order.Instrument].Contains(order)) _events.Add(now, BrokerEventKind.Modified, order.Id);
        else _events.Add(now, BrokerEventKind.ModifyRejected, order.Id, "the order is not working");
    }

    public bool HasEvents
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _events.Count > 0;
    }

    public bool TryTakeEvent(out Input told)
    {
        told = default;
        if (!HasEvents) return false;
        ref readonly VenueEvent next = ref _events.Take();
        told = new(next.Time, in next.Told, next.Text);
        return true;
    }

    /// <summary>The oldest event, of at least one; valid until the next call of anything here.</summary>
    internal ref readonly VenueEvent TakeEvent() => ref _events.Take();

    /// <summary>True when the instrument has no orders: nothing can happen to it.</summary>
    public bool IsIdle(int instrument) => _working[instrument].Count == 0;

    /// <summary>Remembers the last price that the strategies saw.</summary>
    public void SetLastPrice(int instrument, double price)
    {
        if (_fillsAtOnce) _lastPrices[instrument] = price;
    }

    /// <summary>Adds the next fill within a bar to the events; false when there is none left. Call again once they are taken, because the engine may have changed its orders.</summary>
    /// <param name="now">Time of the engine: no event may be earlier.</param>
    public bool TryFill(int instrument, in Bar bar, Timestamp now)
    {
        if (FindFill(instrument, in bar, now) is not { } fill) return false;
        TakeFill(instrument, in fill, now);
        return true;
    }

    /// <summary>The next fill within a bar, without making it; null when there is none.</summary>
    internal BarFill? FindFill(int instrument, in Bar bar, Timestamp now)
    {
        List<Order> orders = _working[instrument];
        return orders.Count == 0 ? null : _options.Fills.Next(orders, in bar, now, _options.Latency);
    }

    /// <summary>Adds a fill that was just found to the events.</summary>
    internal void TakeFill(int instrument, in BarFill fill, Timestamp now)
    {
        List<Order> orders = _working[instrument];
        Order order = orders[fill.Index];
        orders.RemoveAt(fill.Index);
        Fill(order, fill.Time < now ? now : fill.Time, fill.Price, slips: order.Type != OrderType.Limit);
    }

    /// <summary>Ends what may work no longer: immediate orders that did not fill on their first bar, day orders when a session is over.</summary>
    public void ExpireAfter(int instrument, Timestamp now) => Expire(instrument, now, hasTraded: true);

    /// <param name="hasTraded">Immediate orders have had their chance.</param>
    private void Expire(int instrument, Timestamp now, bool hasTraded)
    {
        List<Order> orders = _working[instrument];
        for (int i = orders.Count - 1; i >= 0; i--)
        {
            Order order = orders[i];
            bool isImmediate = hasTraded && order.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok && now > order.Created + _options.Latency;
            bool isOver = order.TimeInForce == TimeInForce.Day && order.Type != OrderType.Market && now >= _instruments[instrument].Calendar.SessionAt(order.Created).Close;
            isOver |= order.TimeInForce == TimeInForce.Gtd && now >= order.Terms.GoodTill;
            if (!isImmediate && !isOver) continue;
            orders.RemoveAt(i);
            _events.Add(now, isImmediate ? BrokerEventKind.Canceled : BrokerEventKind.Expired, order.Id);
        }
    }

    /// <summary>Ends what was good till a time before the data that come now: after a gap nothing else would.</summary>
    /// <param name="from">When these data begin.</param>
    /// <param name="now">Time of the engine: no event may be earlier.</param>
    internal void ExpireBefore(int instrument, Timestamp from, Timestamp now)
    {
        List<Order> orders = _working[instrument];
        for (int i = orders.Count - 1; i >= 0; i--)
        {
            Order order = orders[i];
            if (order.TimeInForce != TimeInForce.Gtd || order.Terms.GoodTill > from) continue;
            orders.RemoveAt(i);
            _events.Add(now, BrokerEventKind.Expired, order.Id);
        }
    }

    /// <summary>As <see cref="ExpireAfter"/>, for all instruments, when the clock went on without market data: immediate orders wait for some.</summary>
    public void ExpireAll(Timestamp now)
    {
        for (int i = 0; i < _working.Length; i++)
        {
            if (_working[i].Count > 0) Expire(i, now, hasTraded: false);
        }
    }

    public void OnQuote(int instrument, in Quote quote, Timestamp now)
    {
        _quotes[instrument] = quote;
        if (_working[instrument].Count > 0) FillOnTick(instrument, double.NaN, now);
    }

    public void OnTrade(int instrument, in Trade trade, Timestamp now)
    {
        SetLastPrice(instrument, trade.Price);
        if (_working[instrument].Count > 0) FillOnTick(instrument, trade.Price, now);
    }

    private void FillOnTick(int instrument, double traded, Timestamp now)
    {
        ExpireBefore(instrument, now, now);
        List<Order> orders = _working[instrument];
        for (int i = 0; i < orders.Count; i++)
        {
            Order order = orders[i];
            if (order.Created + _options.Latency > now && !_resumed.Contains(order.Id.Value)) continue;
            if (PriceOnTick(order, traded) is not { } price) continue;
            orders.RemoveAt(i--);
            _triggered.Remove(order.Id.Value);
            Fill(order, now, price, slips: order.Type != OrderType.Limit);
        }
        ExpireAfter(instrument, now);
    }

    /// <param name="traded">Price of the trade; NaN for a quote.</param>
    private double? PriceOnTick(Order order, double traded)
    {
        bool isBuy = order.Side == Side.Buy;
        ref readonly Quote quote = ref _quotes[order.Instrument];
        double touch = quote.Time.Nanoseconds == 0 ? traded : isBuy ? quote.Ask : quote.Bid;
        if (order.Type is OrderType.Stop or OrderType.StopLimit && !_triggered.Contains(order.Id.Value))
        {
            double stop = (double)order.StopPrice;
            if (!(isBuy ? traded >= stop : traded <= stop)) return null;
            if (order.Type == OrderType.StopLimit) _triggered.Add(order.Id.Value);
        }
        if (order.Type is OrderType.Market or OrderType.Stop) return double.IsNaN(touch) ? null : touch;
        double limit = (double)order.LimitPrice;
        if (isBuy ? touch <= limit : touch >= limit) return touch;
        return (isBuy ? traded < limit : traded > limit) ? limit : null;
    }

    private void Fill(Order order, Timestamp time, double price, bool slips)
    {
        Instrument instrument = _instruments[order.Instrument];
        decimal exact = instrument.RoundToTick(price);
        if (slips && _options.SlippageTicks > 0) exact = Slip(order, exact, _options.SlippageTicks * instrument.TickSize);
        decimal quantity = order.RemainingQuantity;
        ref BrokerEvent told = ref _events.Add(time, BrokerEventKind.Filled, order.Id);
        told.ExecutionId = ++_lastExecution;
        told.Quantity = quantity;
        told.Price = exact;
        told.Fee = _options.Fees.Fee(instrument, quantity, exact);
    }

    /// <summary>The price moved against us, but never past the order's limit.</summary>
    private static decimal Slip(Order order, decimal price, decimal distance)
    {
        decimal slipped = price + order.Side.Sign() * distance;
        if (order.Type != OrderType.StopLimit) return slipped;
        return order.Side == Side.Buy ? Math.Min(slipped, order.LimitPrice) : Math.Max(slipped, order.LimitPrice);
    }
}
