using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Market;

/// <summary>Builds the bars of one timeframe of one instrument from its trades, or from its smaller bars.</summary>
/// <remarks>
/// Time bars below a day are aligned to midnight UTC and cut where a session opens or closes, so none spans two sessions; a bar of one day is the session.
/// A trade outside every session is never lost and never changes an earlier bar: below a day it falls into a bar of the closed time, aligned like any other and cut
/// at the next opening (a calendar that misses a session then costs no more than the cuts); in daily bars it belongs to the next trading day.
/// A trade before the bar in progress, or before the end of the last closed one, is late: finished bars are facts that strategies have acted on, and an old price
/// is no high or low of the present. It is left out and counted. Inside the bar in progress the order of arrival decides open and close.
/// Bars by number, volume and range do not end with a session. The trade that fills them belongs to them whole: a volume bar may exceed its amount, a range bar
/// its range, and no bars are made up for prices that were jumped over. They take trades in any order of time.
/// No call allocates.
/// </remarks>
public sealed class BarBuilder : ISnapshot
{
    private readonly SessionCalendar _calendar;
    private readonly TimeframeKind _kind;
    private readonly long _amount;
    private readonly bool _isDaily;
    private readonly double _range;
    private readonly string _name;

    private State _state;

    // What was last asked for; anew it would be the same, so it is no part of a snapshot.
    private Session _session;
    private long _closedFrom = long.MaxValue;
    private long _clockEnd;
    private long _midnight;

    /// <exception cref="ArgumentException">No bars of this timeframe can be built; <see cref="Refusal"/> is the sentence.</exception>
    public BarBuilder(Timeframe timeframe, Instrument instrument)
    {
        if (Refusal(timeframe) is { } refusal) throw new ArgumentException(refusal, nameof(timeframe));
        ArgumentNullException.ThrowIfNull(instrument);
        Timeframe = timeframe;
        Instrument = instrument;
        _calendar = instrument.Calendar;
        _kind = timeframe.Kind;
        _amount = timeframe.Amount;
        _isDaily = timeframe.IsDaily;
        _range = (timeframe.Amount - 0.5) * instrument.TickSizeAsDouble;
        _name = $"bars {timeframe} {instrument.Symbol}";
        _state.ClosedUntil = long.MinValue;
    }

    public Timeframe Timeframe { get; }

    public Instrument Instrument { get; }

    public bool IsForming => _state.IsForming != 0;

    /// <summary>The bar in progress; its end is the scheduled one of a time bar, else the time of its last trade. Without meaning when nothing is forming.</summary>
    public Bar Forming => new(new(_state.Start), new(_state.End), _state.Open, _state.High, _state.Low, _state.Close, _state.Volume);

    /// <summary>How many trades or bars came too late and were left out.</summary>
    public long LateCount => _state.Late;

    /// <summary>False for bars by number of trades: a bar does not tell how many it holds.</summary>
    public bool TakesBars => _kind != TimeframeKind.Trades;

    /// <summary>Whether the trade that ends a bar belongs to it. A bar of time ends with the first trade after it; the other kinds end with the trade that fills them.</summary>
    public bool ContainsLastTrade => _kind != TimeframeKind.Time;

    /// <summary>Why no bars of this timeframe can be built, or null when they can.</summary>
    public static string? Refusal(Timeframe timeframe)
    {
        if (timeframe.Amount < 1) return $"A timeframe needs an amount of at least 1, found {timeframe.Amount}: write it like 1m, 1h, 1d, 100t, 1000v or 8r.";
        if (timeframe.Kind == TimeframeKind.Time && timeframe.Amount > Timestamp.NanosecondsPerDay)
        {
            return $"Bars of {timeframe} cannot be built: the longest time bar is 1d, the trading day.";
        }
        return null;
    }

    /// <summary>Takes a trade; true when a bar is finished by it. A time bar is closed by the first trade after it, the other kinds by the trade that fills them.</summary>
    public bool Add(in Trade trade, out Bar closed)
    {
        ref State state = ref _state;
        if ((ulong)(trade.Time.Nanoseconds - state.Start) >= (ulong)state.Length) return AddOutside(in trade, out closed);
        // Without branches: whether a trade makes a new extreme is what the processor cannot foresee.
        state.High = double.MaxNative(trade.Price, state.High);
        state.Low = double.MinNative(trade.Price, state.Low);
        state.Close = trade.Price;
        state.Volume += trade.Size;
        closed = default;
        return false;
    }

    /// <summary>Takes a smaller bar and returns how many bars are finished by it: 0, 1 or 2.</summary>
    /// <param name="closed">The first finished bar: the one in progress when this bar lies after it, else the one that this bar completes.</param>
    /// <param name="alsoClosed">The second one: after a gap a bar can end the old bar and complete the next one at once.</param>
    /// <remarks>
    /// A time bar is complete when a bar ends at its end or later. A bar belongs to the period of its start; one that reaches beyond it lends its end to the
    /// finished bar, which then is known no earlier than its data. A bar as long as the timeframe passes through unchanged.
    /// </remarks>
    /// <exception cref="ArgumentException">The bar is longer than the timeframe, or bars are counted by trades.</exception>
    public int Add(in Bar bar, out Bar closed, out Bar alsoClosed)
    {
        alsoClosed = default;
        if (!TakesBars) throw new ArgumentException($"Bars of {Timeframe} cannot be built from bars, which do not tell their number of trades: use trades, or a timeframe of time, volume or range.", nameof(bar));
        if (_kind != TimeframeKind.Time)
        {
            if (!IsForming) BeginByAmount(bar.Start.Nanoseconds, bar.Open);
            Extend(bar.High, bar.Low, bar.Close, bar.Volume);
            return CloseWhenFull(bar.End.Nanoseconds, out closed) ? 1 : 0;
        }
        long start = bar.Start.Nanoseconds;
        long length = bar.End.Nanoseconds - start;
        if (length > _amount) throw new ArgumentException($"A bar from {bar.Start} to {bar.End} cannot be cut into bars of {Timeframe}: choose a timeframe at least as long as the data's.", nameof(bar));

        bool isOver = IsForming && start >= _state.End;
        closed = isOver ? Finish() : default;
        int count = isOver ? 1 : 0;
        if (IsLate(start))
        {
            _state.Late++;
            return count;
        }
        if (!IsForming) Begin(length == _amount ? (start, start + length) : PeriodOf(start), bar.Open);
        Extend(bar.High, bar.Low, bar.Close, bar.Volume);
        if (bar.End.Nanoseconds < _state.End) return count;
        _state.End = bar.End.Nanoseconds;
        if (count == 0) closed = Finish();
        else alsoClosed = Finish();
        return count + 1;
    }

    /// <summary>The clock: true when it reached the end of a forming time bar, which is finished then.</summary>
    public bool CloseAt(Timestamp now, out Bar closed)
    {
        bool isOver = _kind == TimeframeKind.Time && IsForming && now.Nanoseconds >= _state.End;
        closed = isOver ? Finish() : default;
        return isOver;
    }

    /// <summary>Forgets the bar in progress: trades of it are missing, and a bar that lacks some would lie.</summary>
    public void Discard()
    {
        _state.IsForming = 0;
        _state.Length = 0;
        _state.Trades = 0;
    }

    public void Sync(Snapshot stream)
    {
        stream.Section(_name);
        stream.Sync(ref _state);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AddOutside(in Trade trade, out Bar closed)
    {
        long time = trade.Time.Nanoseconds;
        if (_kind != TimeframeKind.Time)
        {
            if (!IsForming) BeginByAmount(time, trade.Price);
            Extend(trade.Price, trade.Price, trade.Price, trade.Size);
            return CloseWhenFull(time, out closed);
        }
        bool isOver = IsForming && time >= _state.End;
        closed = isOver ? Finish() : default;
        if (IsLate(time))
        {
            _state.Late++;
            return isOver;
        }
        if (!IsForming) Begin(PeriodOf(time), trade.Price);
        Extend(trade.Price, trade.Price, trade.Price, trade.Size);
        return isOver;
    }

    /// <summary>Before the bar in progress or in a finished one. The trades of one closed time all belong to the next trading day, in whatever order they come.</summary>
    private bool IsLate(long time)
    {
        if (time < _state.ClosedUntil) return true;
        if (!IsForming || time >= _state.Start) return false;
        return !_isDaily || SessionOf(time).Close.Nanoseconds != _state.End;
    }

    private void Begin((long Start, long End) period, double open)
    {
        _state.IsForming = 1;
        _state.Start = period.Start;
        _state.End = period.End;
        _state.Length = period.End - period.Start;
        _state.Open = open;
        _state.High = open;
        _state.Low = open;
        _state.Volume = 0;
    }

    private void Extend(double high, double low, double close, double volume)
    {
        if (high > _state.High) _state.High = high;
        if (low < _state.Low) _state.Low = low;
        _state.Close = close;
        _state.Volume += volume;
    }

    private Bar Finish()
    {
        Bar bar = Forming;
        _state.IsForming = 0;
        _state.Length = 0;
        _state.ClosedUntil = _state.End;
        return bar;
    }

    /// <summary>The part of the clock's period that lies in the same session, or in the same closed time, as the instant.</summary>
    private (long Start, long End) PeriodOf(long time)
    {
        Session session = SessionOf(time);
        if (_isDaily) return (session.Open.Nanoseconds, session.Close.Nanoseconds);
        (long start, long end) = ClockPeriodOf(time);
        if (time >= session.Open.Nanoseconds) return (Math.Max(start, session.Open.Nanoseconds), Math.Min(end, session.Close.Nanoseconds));
        return (ClosedTimeSince(start, time), Math.Min(end, session.Open.Nanoseconds));
    }

    /// <summary>Counted from midnight UTC, whose day cuts the last period short where the length does not divide it. The period after the last one needs no division.</summary>
    private (long Start, long End) ClockPeriodOf(long time)
    {
        long start = _clockEnd;
        if ((ulong)(time - start) >= (ulong)_amount || start + _amount > _midnight)
        {
            long day = Timestamp.FloorDivide(time, Timestamp.NanosecondsPerDay) * Timestamp.NanosecondsPerDay;
            _midnight = day + Timestamp.NanosecondsPerDay;
            start = day + (time - day) / _amount * _amount;
        }
        _clockEnd = Math.Min(start + _amount, _midnight);
        return (start, _clockEnd);
    }

    /// <summary>The start, or the last closing between it and an instant of closed time.</summary>
    private long ClosedTimeSince(long start, long time)
    {
        while (start < _closedFrom)
        {
            Session before = _calendar.SessionAt(new(start));
            if (before.Close.Nanoseconds > time) _closedFrom = start;
            else start = before.Close.Nanoseconds;
        }
        return start;
    }

    private ref readonly Session SessionOf(long time)
    {
        if (time < _closedFrom || time >= _session.Close.Nanoseconds)
        {
            _session = _calendar.SessionAt(new(time));
            _closedFrom = Math.Min(time, _session.Open.Nanoseconds);
        }
        return ref _session;
    }

    private void BeginByAmount(long time, double open)
    {
        Begin((time, time), open);
        _state.Trades = 0;
    }

    private bool CloseWhenFull(long end, out Bar closed)
    {
        _state.Trades++;
        if (end > _state.End) _state.End = end;
        bool isFull = _kind switch
        {
            TimeframeKind.Trades => _state.Trades >= _amount,
            TimeframeKind.Volume => _state.Volume >= _amount,
            _ => _state.High - _state.Low >= _range,
        };
        closed = isFull ? Finish() : default;
        return isFull;
    }

    /// <summary>All that changes. Fields of 8 bytes only: a snapshot takes the bytes as they lie, and padding would have no defined value.</summary>
    private record struct State
    {
        public long IsForming;
        public long Start;
        public long End;

        /// <summary>The bar in progress takes every time in [Start, Start + Length) at once; 0 when nothing forms, and for bars that are not cut by time.</summary>
        public long Length;

        /// <summary>End of the last finished bar.</summary>
        public long ClosedUntil;
        public long Trades;
        public long Late;
        public double Open;
        public double High;
        public double Low;
        public double Close;
        public double Volume;
    }
}
