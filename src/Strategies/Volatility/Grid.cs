using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Volatility;

/// <summary>Buys a unit at each step below a middle and sells each one step higher; above the middle the mirror image.</summary>
/// <remarks>
/// <para>Source: practice of currency and coin traders, without an author; a discrete form of the rebalancing that Perold and Sharpe describe in Dynamic Strategies for Asset Allocation, Financial Analysts Journal, 1988.</para>
/// <para>Enters: at the market, one unit for each step that the close is away from the middle, against the move, up to a number of levels. The middle is an average and the step a multiple of the average true range; both stay as they are while anything is held.</para>
/// <para>Exits: one unit for each step that the close comes back.</para>
/// <para>Stop: one step beyond the last level, for everything that is held. The next grid begins once the price is within a step of its middle.</para>
/// <para>Assumes: a market that goes to and fro around a middle for longer than the grid is wide.</para>
/// <para>Lies: it wins small and often, and loses everything it won in one trend. A backtest that ends before that trend shows a straight line upwards.</para>
/// </remarks>
[Strategy("grid", "Volatility")]
public sealed class Grid : Strategy
{
    private readonly Options _options;
    private readonly Sma _average;
    private readonly Atr _atr;
    private double _middle;
    private double _step;
    private int _held;
    private bool _isArmed;

    public Grid(Options options)
    {
        _options = options;
        _average = Use(new Sma(options.Period));
        _atr = Use(new Atr(options.Period));
    }

    protected override void OnBar(in Bar bar)
    {
        if (IsFlat) Lay();
        else if (_step <= 0) TakeOver();
        // Steps below the middle: a unit for each whole one that was reached, given back when the next smaller whole one is reached.
        double below = (_middle - bar.Close) / _step;
        int wanted = (int)Math.Clamp(Math.Min(Math.Max(_held, Math.Floor(below)), Math.Ceiling(below)), -_options.Levels, _options.Levels);
        _isArmed |= Math.Abs(below) < 1;
        if (wanted == _held || !_isArmed) return;
        _held = wanted;
        if (wanted == 0) Close("back at the middle");
        else Take(wanted, bar.Close);
    }

    /// <summary>A new grid around the average. What was held and is no more was stopped: the next one waits for the price.</summary>
    private void Lay()
    {
        _isArmed = _isArmed && _held == 0;
        _held = 0;
        _middle = _average.Value;
        _step = Math.Max(_options.StepAtr * _atr.Value, Instrument.TickSizeAsDouble);
    }

    /// <summary>Goes on with what an earlier session holds: a grid with steps of now, whose stop is the one that works.</summary>
    private void TakeOver()
    {
        Lay();
        int direction = IsLong ? 1 : -1;
        decimal units = Math.Round(Math.Abs(Position) / (decimal)_options.Quantity, MidpointRounding.AwayFromZero);
        _held = direction * (int)Math.Clamp(units, 1, _options.Levels);
        if (!double.IsNaN(ProtectiveStop)) _middle = ProtectiveStop + direction * (_options.Levels + 1) * _step;
        _isArmed = true;
    }

    private void Take(int units, double close)
    {
        int direction = Math.Sign(units);
        double stop = _middle - direction * (_options.Levels + 1) * _step;
        bool isBehind = (close - stop) * direction > Instrument.TickSizeAsDouble / 2;
        Emit(new Wish(units > 0 ? SignalAction.Buy : SignalAction.Sell, "the close reached another level")
        {
            Quantity = Math.Abs(units) * (decimal)_options.Quantity,
            StopLoss = isBehind ? stop : null,
        });
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the average in the middle and of the average true range, in bars.</summary>
        [Range(2, 10000)] public int Period { get; init; } = 100;

        /// <summary>Distance between levels, in average true ranges; at least a tick.</summary>
        [Range(0.1, 100.0)] public double StepAtr { get; init; } = 2;

        /// <summary>Levels on each side of the middle.</summary>
        [Range(1, 100)] public int Levels { get; init; } = 4;

        /// <summary>Units for each level, rounded down to the instrument's lot.</summary>
        [Range(1e-8, 1e9)] public double Quantity { get; init; } = 1;
    }
}
