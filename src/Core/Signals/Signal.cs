using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;

namespace Tradewind.Core.Signals;

/// <summary>What a strategy wishes for its position.</summary>
public enum SignalAction : byte
{
    /// <summary>No wish: what is held stays.</summary>
    Hold = 0,

    /// <summary>Be long.</summary>
    Buy = 1,

    /// <summary>Be short, or flat where shorting is off.</summary>
    Sell = 2,

    /// <summary>Be flat.</summary>
    Close = 3,
}

/// <summary>A strategy's wish for a position, not an order: repeating it changes nothing.</summary>
public sealed class Signal : ISnapshot
{
    private long _id;
    private int _strategy;
    private int _instrument;
    private Timestamp _time;
    private SignalAction _action;
    private double _confidence;
    private Wish.Prices? _prices;
    private Timestamp _expires;
    private string? _reason;

    internal Signal()
    {
    }

    internal Signal(long id, int strategy, int instrument, Timestamp time, in Wish.Gist wish, Wish.Prices? prices, Timestamp expires)
    {
        _id = id;
        _strategy = strategy;
        _instrument = instrument;
        _time = time;
        _action = wish.Action;
        _confidence = wish.Confidence;
        _prices = prices;
        _expires = expires;
        _reason = wish.Reason;
    }

    /// <summary>A counter within the run, from 1.</summary>
    public long Id => _id;

    /// <summary>Index of the strategy in the engine.</summary>
    public int Strategy => _strategy;

    /// <summary>Index of the instrument in the engine.</summary>
    public int Instrument => _instrument;

    public Timestamp Time => _time;

    public SignalAction Action => _action;

    /// <summary>How sure the strategy is, 0 to 1. Numbers of different strategies are not comparable.</summary>
    public double Confidence => _confidence;

    /// <summary>Units wished for, above 0; null leaves it to the sizing.</summary>
    public decimal? Quantity => Present(_prices?.Exact.Quantity);

    public OrderType OrderType => _prices?.Exact.OrderType ?? OrderType.Market;

    public TimeInForce TimeInForce => _prices?.Exact.TimeInForce ?? TimeInForce.Day;

    /// <summary>When an order of it ends; null where its time in force names none.</summary>
    public Timestamp? GoodTill => TimeInForce == TimeInForce.Gtd ? _prices!.Exact.GoodTill : null;

    public decimal? LimitPrice => Present(_prices?.Exact.Limit);

    public decimal? StopPrice => Present(_prices?.Exact.Stop);

    /// <summary>Where a protective stop goes once the entry filled.</summary>
    public decimal? StopLoss => Present(_prices?.Exact.StopLoss);

    /// <summary>Where the profit is taken once the entry filled.</summary>
    public decimal? TakeProfit => Present(_prices?.Exact.TakeProfit);

    /// <summary>Where parts of the position are closed once the entry filled, nearest first.</summary>
    public ExactTargets Targets => _prices?.Exact.Targets ?? default;

    /// <summary>It only takes off what is held.</summary>
    public bool IsReduceOnly => _prices is not null && _prices.Exact.IsReduceOnly;

    /// <summary>How the protective stop moves by itself.</summary>
    public ExitTerms Exits => _prices?.Exact.Exits ?? default;

    /// <summary>From then on the wish no longer counts; at the latest the session's end.</summary>
    public Timestamp Expires => _expires;

    public string Reason => _reason ?? "";

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _id);
        stream.Sync(ref _strategy);
        stream.Sync(ref _instrument);
        stream.Sync(ref _time);
        stream.Sync(ref _action);
        stream.Sync(ref _confidence);
        _prices = Wish.Prices.Sync(stream, _prices);
        stream.Sync(ref _expires);
        stream.Sync(ref _reason);
    }

    /// <summary>How its order is worked; null for one order at once.</summary>
    public ExecutionAlgorithm? Execution => _prices?.Execution;

    /// <summary>The entry that works beside this one; null for none.</summary>
    internal ExactLink? Or => _prices?.Or;

    /// <summary>What is wished for after this; null for nothing.</summary>
    internal ExactLink? Then => _prices?.Then;

    /// <summary>A wish for a side and nothing else.</summary>
    internal bool IsPlain => _prices is null;

    /// <summary>The terms of an order that follows the wish.</summary>
    internal OrderTerms Terms(Side side, in decimal quantity) => _prices is null
        ? new(side, OrderType.Market, TimeInForce.Day, OrderPurpose.Target, quantity)
        : new(side, OrderType, TimeInForce, OrderPurpose.Target, quantity, _prices.Exact.Limit, _prices.Exact.Stop) { GoodTill = _prices.Exact.GoodTill, IsReduceOnly = IsReduceOnly };

    internal bool HasTerms(Wish.Prices? terms) => _prices is null ? terms is null : terms is not null && _prices.Says(terms);

    internal void Fold(ref StateHash hash)
    {
        // In a local of its own, which stays in a register.
        StateHash own = hash;
        own.Fold(_id);
        own.Fold(_strategy << 8 | (int)_action);
        own.Fold(_confidence);
        own.Fold(_expires.Nanoseconds);
        hash = own;
        _prices?.Fold(ref hash);
    }

    // A price of 0 stands for "none": no instrument that asks for one trades there.
    private static decimal? Present(decimal? price) => price is null or 0m ? null : price;
}
