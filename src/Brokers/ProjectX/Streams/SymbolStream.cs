using Tradewind.Brokers.ProjectX.History;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Streams;

internal enum StreamState : byte
{
    /// <summary>Not subscribed, or silent for too long.</summary>
    Down = 0,

    /// <summary>Subscribed; what it missed is being fetched and what comes is held back.</summary>
    Filling = 1,

    /// <summary>What comes goes to the engine.</summary>
    Live = 2,
}

/// <summary>One symbol on its way from payloads to inputs: believed or not, held back or delivered, silent or alive.</summary>
/// <remarks>Not safe for several threads; <see cref="StreamTable"/> holds the lock.</remarks>
internal sealed class SymbolStream
{
    private readonly FeedSubscription _subscription;
    private readonly int _heldMost;
    private readonly VenueClock _clock;
    private readonly Delivery _delivery;
    private readonly FeedMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly TradeFilter _trades;
    private readonly QuoteMerge _quotes;
    private readonly DepthFilter _depth;
    private readonly PriceCheck _check;
    private readonly Action<Doubt, int> _dropped;
    private readonly List<FeedInput> _held = [];
    private readonly bool[] _hasHeard = new bool[3];
    private readonly QuotedTrading _quotedTrading;

    private TaskCompletionSource _firstPayload = NewSignal();
    private Timestamp _deliveredFrom = Timestamp.MinValue;
    private Timestamp _lastTradeTime = Timestamp.MinValue;
    private Timestamp _lastPayloadTime;
    private SeenSecond? _seen;
    private Timestamp? _heldFirst;
    private bool _wasLive;

    public SymbolStream(FeedSubscription subscription, ProjectXOptions options, VenueClock clock, Delivery delivery, FeedMetrics metrics, TimeProvider time, RareWarnings warnings)
    {
        _subscription = subscription;
        _heldMost = options.Backfill.Held;
        _clock = clock;
        _delivery = delivery;
        _metrics = metrics;
        _time = time;
        _dropped = (doubt, count) =>
        {
            metrics.Dropped(Symbol, doubt.ToString(), count);
            warnings.Say(Symbol, $"a tick that is not believed ({doubt})");
        };
        _check = new(subscription.Instrument, options.Sanity);
        _trades = new(_check, _dropped);
        _quotes = new(_check, _dropped);
        _depth = new(_check, _dropped);
        Silence = new(options.Liveness, time);
        _quotedTrading = new(options.Liveness.Floor, time);
        Disagreement = new(subscription.Instrument, options.Sanity, time);
        _lastPayloadTime = clock.Now;
    }

    public Instrument Instrument => _subscription.Instrument;

    public string Symbol => Instrument.Symbol;

    public bool HasDepth => _subscription.Depth;

    public int Index => _subscription.Index;

    public StreamState State { get; private set; }

    /// <summary>Changes whenever the symbol goes down or begins to fill: work begun in another epoch has no say any more.</summary>
    public int Epoch { get; private set; }

    public SilenceWatch Silence { get; }

    public Disagreement Disagreement { get; }

    /// <summary>Somebody is finding out about the symbol's silence.</summary>
    public bool IsAskedFor { get; set; }

    /// <summary>The quotes tell of trades that the trade channel does not bring.</summary>
    public bool LacksTrades(long now) => _quotedTrading.IsSuspicious(now);

    /// <summary>Completes with the first payload of the epoch.</summary>
    public Task FirstPayload => _firstPayload.Task;

    /// <summary>Attempts to bring the symbol back since it was last live.</summary>
    public int Repairs { get; set; }

    public Timestamp LastPayloadTime => _lastPayloadTime;

    public Timestamp? LastTradeTime => _lastTradeTime == Timestamp.MinValue ? null : _lastTradeTime;

    /// <summary>Everything before was given to the engine by other means, as history.</summary>
    public void KnownUntil(Timestamp end)
    {
        if (_seen is null) _seen = new(end, 0, double.NaN);
    }

    public Gap MissedOf(string contractId, Timestamp boundary)
    {
        Timestamp? last = null;
        foreach (FeedInput held in _held)
        {
            if (held.Input.Kind == InputKind.Trade && held.Input.Trade.Time < boundary) last = held.Input.Trade.Time;
        }
        return new(contractId, Instrument, _seen, _heldFirst < boundary ? _heldFirst : null, last);
    }

    public void OnMessage(MarketChannel channel, long at)
    {
        if (State == StreamState.Live) Silence.Heard(at);
        else Silence.Restart(at);
        _firstPayload.TrySetResult();
    }

    public void OnQuote(in QuotePatch patch, long at)
    {
        Timestamp time = Heard(MarketChannel.Quotes, patch.Time, at);
        _quotes.Merge(patch);
        Disagreement.Quoted(_quotes.Bid, _quotes.Ask);
        _quotedTrading.Quoted(patch.Volume, at);
        if (State == StreamState.Live) DeliverQuote(time, at);
        else _metrics.QuoteConflated();
    }

    public void OnTrade(in TradePrint print, long at)
    {
        Timestamp time = Heard(MarketChannel.Trades, print.Time, at);
        _quotedTrading.Reset();
        if (_check.Of(print.Price) == Doubt.None) Disagreement.Traded(print.Price, at);
        var trade = new Trade(time, print.Price, print.Size, print.Aggressor);
        if (State == StreamState.Live) DeliverTrade(trade, at);
        else if (State == StreamState.Down && Disagreement.IsOpen) _dropped(Doubt.Disagreement, 1);
        else Hold(new(new Input(Index, trade), at), time);
    }

    public void OnDepth(in DepthEntry entry, long at)
    {
        Timestamp time = Heard(MarketChannel.Depth, entry.Time, at);
        if (!_depth.TryRead(entry, time, _trades.Last, out DepthUpdate change)) return;
        var input = new FeedInput(new Input(Index, change, time), at);
        if (State == StreamState.Live) _delivery.Write(input);
        else Hold(input, null);
    }

    /// <summary>No data can be trusted from here on. Says so to the engine if data was flowing.</summary>
    public void GoDown()
    {
        Epoch++;
        IsAskedFor = false;
        State = StreamState.Down;
        _firstPayload = NewSignal();
        Array.Clear(_hasHeard);
        _quotedTrading.Reset();
        _trades.Restart(_trades.Last);
        if (!_wasLive) return;
        _wasLive = false;
        Say(new(FeedEventKind.Down, _lastPayloadTime));
    }

    /// <summary>The connection is gone: what was held back belongs to the gap now, and the first quote to come is whole.</summary>
    public void ForgetHeld()
    {
        _held.Clear();
        _heldFirst = null;
        _quotes.Restart();
    }

    /// <summary>Another contract: its prices have nothing to do with those before.</summary>
    public void ForgetPrices()
    {
        _trades.Restart(double.NaN);
        Disagreement.Restart();
        if (_seen is { } seen) _seen = new(seen.Start + TimeSpan.FromSeconds(1), 0, double.NaN);
    }

    /// <summary>Subscribed. Returns the epoch that <see cref="GoLive"/> asks for.</summary>
    public int BeginFilling()
    {
        Epoch++;
        State = StreamState.Filling;
        Silence.Restart(_time.GetTimestamp());
        return Epoch;
    }

    /// <summary>Gives the engine what was missed, says that data flows, and lets go what was held back.</summary>
    public void GoLive(Filling filling)
    {
        long now = _time.GetTimestamp();
        if (filling.Missing is { } missing) DeliverGap(filling, missing.From, missing.To);
        foreach (Bar bar in filling.Bars) DeliverBar(bar, now);
        Say(new(FeedEventKind.Up, filling.From, filling.Boundary));
        State = StreamState.Live;
        _wasLive = true;
        Repairs = 0;
        if (filling.Boundary > _deliveredFrom)
        {
            _deliveredFrom = filling.Boundary;
            _seen = new(filling.Boundary, 0, double.NaN);
        }
        if (filling.Bars.Count > 0) _trades.Restart(filling.Bars[^1].Close);
        if (HasDepth) _delivery.Write(new(new Input(Index, new DepthUpdate(_clock.Now, Side.Buy, DepthAction.Reset, 0, 0), _clock.Now), now));
        Release();
        DeliverQuote(_clock.Now, now);
    }

    private void DeliverBar(in Bar bar, long now)
    {
        Doubt doubt = _check.Of(bar.Low);
        if (doubt == Doubt.None) doubt = _check.Of(bar.High);
        if (doubt == Doubt.None) _delivery.Write(new(new Input(Index, bar, _clock.Now, isHistory: true), now));
        else _dropped(doubt, 1);
    }

    /// <summary>A gap that no bar fills ends with the first trade that was held back.</summary>
    private void DeliverGap(Filling filling, Timestamp from, Timestamp to)
    {
        if (filling.Boundary == Timestamp.MinValue && _heldFirst < to) to = _heldFirst.Value;
        Say(new(FeedEventKind.Gap, from, to));
        _seen = new(SeenSecond.StartOf(to), 0, double.NaN);
    }

    /// <summary>How long they were held back says nothing of how fast decisions are, so their time of parsing is not passed on.</summary>
    private void Release()
    {
        foreach (FeedInput held in _held)
        {
            if (held.Input.Kind == InputKind.Trade) DeliverTrade(held.Input.Trade, 0);
            else _delivery.Write(held with { ParsedAt = 0 });
        }
        _held.Clear();
        _heldFirst = null;
    }

    private void Hold(in FeedInput input, Timestamp? tradeTime)
    {
        _held.Add(input);
        _heldFirst ??= tradeTime;
        if (_held.Count < _heldMost) return;
        Timestamp from = _seen is { } seen ? seen.Start : _held[0].Input.Time;
        Epoch++;
        GoLive(new(from, Timestamp.MinValue, [], (from, _heldFirst ?? from)));
    }

    private void DeliverTrade(in Trade trade, long at)
    {
        if (trade.Time < _deliveredFrom)
        {
            _metrics.TradeCovered();
            return;
        }
        if (trade.Time < _lastTradeTime) _metrics.TradeLate();
        foreach ((Trade passed, long passedAt) in _trades.Admit(trade, at))
        {
            _seen = SeenSecond.Add(_seen, passed);
            if (passed.Time > _lastTradeTime) _lastTradeTime = passed.Time;
            _delivery.Write(new(new Input(Index, passed), passedAt));
        }
    }

    private void DeliverQuote(Timestamp time, long at)
    {
        if (_quotes.TryTake(time, _trades.Last, out Quote quote)) _delivery.Write(new(new Input(Index, quote), at));
    }

    /// <summary>The payload's time, or the gateway's clock where it has none. The first message of a channel may tell of long ago and sets no clock.</summary>
    private Timestamp Heard(MarketChannel channel, Timestamp sent, long at)
    {
        if (sent == default) return _clock.Now;
        bool isFresh = _hasHeard[(int)channel];
        _hasHeard[(int)channel] = true;
        if (!isFresh) _clock.Suppose(sent, at);
        else if (!_clock.Heard(sent, at))
        {
            _dropped(Doubt.Time, 0);
            return _clock.Now;
        }
        if (sent > _lastPayloadTime || !_wasLive) _lastPayloadTime = sent;
        return sent;
    }

    private void Say(in FeedEvent what) => _delivery.Write(new(new Input(Index, _clock.Now, what), _time.GetTimestamp()));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
