using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;

namespace Tradewind.Simulation.Statistics;

/// <summary>What is counted while a backtest runs; <see cref="BacktestResult"/> is made of it afterwards.</summary>
/// <remarks>The equity is marked once at the end of each bar or tick, after everything that happened then, fills at that price included.</remarks>
public sealed class Tally
{
    private readonly Engine _engine;
    private readonly Position[] _positions;
    private readonly SessionCalendar _calendar;
    private readonly List<DailyEquity> _days = [];
    private readonly Pages<ClosedTrade> _trades = new();
    private readonly Pages<BookedFill> _fills = new();
    private long _dayEnd = long.MinValue;
    private DateOnly _day;
    private double _equity;
    private Drawdown _drawdown;
    private long _lastTick;
    private long _covered = long.MinValue;
    private readonly SortedDictionary<string, long> _denials = new(StringComparer.Ordinal);
    private readonly SortedDictionary<SignalRefusal, long> _refusals = [];
    private bool _wasInMarket;
    private bool _isInMarket;

    internal Tally(Engine engine)
    {
        _engine = engine;
        _positions = [.. Enumerable.Range(0, engine.Options.Instruments.Count).Select(engine.Account.PositionOf)];
        _calendar = engine.Options.Instruments[0].Calendar;
        _equity = engine.Account.Equity;
        _drawdown = new(_equity);
    }

    public long Orders { get; internal set; }

    /// <summary>Orders that a risk rule did not let out.</summary>
    public long DeniedOrders => _denials.Values.Sum();

    /// <summary>The same by the rule's name.</summary>
    public IReadOnlyDictionary<string, long> Denials => _denials;

    /// <summary>Wishes that were not taken, of all strategies, by their reason.</summary>
    public IReadOnlyDictionary<SignalRefusal, long> Refusals => _refusals;

    /// <summary>Bars or ticks seen.</summary>
    public long Marks { get; private set; }

    /// <summary>Bars that the engine built from smaller bars or ticks.</summary>
    public long BuiltBars { get; internal set; }

    /// <summary>Time covered by bars, or between ticks of one session, in nanoseconds.</summary>
    public long Nanoseconds { get; private set; }

    /// <summary>The part of <see cref="Nanoseconds"/> during which something was held.</summary>
    public long NanosecondsInMarket { get; private set; }

    /// <summary>Start of the first bar, or time of the first tick.</summary>
    public Timestamp First { get; private set; }

    /// <summary>End of the last bar, or time of the last tick.</summary>
    public Timestamp Last { get; private set; }

    /// <summary>Largest fall of the equity from its highest mark so far, in money; the starting equity counts as the first mark.</summary>
    public double MaxDrawdown => _drawdown.Max;

    /// <summary>The same as a fraction of the peak that it fell from.</summary>
    public double MaxDrawdownRate => _drawdown.MaxRate;

    /// <summary>Equity at the last mark of each trading day of the first instrument that had a mark, in order.</summary>
    public IReadOnlyList<DailyEquity> Days => _days;

    /// <summary>Closed round trips in the order of their ends.</summary>
    public IReadOnlyList<ClosedTrade> Trades => _trades;

    public IReadOnlyList<BookedFill> Fills => _fills;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OnBar(in Bar bar)
    {
        // A bar belongs to the day of its middle: daily bars by convention span midnight to midnight of some zone, not the session.
        if (bar.End.Nanoseconds > _dayEnd) TurnDay(new(bar.Start.Nanoseconds + (bar.End.Nanoseconds - bar.Start.Nanoseconds) / 2), bar.Start);
        long length = bar.End.Nanoseconds - bar.Start.Nanoseconds;
        Nanoseconds += length;
        if (_isInMarket) NanosecondsInMarket += length;
        Mark(bar.End);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OnTick(Timestamp time)
    {
        if (time.Nanoseconds >= _dayEnd) TurnDay(time, time);
        else
        {
            long length = time.Nanoseconds - _lastTick;
            Nanoseconds += length;
            if (_wasInMarket) NanosecondsInMarket += length;
        }
        _lastTick = time.Nanoseconds;
        _wasInMarket = _isInMarket;
        Mark(time);
    }

    internal void OnFill(in Output output)
    {
        ref BookedFill booked = ref _fills.Next();
        booked.Time = output.Time;
        booked.Instrument = output.Instrument;
        booked.Fill = output.Fill;
        _isInMarket = IsInMarket();
    }

    internal void OnDenial(string rule) => _denials[rule] = _denials.GetValueOrDefault(rule) + 1;

    internal void OnRefusal(SignalRefusal reason) => _refusals[reason] = _refusals.GetValueOrDefault(reason) + 1;

    internal void OnRoundTrip(int instrument, in RoundTrip trip)
    {
        ref ClosedTrade trade = ref _trades.Next();
        trade.Instrument = instrument;
        trade.RoundTrip = trip;
    }

    /// <summary>A bar of one of several instruments: time that another one's bar covered already counts once, and the equity waits for <see cref="Weigh"/>.</summary>
    internal void OnJointBar(in Bar bar)
    {
        if (bar.End.Nanoseconds > _dayEnd) TurnDay(new(bar.Start.Nanoseconds + (bar.End.Nanoseconds - bar.Start.Nanoseconds) / 2), bar.Start);
        Cover(Math.Max(bar.Start.Nanoseconds, _covered), bar.End, _isInMarket);
    }

    /// <inheritdoc cref="OnJointBar"/>
    internal void OnJointTick(Timestamp time)
    {
        bool isNewDay = time.Nanoseconds >= _dayEnd;
        if (isNewDay) TurnDay(time, time);
        Cover(isNewDay ? time.Nanoseconds : _covered, time, _wasInMarket);
    }

    private void Cover(long from, Timestamp to, bool isInMarket)
    {
        long length = Math.Max(0, to.Nanoseconds - from);
        Nanoseconds += length;
        if (isInMarket) NanosecondsInMarket += length;
        _covered = Math.Max(_covered, to.Nanoseconds);
        _wasInMarket = _isInMarket;
        Count(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mark(Timestamp time)
    {
        Count(time);
        Weigh();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(Timestamp time)
    {
        Marks++;
        Last = time;
    }

    /// <summary>Marks the equity: once all that belongs to an instant is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Weigh() => _drawdown.Mark(_equity = _engine.Account.Equity);

    private bool IsInMarket()
    {
        foreach (Position position in _positions)
        {
            if (position.QuantityAsDouble != 0) return true;
        }
        return false;
    }

    /// <summary>Closes the day in progress where the time lies in another one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TurnDay(Timestamp time, Timestamp start)
    {
        Session session = _calendar.SessionAt(time);
        if (Marks == 0) First = start;
        // A long bar beside short ones may belong to a day that is over: what is known at its end counts in the day that runs.
        else if (session.TradingDay < _day) return;
        else if (session.TradingDay != _day) FinishDay();
        _day = session.TradingDay;
        _dayEnd = session.Close.Nanoseconds;
    }

    /// <summary>Takes the day in progress into <see cref="Days"/>. After the last mark.</summary>
    internal void Finish()
    {
        if (Marks > 0) FinishDay();
    }

    private void FinishDay() => _days.Add(new(_day, _equity));
}

/// <summary>The equity at the end of a trading day.</summary>
/// <param name="Equity">At the day's last mark, in money.</param>
public readonly record struct DailyEquity(DateOnly Day, double Equity);

/// <summary>A round trip and the index of its instrument.</summary>
public record struct ClosedTrade(int Instrument, RoundTrip RoundTrip);

/// <summary>A fill, when it was booked, and the index of its instrument.</summary>
public record struct BookedFill(Timestamp Time, int Instrument, Fill Fill);
