using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Session;

/// <summary>Takes the range of the first minutes of a session and goes with the first close beyond it, until shortly before the session ends.</summary>
/// <remarks>
/// <para>Source: Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout, 1990.</para>
/// <para>Enters: at the market, flat, on a close above the range (long) or below it (short), once for each side in a session.</para>
/// <para>Exits: at the target where one is set, at the stop, and in any case some minutes before the session's close.</para>
/// <para>Stop: the other end of the range. The target is a multiple of that risk; none where the multiple is 0.</para>
/// <para>Assumes: that the day's direction shows early. The session is the instrument's own: futures that trade around the clock open in the evening, and OffsetMinutes moves the range to the opening that counts (930 for New York stock hours of a session that opens at 18:00).</para>
/// <para>Lies: a bar that reaches beyond the range's last minute does not count for it, so bars must be shorter than the range; on daily bars it never trades. The close can be far beyond the range when it enters.</para>
/// </remarks>
[Strategy("opening-range-breakout", "Session")]
public sealed class OpeningRangeBreakout : Strategy
{
    private readonly Options _options;
    private readonly TimeSpan _offset;
    private readonly TimeSpan _length;
    private readonly TimeSpan _rest;
    private Timestamp _open;
    private Timestamp _close;
    private double _high;
    private double _low;
    private bool _wasLong;
    private bool _wasShort;

    public OpeningRangeBreakout(Options options)
    {
        _options = options;
        _offset = TimeSpan.FromMinutes(options.OffsetMinutes);
        _length = TimeSpan.FromMinutes(options.RangeMinutes);
        _rest = TimeSpan.FromMinutes(options.ExitMinutes);
    }

    // A break of the past counts as taken: entered late it would be another trade.
    protected override void OnHistory(in Bar bar)
    {
        Track(in bar);
        if (bar.Start < _open + _offset + _length || bar.End >= _close - _rest || _high < _low) return;
        (_wasLong, _wasShort) = (_wasLong || bar.Close > _high, _wasShort || bar.Close < _low);
    }

    protected override void OnBar(in Bar bar)
    {
        Track(in bar);
        Timestamp start = _open + _offset;
        if (bar.End >= _close - _rest)
        {
            if (!IsFlat) Close("the session ends soon");
            return;
        }
        if (bar.Start < start + _length || _high < _low || !IsFlat) return;
        if (bar.Close > _high && !_wasLong) Enter(SignalAction.Buy, 1, bar.Close, _low, "close above the opening range");
        else if (bar.Close < _low && !_wasShort) Enter(SignalAction.Sell, -1, bar.Close, _high, "close below the opening range");
    }

    private void Track(in Bar bar)
    {
        Core.Market.Session session = SessionOf(in bar);
        if (session.Open != _open) (_open, _close, _high, _low, _wasLong, _wasShort) = (session.Open, session.Close, double.NegativeInfinity, double.PositiveInfinity, false, false);
        // Also what an earlier session entered.
        bool isOfSession = EntryTime >= _open;
        (_wasLong, _wasShort) = (_wasLong || (isOfSession && IsLong), _wasShort || (isOfSession && IsShort));
        Timestamp start = _open + _offset;
        if (bar.Start < start || bar.End > start + _length) return;
        _high = Math.Max(_high, bar.High);
        _low = Math.Min(_low, bar.Low);
    }

    private void Enter(SignalAction action, int direction, double close, double otherEnd, string reason)
    {
        (_wasLong, _wasShort) = (_wasLong || direction > 0, _wasShort || direction < 0);
        double risk = Math.Abs(close - otherEnd);
        Emit(new Wish(action, reason)
        {
            StopLoss = Away.By(close, -direction, risk, Instrument),
            TakeProfit = Away.Times(_options.TargetRisks, close, direction, risk, Instrument),
        });
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the opening range, in minutes.</summary>
        [Range(1, 720)] public int RangeMinutes { get; init; } = 30;

        /// <summary>Minutes from the session's open to the start of the range.</summary>
        [Range(0, 1439)] public int OffsetMinutes { get; init; }

        /// <summary>Distance of the target, in times the distance of the stop; 0 for none.</summary>
        [Range(0.0, 100.0)] public double TargetRisks { get; init; }

        /// <summary>Minutes before the session's close from which nothing is held.</summary>
        [Range(0, 720)] public int ExitMinutes { get; init; } = 5;
    }
}
