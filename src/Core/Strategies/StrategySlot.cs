using System.Reflection;
using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Strategies;

/// <summary>One strategy on one instrument inside the engine: its standing wish, its own position and results.</summary>
internal sealed class StrategySlot : ISnapshot
{
    private readonly WishDesk _desk;
    private SavedFields _fields;
    private IndicatorUse[] _ownIndicators;
    private bool _isReady;
    private bool _canAct;
    private bool _isSuspended;
    private bool _isBlocked;
    private bool _isWaiting;
    private OrderBrakes _brakes;
    private bool _isPlainWish;
    private SignalAction _wishAction;
    private Timestamp _wishExpires = Timestamp.MinValue;
    private decimal _target;
    private Protection _protection;
    private ProtectionPlan _plan;
    private StrategyCounters _counters;
    private WishMeter _meter;
    private string? _lastError;

    // Used only while it is asked on another thread: nothing to save.
    private const SignalAction Unspoken = (SignalAction)255;
    private readonly List<Wish> _waiting = [];
    private List<Wish>? _deferred;
    private SignalAction _heldAction;
    private Exception? _thrown;

    // A copy of what the calendar says: nothing to save.
    private Session _session;

    // Only while it is told of the past: nothing to save.
    private Bar _past;

    public StrategySlot(int index, string name, Strategy strategy, MarketState market, Series series, WishDesk desk, int priority = 0)
    {
        Index = index;
        Name = name;
        Strategy = strategy;
        Market = market;
        Series = series;
        _desk = desk;
        Priority = priority;
        IsHeavy = strategy.GetType().GetCustomAttribute<StrategyAttribute>()?.IsHeavy ?? false;
        _fields = SavedFields.Of(strategy.GetType());
        _ownIndicators = [.. strategy.Uses];
        Listen();
    }

    public int Index { get; }

    public string Name { get; }

    public Strategy Strategy { get; private set; }

    /// <summary>Version of the strategy as a command named it; null for the one that the engine started with.</summary>
    public string? Version { get; private set; }

    /// <summary>Another version that runs beside it; null for none.</summary>
    public Shadow? Shadow { get; set; }

    public WishDesk Desk => _desk;

    /// <summary>It says of itself that a call takes long.</summary>
    public bool IsHeavy { get; }

    /// <summary>Of two strategies on one series, the one with the higher priority comes first.</summary>
    public int Priority { get; }

    /// <summary>The other slots of the same strategy: its legs, or for a leg its owner and the other legs.</summary>
    public StrategySlot[] Links { get; set; } = [];

    public bool IsLinked => Links.Length > 0;

    /// <summary>Why it was suspended last, in words; null before the first time.</summary>
    public string? LastError => _lastError;

    public MarketState Market { get; }

    public Series Series { get; }

    public Instrument Instrument => Market.Instrument;

    /// <summary>Time of what it is asked about: the end of a bar of the past where it is told of one.</summary>
    public Timestamp Now => IsInPast ? Past.End : _desk.Now;

    /// <summary>Price of what it is asked about: last trade, last close, or the close of a bar of the past; NaN before any.</summary>
    public double LastPrice => IsInPast ? Past.Close : Market.Mark;

    /// <summary>The strategy that hosts this one; null for one of the engine's own.</summary>
    public StrategySlot? Host { get; set; }

    /// <summary>Its own; the account's itself where it is alone on the instrument.</summary>
    public Position Position { get; set; } = new();

    /// <summary>Its position is the account's.</summary>
    public bool IsAlone => ReferenceEquals(Position, Market.Holding.Position);

    public StrategyWeight Weight { get; } = new();

    public RoundTripBuilder RoundTrips { get; } = new();

    public bool ListensToFills { get; private set; }

    public bool ListensToTrades { get; private set; }

    public bool ListensToQuotes { get; private set; }

    public bool ListensToHistory { get; private set; }

    /// <summary>It is told of the past: what it wishes is not taken. Those that it hosts go on trading on paper.</summary>
    public bool IsRecalling { get; private set; }

    public double Equity => _desk.Equity;

    public IndicatorUse[] Indicators => _ownIndicators;

    /// <summary>The standing wish; null when it has none.</summary>
    public Signal? Wish { get; private set; }

    /// <summary>The last wish to be long, and to be short, that came to a size: they tell how a fill is protected, however late it comes.</summary>
    public Signal? LastBuy { get; private set; }

    public Signal? LastSell { get; private set; }

    /// <summary>The later one of both; null before the first.</summary>
    public Signal? LastEntry => LastBuy is null || LastSell?.Id > LastBuy.Id ? LastSell : LastBuy;

    /// <summary>The signed position that the standing wish was sized to.</summary>
    public decimal Target { get => _target; set => _target = value; }

    /// <summary>True after its order was denied or rejected: no new order until it says something new.</summary>
    public bool IsBlocked { get => _isBlocked; set => _isBlocked = value; }

    /// <summary>True while it is blocked only until the account is synchronised, or an order's doubt is over.</summary>
    public bool IsWaiting { get => _isWaiting; set => _isWaiting = value; }

    /// <summary>Where its last wish wanted the position protected; it outlives the wish.</summary>
    public ProtectionPlan Plan { get => _plan; set => _plan = value; }

    /// <summary>What holds its orders back.</summary>
    public ref OrderBrakes Brakes => ref _brakes;

    public bool IsSuspended => _isSuspended;

    /// <summary>What it threw when it was suspended, for those who look from outside; no part of a snapshot.</summary>
    public Exception? Failure { get; private set; }

    public ref Protection Protection => ref _protection;

    public ref StrategyCounters Counters => ref _counters;

    /// <summary>All its indicators have values. Once ready, always ready.</summary>
    public bool IsReady => _isReady || CheckReady();

    /// <summary>Told of the past: it could have been asked, because it is ready, and so are those around it up to the one that is told.</summary>
    public bool CouldAct => IsReady && (IsRecalling || Host is null || Host.CouldAct);

    /// <summary>Ready and not suspended: it may be asked.</summary>
    public bool CanAct => _canAct || CheckCanAct();

    /// <summary>The common wish without terms of its own. Saying the same again returns at once.</summary>
    public void Want(SignalAction action, string reason, double confidence)
    {
        if (action == _wishAction && _isPlainWish && _desk.Now < _wishExpires) return;
        WantAnew(action, reason, confidence);
    }

    public void Want(in Wish wish)
    {
        if (IsRecalling) return;
        if (_deferred is not null)
        {
            _deferred.Add(wish);
            return;
        }
        _meter.Count(Now, Name);
        _desk.Take(this, in wish);
    }

    /// <summary>From now on wishes wait: the strategy is about to be asked on another thread.</summary>
    public void Defer()
    {
        _deferred = _waiting;
        (_heldAction, _wishAction) = (_wishAction, Unspoken);
    }

    /// <summary>Hands over what waited, as if it were said now.</summary>
    public void HandOver()
    {
        _deferred = null;
        if (_wishAction == Unspoken) _wishAction = _heldAction;
        try
        {
            foreach (Wish wish in _waiting)
            {
                if (wish.IsPlain && wish.Validity is null) Want(wish.Action, wish.Reason, wish.Confidence);
                else Want(in wish);
            }
        }
        finally
        {
            _waiting.Clear();
        }
    }

    /// <summary>Keeps what it threw on another thread until its turn comes.</summary>
    public void Throw(Exception failure) => _thrown = failure;

    public Exception? TakeThrown()
    {
        Exception? thrown = _thrown;
        _thrown = null;
        return thrown;
    }

    /// <summary>The session that a bar belongs to; the last one is remembered.</summary>
    public Session SessionOf(in Bar bar)
    {
        bool isShort = bar.End.Nanoseconds - bar.Start.Nanoseconds < Timestamp.NanosecondsPerDay;
        if (!isShort || !_session.Contains(bar.Start)) _session = Instrument.Calendar.SessionOf(in bar);
        return _session;
    }

    /// <summary>From now on, until <see cref="EndRecall"/>, it is told of this bar of the past.</summary>
    public void BeginRecall(in Bar bar) => (_past, IsRecalling) = (bar, true);

    public void EndRecall() => IsRecalling = false;

    public void Set(Signal signal, bool isPlain, decimal target)
    {
        Wish = signal;
        _plan = signal.IsPlain ? new(signal.Action, 0m, 0m) : new(signal.Action, signal.StopLoss ?? 0m, signal.TakeProfit ?? 0m);
        if (target.IsAboveZero) LastBuy = signal;
        else if (target.IsBelowZero) LastSell = signal;
        _target = target;
        _isBlocked = _isWaiting = false;
        _brakes.OnWish();
        _isPlainWish = isPlain;
        _wishAction = signal.Action;
        _wishExpires = signal.Expires;
    }

    /// <summary>What it waited for is known now: its standing wish counts again.</summary>
    public void GoOn()
    {
        if (!_isWaiting) return;
        _isBlocked = _isWaiting = false;
        Market.NeedsDecision = true;
    }

    /// <summary>Forgets the wish; what is held stays.</summary>
    public void ClearWish()
    {
        Wish = null;
        _target = 0;
        _wishAction = SignalAction.Hold;
        _isPlainWish = false;
        _wishExpires = Timestamp.MinValue;
    }

    /// <summary>Another version speaks here from now on. Position and results stay; the standing wish is taken back.</summary>
    public void Replace(Strategy strategy, string? version)
    {
        Strategy = strategy;
        Version = version;
        _fields = SavedFields.Of(strategy.GetType());
        _ownIndicators = [.. strategy.Uses];
        _isReady = _canAct = false;
        // The new version may know other indicators: a stop that followed one stays where it is.
        _protection.Exits = _protection.Exits.WithoutIndicators();
        strategy.Rebind(this);
        ClearWish();
    }

    /// <summary>Finds out what it, or its shadow, wants to be told.</summary>
    public void Listen()
    {
        ListensToFills = Overrides(Strategy, "OnFill");
        ListensToTrades = Overrides(Strategy, "OnTrade") || (Shadow is not null && Overrides(Shadow.Strategy, "OnTrade"));
        ListensToQuotes = Overrides(Strategy, "OnQuote") || (Shadow is not null && Overrides(Shadow.Strategy, "OnQuote"));
        ListensToHistory = Overrides(Strategy, "OnHistory") || Strategy.Children.Length > 0;
    }

    public void Suspend(Exception failure)
    {
        Failure = failure;
        Halt($"{failure.GetType().Name}: {failure.Message}");
    }

    /// <summary>Suspends without anything thrown.</summary>
    public void Halt(string why)
    {
        _lastError = why;
        _counters.Suspensions++;
        _isSuspended = true;
        _canAct = false;
        ClearWish();
    }

    /// <param name="anew">An indicator of it begins anew: it waits for its values.</param>
    public void Resume(bool anew) => (_isReady, _isSuspended, Failure) = (_isReady && !anew, false, null);

    public void Sync(Snapshot stream)
    {
        stream.Section(Name);
        stream.Sync(ref _isReady);
        stream.Sync(ref _isSuspended);
        stream.Sync(ref _isBlocked);
        stream.Sync(ref _isWaiting);
        stream.Sync(ref _brakes);
        stream.Sync(ref _isPlainWish);
        stream.Sync(ref _wishAction);
        stream.Sync(ref _wishExpires);
        stream.Sync(ref _target);
        stream.Sync(ref _protection);
        Market.HasMovingStops |= !_protection.Exits.IsNone;
        stream.Sync(ref _plan);
        stream.Sync(ref _counters);
        stream.Sync(ref _meter);
        stream.Sync(ref _lastError);
        Position.Sync(stream);
        Weight.Sync(stream);
        RoundTrips.Sync(stream);
        Wish = Sync(stream, Wish);
        if (stream.IsReading) _canAct = false;
        LastBuy = Sync(stream, LastBuy);
        LastSell = Sync(stream, LastSell);
        _fields.Sync(Strategy, stream);
        foreach (ChildStrategy child in Strategy.Children) child.Sync(stream);
    }

    private static Signal? Sync(Snapshot stream, Signal? signal)
    {
        bool isThere = signal is not null;
        stream.Sync(ref isThere);
        if (stream.IsReading) signal = isThere ? new Signal() : null;
        signal?.Sync(stream);
        return signal;
    }

    private bool IsInPast => IsRecalling || Host is { IsInPast: true };

    private ref readonly Bar Past => ref (IsRecalling ? ref _past : ref Host!.Past);

    // On its own, so that no strategy's step clears room for a wish on the stack on every bar.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WantAnew(SignalAction action, string reason, double confidence)
    {
        if (_deferred is not null || IsRecalling)
        {
            WantLater(action, reason, confidence);
            return;
        }
        if (action == SignalAction.Hold && Wish is null && confidence == 0) return;
        _meter.Count(Now, Name);
        _desk.Take(this, new Wish.Gist(action, reason, confidence));
    }

    // On its own, as above.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WantLater(SignalAction action, string reason, double confidence) => Want(new Wish(action, reason, confidence));

    private bool CheckCanAct() => _canAct = !_isSuspended && IsReady;

    private bool CheckReady()
    {
        foreach (IndicatorUse use in _ownIndicators)
        {
            if (!use.Indicator.IsReady) return false;
        }
        return _isReady = true;
    }

    /// <summary>Whether it, or a strategy that it hosts, wants to be told.</summary>
    internal static bool Overrides(Strategy strategy, string method)
    {
        if (strategy.GetType().GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType != typeof(Strategy)) return true;
        foreach (ChildStrategy child in strategy.Children)
        {
            if (method != "OnFill" && child.ListensTo(method)) return true;
        }
        return false;
    }
}
