using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Strategies;

/// <summary>
/// Decides what position one instrument should have. It is asked at the end of each bar, once all indicators that it uses are
/// ready, and answers with wishes; it never sees a broker. Its fields are saved and restored by the engine.
/// </summary>
public abstract partial class Strategy
{
    /// <summary>Bars within which strategies that are hosted speak at least once, as a rule.</summary>
    private const int OpinionBars = 2000;

    private readonly List<IndicatorUse> _uses = [];
    private readonly List<Leg> _legs = [];
    private ChildStrategy[] _children = [];
    private StrategySlot? _slot;
    private bool _isReleased;

    /// <summary>Rounds that a call of it may take; 0 where its code counts none.</summary>
    private long _rounds;

    /// <summary>The indicators it asked for, in order.</summary>
    internal IReadOnlyList<IndicatorUse> Uses => _uses;

    /// <summary>Its hands in other instruments.</summary>
    internal IReadOnlyList<Leg> Legs => _legs;

    internal ReadOnlySpan<ChildStrategy> Children => _children;

    /// <summary>What it trades.</summary>
    protected Instrument Instrument => Slot.Instrument;

    /// <summary>Time of what is being processed; there is no other clock.</summary>
    protected Timestamp Now => Slot.Now;

    /// <summary>It could act: all its indicators have values, and those of the strategy that holds it. Always so in <see cref="OnBar"/>; in <see cref="OnHistory"/> not yet at first.</summary>
    protected bool IsReady => Slot.CouldAct;

    /// <summary>Last trade's price, or the last bar's close; NaN before the first.</summary>
    protected double LastPrice => Slot.LastPrice;

    /// <summary>Last quote; its time is the default before the first.</summary>
    protected Quote LastQuote => Slot.Market.Quote;

    /// <summary>The account's equity at the last marks, in the instrument's currency: an estimate for sizes of the strategy's own.</summary>
    protected double Equity => Slot.Equity;

    /// <summary>Bars of the past that it wants to be told of (<see cref="OnHistory"/>) beside what its indicators need, 0 or more. Override where it remembers bars itself.</summary>
    protected virtual int HistoryBars => 0;

    internal int WantedHistory => Math.Max(HistoryBars, _children.Length == 0 ? 0 : Math.Max(OpinionBars, _children.Max(child => child.Strategy.WantedHistory)));

    /// <summary>Sessions of which it wants the usual volume; 0 for none.</summary>
    internal int CurveSessions { get; private set; }

    internal bool IsBound => _slot is not null;

    internal StrategySlot Slot => _slot ?? throw Unbound();

    internal void Bind(StrategySlot slot)
    {
        Join(slot);
        foreach (ChildStrategy child in _children) child.Bind(slot);
    }

    /// <summary>Speaks for another slot from now on; strategies that it hosts keep theirs.</summary>
    internal void Rebind(StrategySlot slot)
    {
        Join(slot);
        foreach (ChildStrategy child in _children) child.Paper.Host = slot;
    }

    internal void Start()
    {
        foreach (ChildStrategy child in _children) child.Strategy.Start();
        Count(0, static (Strategy self, in int _) => self.OnStart());
    }

    internal void Stop()
    {
        foreach (ChildStrategy child in _children) child.Strategy.Stop();
        Count(0, static (Strategy self, in int _) => self.OnStop());
    }

    /// <summary>Disposes it, where it can be, and then those that it hosts; once, however often it is called.</summary>
    /// <param name="onFault">Hears of each that throws.</param>
    internal void Release(Action<Strategy, Exception> onFault)
    {
        if (_isReleased) return;
        _isReleased = true;
        try
        {
            Count(0, static (Strategy self, in int _) => (self as IDisposable)?.Dispose());
        }
#pragma warning disable CA1031 // Whatever it throws at its end, the others are let go too.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            onFault(this, failure);
        }
        foreach (ChildStrategy child in _children) child.Strategy.Release(onFault);
    }

    internal void HandleBar(in Bar bar)
    {
        if (_children.Length > 0) AskChildren(in bar);
        if (_rounds > 0) Count(in bar, static (Strategy self, in Bar closed) => self.OnBar(in closed));
        else OnBar(in bar);
    }

    internal void HandleHistory(in Bar bar)
    {
        bool isReady = _children.Length > 0 && Slot.CouldAct;
        foreach (ChildStrategy child in _children) child.OnHistory(in bar, isReady);
        Count(in bar, static (Strategy self, in Bar past) => self.OnHistory(in past));
    }

    internal void HandleTrade(in Trade trade)
    {
        foreach (ChildStrategy child in _children) child.Strategy.HandleTrade(in trade);
        if (_rounds > 0) Count(in trade, static (Strategy self, in Trade seen) => self.OnTrade(in seen));
        else OnTrade(in trade);
    }

    internal void HandleQuote(in Quote quote)
    {
        foreach (ChildStrategy child in _children) child.Strategy.HandleQuote(in quote);
        if (_rounds > 0) Count(in quote, static (Strategy self, in Quote seen) => self.OnQuote(in seen));
        else OnQuote(in quote);
    }

    internal void HandleFill(in Fill fill)
    {
        if (_rounds > 0) Count(in fill, static (Strategy self, in Fill booked) => self.OnFill(in booked));
        else OnFill(in fill);
    }

    internal void HandleLegBar(Leg leg, in Bar bar)
    {
        if (_rounds > 0) Count(new LegBar(leg, bar), static (Strategy self, in LegBar closed) => self.OnLegBar(closed.Leg, closed.Bar));
        else OnLegBar(leg, in bar);
    }

    /// <summary>Asks for an indicator on the strategy's own bars, or on another timeframe. Call it in the constructor. Equal indicators are computed once for all strategies.</summary>
    protected T Use<T>(T indicator, Timeframe? timeframe = null) where T : Indicator
    {
        ArgumentNullException.ThrowIfNull(indicator);
        if (_slot is not null) throw new InvalidOperationException($"{GetType().Name} asks for {indicator.Name} after its start: call Use in the constructor.");
        _uses.Add(new(indicator, timeframe));
        return indicator;
    }

    /// <summary>Takes another strategy in: it is asked before this one on every bar, and trades one unit on paper. Call it in the constructor.</summary>
    /// <exception cref="ArgumentException">A strategy that trades a second instrument cannot be hosted.</exception>
    protected ChildStrategy Host(Strategy child, string name)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (_slot is not null) throw new InvalidOperationException($"{GetType().Name} takes {name} in after its start: call Host in the constructor.");
        if (child.Legs.Count > 0) throw new ArgumentException($"{name} trades a second instrument ({child.Legs[0].Symbol}) and cannot be part of another strategy; run it beside.");
        var hosted = new ChildStrategy(child, name);
        _children = [.. _children, hosted];
        _uses.AddRange(child._uses);
        return hosted;
    }

    /// <summary>Asks for a hand in another instrument of the same engine. Call it in the constructor.</summary>
    protected Leg UseLeg(string symbol)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        if (_slot is not null) throw new InvalidOperationException($"{GetType().Name} asks for {symbol} after its start: call UseLeg in the constructor.");
        var leg = new Leg(symbol, this);
        _legs.Add(leg);
        return leg;
    }

    /// <summary>Has the usual volume over the session measured, by which <see cref="Orders.Execution.Vwap"/> works. Call it in the constructor.</summary>
    /// <param name="sessions">After so many sessions older ones fade, 1 to 250.</param>
    protected void UseVolumeCurve(int sessions = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sessions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sessions, 250);
        if (_slot is not null) throw new InvalidOperationException($"{GetType().Name} asks for the usual volume after its start: call UseVolumeCurve in the constructor.");
        CurveSessions = sessions;
    }

    /// <summary>The session that a bar belongs to, by the instrument's calendar.</summary>
    protected Session SessionOf(in Bar bar) => Slot.SessionOf(in bar);

    /// <summary>Wishes to be long.</summary>
    /// <param name="reason">Words for people; constant text costs nothing.</param>
    /// <param name="confidence">0 to 1.</param>
    protected void Buy(string reason, double confidence = 1) => Slot.Want(SignalAction.Buy, reason, confidence);

    /// <summary>Wishes to be short, or flat where shorting is off.</summary>
    protected void Sell(string reason, double confidence = 1) => Slot.Want(SignalAction.Sell, reason, confidence);

    /// <summary>Wishes to be flat.</summary>
    protected void Close(string reason, double confidence = 1) => Slot.Want(SignalAction.Close, reason, confidence);

    /// <summary>Takes the wish back: what is held stays.</summary>
    protected void Hold(string reason, double confidence = 0) => Slot.Want(SignalAction.Hold, reason, confidence);

    /// <summary>A wish with prices, a quantity, protection or a validity of its own.</summary>
    protected void Emit(in Wish wish) => Slot.Want(in wish);

    /// <summary>Once, before the first event.</summary>
    protected virtual void OnStart()
    {
    }

    /// <summary>A bar of its timeframe is finished and its indicators have seen it.</summary>
    protected abstract void OnBar(in Bar bar);

    /// <summary>
    /// A finished bar of the past, before or between what can be acted on: what the strategy remembers of bars beside its indicators is brought up here.
    /// Wishes are not taken. Override only if needed.
    /// </summary>
    protected virtual void OnHistory(in Bar bar)
    {
    }

    /// <summary>A trade in the market. Override only if needed: it is asked for each one.</summary>
    protected virtual void OnTrade(in Trade trade)
    {
    }

    /// <summary>A new best bid or ask. Override only if needed: it is asked for each one.</summary>
    protected virtual void OnQuote(in Quote quote)
    {
    }

    /// <summary>A bar of another instrument's leg is finished; those of the past come here too, and wishes are not taken then. Of bars that end together, either can come first.</summary>
    protected virtual void OnLegBar(Leg leg, in Bar bar)
    {
    }

    /// <summary>
    /// Once, when the session or the backtest ends, or when this version of the strategy goes; wishes are not taken any more. A strategy that implements
    /// <see cref="IDisposable"/> is disposed once after that, when nothing asks it any more.
    /// </summary>
    protected virtual void OnStop()
    {
    }

    /// <summary>Its position changed.</summary>
    protected virtual void OnFill(in Fill fill)
    {
    }

    private void Join(StrategySlot slot)
    {
        _slot = slot;
        // Only what was compiled from a file counts, and only that can be let go.
        _rounds = GetType().IsCollectible ? slot.Market.CallRounds : 0;
    }

    /// <summary>One call of the author's code. Where it counts its rounds, it may take only so many.</summary>
    private void Count<T>(in T about, Step<T> step)
    {
        if (_rounds == 0)
        {
            step(this, in about);
            return;
        }
        using (CallMeter.Begin(_rounds))
        {
            step(this, in about);
            CallMeter.Check();
        }
    }

    private void AskChildren(in Bar bar)
    {
        foreach (ChildStrategy child in _children) child.OnBar(in bar);
    }

    private delegate void Step<T>(Strategy strategy, in T about);

    private readonly record struct LegBar(Leg Leg, Bar Bar);

    private InvalidOperationException Unbound() => new($"{GetType().Name} is not in an engine yet: in the constructor only Use may be called.");
}

/// <param name="Timeframe">Null means the strategy's own.</param>
internal readonly record struct IndicatorUse(Indicator Indicator, Timeframe? Timeframe);
