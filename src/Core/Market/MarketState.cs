using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Market;

/// <summary>What the engine knows of one instrument: last price and quote, its series of bars, the strategies on it, its working orders.</summary>
internal sealed class MarketState(int index, Instrument instrument, Holding holding, int recentBars, IndicatorFaults faults) : ISnapshot
{
    private double _mark = double.NaN;
    private Quote _quote;
    private Timestamp _lastData = Timestamp.MinValue;
    private Session _session;
    private bool _isFeedDown;
    private Timestamp _haltedUntil = Timestamp.MinValue;
    private Timestamp _nextExpiry = Timestamp.MaxValue;
    private Timestamp _nextCall = Timestamp.MaxValue;
    private byte _watches;

    private const byte Stops = 1;
    private const byte Executions = 2;
    private const byte Volume = 4;

    public int Index { get; } = index;

    public Instrument Instrument { get; } = instrument;

    /// <summary>Rounds that a call of code of the user's own may take.</summary>
    public long CallRounds => faults.CallRounds;

    public Series[] Series { get; private set; } = [];

    public StrategySlot[] Slots { get; private set; } = [];

    public List<Order> Working { get; } = [];

    /// <summary>Strategies here that want every trade, or every quote.</summary>
    public StrategySlot[] TradeListeners { get; private set; } = [];

    public StrategySlot[] QuoteListeners { get; private set; } = [];

    /// <summary>The account's position here.</summary>
    public Holding Holding { get; } = holding;

    /// <summary>What the account holds here and no strategy of ours made.</summary>
    public Position External { get; } = new();

    /// <summary>Closing <see cref="External"/>, when an operator said so.</summary>
    public Backoff ExternalClosing;

    /// <summary>A bar of some series finished that the strategies were not asked about yet.</summary>
    public bool HasClosedBars { get; set; }

    /// <summary>A wish, an expiry or an order's end asks for a new decision.</summary>
    public bool NeedsDecision { get; set; }

    /// <summary>The price of a protective order of some strategy moved.</summary>
    public bool NeedsProtection { get; set; }

    /// <summary>The stop of some strategy here follows the price.</summary>
    public bool HasMovingStops
    {
        get => (_watches & Stops) != 0;
        set => _watches = (byte)(value ? _watches | Stops : _watches & ~Stops);
    }

    /// <summary>Some strategy here wishes for an execution, or has one.</summary>
    public bool HasParents
    {
        get => (_watches & Executions) != 0;
        set => _watches = (byte)(value ? _watches | Executions : _watches & ~Executions);
    }

    /// <summary>Something here follows prices or volume.</summary>
    public bool IsWatched => _watches != 0;

    /// <summary>How volume is usually spread over the session; null where no strategy asked for it.</summary>
    public VolumeCurve? Curve { get; private set; }

    /// <summary>Keeps the curve from now on, over this many sessions at least.</summary>
    public void MeasureVolume(int sessions)
    {
        if (sessions == 0) return;
        Curve ??= new(Instrument.Calendar, sessions);
        Curve.Sessions = Math.Max(Curve.Sessions, sessions);
        _watches |= Volume;
    }

    /// <summary>Executions of standing wishes, running or over, at most one a strategy.</summary>
    public List<ParentOrder> Parents { get; } = [];

    /// <summary>Earliest time at which a wish lapses, or something that was put off is due.</summary>
    public Timestamp NextExpiry
    {
        get => _nextExpiry;
        set => SetDue(_nextExpiry = value, _nextCall);
    }

    /// <summary>Earliest time at which a wish lapses, something that was put off is due, or a protection must be looked at.</summary>
    public Timestamp NextDue { get; private set; } = Timestamp.MaxValue;

    /// <summary>Earliest time at which the protection of a position must be looked at.</summary>
    public Timestamp NextCall => _nextCall;

    /// <summary>Last trade's price, or the last bar's close, or the middle of the quote; NaN before any.</summary>
    public double Mark => _mark;

    public Quote Quote => _quote;

    public Timestamp LastData => _lastData;

    public bool IsFeedDown => _isFeedDown;

    /// <summary>Until when the venue's word counts that the instrument does not trade; the past where it never said so.</summary>
    public Timestamp HaltedUntil { get => _haltedUntil; set => _haltedUntil = value; }

    public bool IsHalted(Timestamp now) => now < _haltedUntil;

    public void Add(StrategySlot slot)
    {
        // Stable: equal priorities stay in the order in which they joined.
        Slots = [.. Slots.Append(slot).OrderByDescending(each => each.Priority)];
        // One alone holds what the account holds, so that both are one position.
        foreach (StrategySlot each in Slots) each.Position = Slots.Length == 1 ? Holding.Position : new Position();
        Listen();
    }

    /// <summary>From now on the account holds what no strategy holds: who was alone has a position of its own.</summary>
    public void Part()
    {
        if (Slots.Length != 1 || !Slots[0].IsAlone) return;
        var own = new Position();
        own.Take(Holding.Position.Quantity, Holding.Position.Cost);
        Slots[0].Position = own;
    }

    public StrategySlot SlotOf(int strategy) => Slots is [var first, ..] && first.Index == strategy ? first : Search(strategy);

    private StrategySlot Search(int strategy)
    {
        foreach (StrategySlot slot in Slots)
        {
            if (slot.Index == strategy) return slot;
        }
        throw new InvalidOperationException($"Strategy {strategy} does not trade {Instrument.Symbol}.");
    }

    /// <summary>Something is due at this time.</summary>
    public void WakeAt(Timestamp time)
    {
        if (time < NextExpiry) NextExpiry = time;
    }

    /// <summary>Finds out again who wants every trade or quote.</summary>
    public void Listen()
    {
        TradeListeners = [.. Slots.Where(each => each.ListensToTrades)];
        QuoteListeners = [.. Slots.Where(each => each.ListensToQuotes)];
    }

    /// <summary>The series of this timeframe, made when it is asked for first.</summary>
    public Series SeriesOf(Timeframe timeframe)
    {
        if (Array.Find(Series, known => known.Timeframe == timeframe) is { } found) return found;
        var series = new Series(Series.Length, timeframe, Instrument, recentBars, faults);
        Series = [.. Series, series];
        return series;
    }

    /// <returns>What it means, in words.</returns>
    public string OnFeed(in FeedEvent feed)
    {
        bool wasDown = _isFeedDown;
        _isFeedDown = feed.Kind != FeedEventKind.Up && (feed.Kind == FeedEventKind.Down || _isFeedDown);
        if (feed.Kind == FeedEventKind.Gap) foreach (Series series in Series) series.Builder.Discard();
        return feed.Kind == FeedEventKind.Up ? wasDown ? "market data flows again" : "market data flows"
            : feed.Kind == FeedEventKind.Down ? "market data cannot be trusted: no new risk"
            : $"market data from {feed.From} to {feed.To} is missing";
    }

    /// <summary>Asks to be called at this time, or earlier if somebody else asked for that.</summary>
    public void CallAt(Timestamp time)
    {
        if (time < _nextCall) SetDue(_nextExpiry, _nextCall = time);
    }

    /// <summary>Whoever still wants to be called asks anew.</summary>
    public void ForgetCall() => SetDue(_nextExpiry, _nextCall = Timestamp.MaxValue);

    /// <summary>Takes back the wishes that lapsed by now, and lets go on what was put off until now.</summary>
    public void Expire(Timestamp now)
    {
        NextExpiry = Timestamp.MaxValue;
        foreach (StrategySlot slot in Slots)
        {
            OrderBrakes.Release(slot, now);
            if (slot.Wish is not { } wish) continue;
            if (now < wish.Expires)
            {
                if (wish.Expires < NextExpiry) NextExpiry = wish.Expires;
                continue;
            }
            slot.ClearWish();
            NeedsDecision = true;
        }
        if (HasParents) Orders.Execution.Parents.OnTime(this, now);
    }

    public void OnData(Timestamp time) => _lastData = time;

    public void OnPrice(double price, Timestamp time)
    {
        _mark = price;
        _lastData = time;
    }

    public void OnQuote(in Quote quote, Timestamp time)
    {
        _quote = quote;
        _lastData = time;
    }

    /// <summary>The session that contains the time, or the next one.</summary>
    public Session SessionAt(Timestamp time)
    {
        if (!_session.Contains(time)) _session = Instrument.Calendar.SessionAt(time);
        return _session;
    }

    public void Sync(Snapshot stream)
    {
        stream.Section(Instrument.Symbol);
        bool isParted = Slots.Length == 1 && !Slots[0].IsAlone;
        stream.Sync(ref isParted);
        if (stream.IsReading && isParted) Part();
        stream.Sync(ref _mark);
        stream.Sync(ref _quote);
        stream.Sync(ref _lastData);
        stream.Sync(ref _isFeedDown);
        stream.Sync(ref _haltedUntil);
        bool hasClosedBars = HasClosedBars;
        stream.Sync(ref hasClosedBars);
        HasClosedBars = hasClosedBars;
        bool needsDecision = NeedsDecision;
        Timestamp nextExpiry = NextExpiry;
        stream.Sync(ref needsDecision);
        stream.Sync(ref nextExpiry);
        (NeedsDecision, NextExpiry) = (needsDecision, nextExpiry);
        stream.Sync(ref _nextCall);
        SetDue(_nextExpiry, _nextCall);
        foreach (Series series in Series) series.Sync(stream);
        External.Sync(stream);
        stream.Sync(ref ExternalClosing);
        stream.SyncObjects(Working, static () => new Order());
        stream.Sync(ref _watches);
        stream.SyncObjects(Parents, static () => new ParentOrder());
        Curve?.Sync(stream);
    }

    private void SetDue(Timestamp expiry, Timestamp call) => NextDue = expiry < call ? expiry : call;
}
