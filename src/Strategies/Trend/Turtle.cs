using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Trend;

/// <summary>The Turtles' channel breakout: in on a new extreme, more at every half range in favour, out at the opposite extreme of fewer bars or two ranges below the last unit.</summary>
/// <remarks>
/// <para>Source: the rules of Dennis and Eckhardt as published by Faith, The Original Turtle Trading Rules, 2003; the channel is Donchian's. The defaults are System 1; System 2 is EntryBars=55, ExitBars=20, SkipAfterWinner=false.</para>
/// <para>Enters: at the market, on a close beyond the highest high (long) or lowest low (short) of the bars before; System 1 leaves out a breakout that follows a winning one, unless it is beyond the failsafe channel too. It adds a unit at each AddRanges of average true range that the close moved in favour of the last fill. A unit is the quantity that loses RiskFraction of the equity when the price moves one average true range against it, rounded down to the lot; UnitQuantity fixes it instead. All MaxUnits together tie up at most MaxMargin of the equity: where the range asks for more, as that of minutes does, the unit is smaller, and where not even MaxUnits lots can be carried there are fewer units. A unit below a lot is wished all the same, so that its refusal is seen.</para>
/// <para>Exits: on a close beyond the opposite channel of ExitBars.</para>
/// <para>Stop: StopRanges of average true range from the price of the last unit, one order for all units. The range is that of the entry and stays. After a restart what is held counts as one unit behind the stop that works, and none is added.</para>
/// <para>Assumes: many markets at once, and patience: most entries lose, and a few trends pay.</para>
/// <para>Lies: the Turtles traded within the day at the level itself; this one waits for the close. With one market and one history the result is a handful of trends. Units of an equity that other strategies move are not the same in a backtest of this one alone.</para>
/// </remarks>
[Strategy("turtle", "Trend")]
public sealed class Turtle : Strategy
{
    private readonly Options _options;
    private readonly Donchian _entry;
    private readonly Donchian _exit;
    private readonly Donchian _failsafe;
    private readonly Atr _atr;
    private Channels _before;
    private Imagined _imagined;
    private int _units;
    private int _mostUnits;
    private decimal _unit;
    private double _range;
    private double _lastPrice;

    public Turtle(Options options)
    {
        _options = options;
        _entry = Use(new Donchian(options.EntryBars));
        _exit = Use(new Donchian(options.ExitBars));
        _failsafe = Use(new Donchian(options.FailsafeBars));
        _atr = Use(new Atr(options.AtrPeriod));
    }

    protected override int HistoryBars => 4 * _options.FailsafeBars;

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) Look(in bar, out _);
    }

    protected override void OnBar(in Bar bar)
    {
        bool wasWinner = _imagined.LastWon;
        int breakout = Look(in bar, out Channels before);
        if (!before.IsKnown) return;
        if (!IsFlat) Hold(in bar, in before);
        else if (breakout != 0 && (!_options.SkipAfterWinner || !wasWinner || IsBeyondFailsafe(bar.Close, breakout, in before))) Enter(bar.Close, breakout, before.Range);
    }

    protected override void OnFill(in Fill fill)
    {
        bool isMore = fill.PositionAfter != 0 && fill.Side == Side.Buy == fill.PositionAfter > 0;
        if (isMore) _lastPrice = (double)fill.Price;
    }

    /// <summary>Takes the bar in; 1 where it broke out upwards, −1 downwards.</summary>
    /// <param name="before">The channels of the bars before it.</param>
    private int Look(in Bar bar, out Channels before)
    {
        before = _before;
        _before = new(_entry.Upper, _entry.Lower, _exit.Upper, _exit.Lower, _failsafe.Upper, _failsafe.Lower, _atr.Value, true);
        if (!before.IsKnown) return 0;
        int breakout = bar.Close > before.Upper ? 1 : bar.Close < before.Lower ? -1 : 0;
        _imagined = _imagined.After(in bar, breakout, in before, _options.StopRanges);
        return breakout;
    }

    private void Enter(double close, int direction, double range)
    {
        _unit = UnitOf(close, range);
        (_units, _range, _lastPrice) = (1, range, close);
        if (_unit > 0) Ask(direction, direction > 0 ? "new high: first unit" : "new low: first unit");
    }

    /// <summary>Out at the opposite channel, otherwise as many units as the move has earned, all behind one stop.</summary>
    private void Hold(in Bar bar, in Channels before)
    {
        int direction = IsLong ? 1 : -1;
        if (_units == 0) TakeOver(direction, before.Range);
        if (direction > 0 ? bar.Close < before.ExitLower : bar.Close > before.ExitUpper)
        {
            Close("close beyond the exit channel");
            return;
        }
        double earned = (bar.Close - _lastPrice) * direction / (_options.AddRanges * _range);
        int more = earned >= 1 ? Math.Min((int)Math.Min(earned, _mostUnits), _mostUnits - _units) : 0;
        _units += more;
        Ask(direction, more > 0 ? "another half range in favour: one more unit" : "stop behind the last unit");
    }

    /// <summary>Goes on with what an earlier session holds: as one unit, to which none is added, behind the stop that works.</summary>
    private void TakeOver(int direction, double range)
    {
        (_units, _mostUnits, _unit, _range) = (1, 1, Math.Abs(Position), range);
        _lastPrice = double.IsNaN(ProtectiveStop) ? EntryPrice : ProtectiveStop + direction * StopDistance;
    }

    private double StopDistance => Math.Max(_options.StopRanges * _range, Instrument.TickSizeAsDouble);

    private void Ask(int direction, string reason)
    {
        double stop = _lastPrice - direction * StopDistance;
        // A stop that the close has passed already is about to fill; asking for it again would be refused.
        bool isBehind = (LastPrice - stop) * direction > Instrument.TickSizeAsDouble / 2;
        Emit(new Wish(direction > 0 ? SignalAction.Buy : SignalAction.Sell, reason) { Quantity = _units * _unit, StopLoss = isBehind ? stop : null });
    }

    /// <summary>The quantity of a unit, and with it how many of them may be held; not cut to the lot where it is below one.</summary>
    private decimal UnitOf(double close, double range)
    {
        _mostUnits = _options.MaxUnits;
        if (_options.UnitQuantity > 0) return Instrument.RoundDownToLot((decimal)_options.UnitQuantity);
        double equity = Math.Max(0, Equity), risk = range * Instrument.PointValueAsDouble, margin = Instrument.Margin(1, close);
        double risked = risk > 0 ? Math.Min(1e9, equity * _options.RiskFraction / risk) : 0;
        double carried = margin > 0 ? Math.Min(1e9 * _mostUnits, equity * _options.MaxMargin / margin) : 1e9 * _mostUnits;
        decimal wished = (decimal)Math.Min(risked, Math.Min(carried, Math.Max((double)Instrument.LotSize, carried / _mostUnits)));
        decimal unit = Instrument.RoundDownToLot(wished);
        if (unit == 0) return wished;
        _mostUnits = (int)Math.Min(_mostUnits, carried / (double)unit * (1 + 1e-9));
        return unit;
    }

    private static bool IsBeyondFailsafe(double close, int direction, in Channels before) => direction > 0 ? close > before.FailsafeUpper : close < before.FailsafeLower;

    /// <summary>What the channels were before the bar.</summary>
    private readonly record struct Channels(double Upper, double Lower, double ExitUpper, double ExitLower, double FailsafeUpper, double FailsafeLower, double Range, bool IsKnown);

    /// <summary>The trade that every breakout would have been, taken or not: it tells whether the last one won.</summary>
    private readonly record struct Imagined(int Direction, double Entry, double Stop, bool LastWon)
    {
        public Imagined After(in Bar bar, int breakout, in Channels before, double stopRanges)
        {
            if (Direction == 0) return breakout == 0 ? this : new(breakout, bar.Close, bar.Close - breakout * stopRanges * before.Range, LastWon);
            if (Direction > 0 ? bar.Low <= Stop : bar.High >= Stop) return new(0, 0, 0, false);
            bool isOut = Direction > 0 ? bar.Close < before.ExitLower : bar.Close > before.ExitUpper;
            return isOut ? new(0, 0, 0, (bar.Close - Entry) * Direction > 0) : this;
        }
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Bars of the channel whose break enters.</summary>
        [Range(2, 10000)] public int EntryBars { get; init; } = 20;

        /// <summary>Bars of the channel whose opposite break exits; below <see cref="EntryBars"/>.</summary>
        [Range(1, 10000)] public int ExitBars { get; init; } = 10;

        /// <summary>Leaves out a breakout when the one before would have won.</summary>
        public bool SkipAfterWinner { get; init; } = true;

        /// <summary>Bars of the channel whose break enters in any case; at least <see cref="EntryBars"/>.</summary>
        [Range(2, 10000)] public int FailsafeBars { get; init; } = 55;

        /// <summary>Length of the average true range, in bars.</summary>
        [Range(1, 1000)] public int AtrPeriod { get; init; } = 20;

        /// <summary>Most units in one position.</summary>
        [Range(1, 20)] public int MaxUnits { get; init; } = 4;

        /// <summary>Move in favour of the last unit that adds another, in average true ranges.</summary>
        [Range(0.05, 20.0)] public double AddRanges { get; init; } = 0.5;

        /// <summary>Distance of the stop from the last unit, in average true ranges.</summary>
        [Range(0.1, 20.0)] public double StopRanges { get; init; } = 2;

        /// <summary>Share of the equity that one average true range moves a unit.</summary>
        [Range(0.0001, 0.2)] public double RiskFraction { get; init; } = 0.01;

        /// <summary>Most of the equity that all units together tie up as margin.</summary>
        [Range(0.01, 1.0)] public double MaxMargin { get; init; } = 0.8;

        /// <summary>Quantity of a unit, however much it ties up; 0 sizes it by the average true range and the equity.</summary>
        [Range(0.0, 1e9)] public double UnitQuantity { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (ExitBars >= EntryBars) yield return new ValidationResult($"ExitBars must be below EntryBars, found ExitBars={ExitBars} and EntryBars={EntryBars}.");
            if (FailsafeBars < EntryBars) yield return new ValidationResult($"FailsafeBars must be at least EntryBars, found FailsafeBars={FailsafeBars} and EntryBars={EntryBars}.");
        }
    }
}
