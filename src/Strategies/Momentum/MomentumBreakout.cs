using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Momentum;

/// <summary>Follows a close beyond the range of the last bars when the rate of change confirms it, and leaves when the rate of change turns.</summary>
/// <remarks>
/// <para>Source: momentum as measured by Jegadeesh and Titman, Journal of Finance 48 (1993); entering on a new high is Darvas, How I Made $2,000,000 in the Stock Market, 1960.</para>
/// <para>Enters: at the market, flat, on the first close above the highest high of the bars before while the rate of change is at least the threshold; short on the mirror image.</para>
/// <para>Exits: when the rate of change is back at 0 or on the other side of it.</para>
/// <para>Stop: a multiple of the average true range from the close of the entry bar; none where the multiple is 0.</para>
/// <para>Assumes: that what moved fast out of a range goes on for a while.</para>
/// <para>Lies: it buys the highest prices there were. In a market without trends each false breakout costs the distance to the stop, and a backtest on one trending year hides that.</para>
/// </remarks>
[Strategy("momentum-breakout", "Momentum")]
public sealed class MomentumBreakout : Strategy
{
    private readonly Options _options;
    private readonly Donchian _range;
    private readonly Roc _speed;
    private readonly Atr _atr;
    private double _upper = double.NaN;
    private double _lower = double.NaN;
    private bool _isAbove;
    private bool _isBelow;

    public MomentumBreakout(Options options)
    {
        _options = options;
        _range = Use(new Donchian(options.Range));
        _speed = Use(new Roc(options.Momentum));
        _atr = Use(new Atr(options.AtrPeriod));
    }

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) Look(bar.Close);
    }

    protected override void OnBar(in Bar bar)
    {
        (bool wasAbove, bool wasBelow) = (_isAbove, _isBelow);
        Look(bar.Close);
        if ((IsLong && _speed.Value <= 0) || (IsShort && _speed.Value >= 0)) Close("rate of change turned");
        else if (IsFlat && _isAbove && !wasAbove) Enter(SignalAction.Buy, 1, bar.Close, "close above the range, confirmed by the rate of change");
        else if (IsFlat && _isBelow && !wasBelow) Enter(SignalAction.Sell, -1, bar.Close, "close below the range, confirmed by the rate of change");
    }

    /// <summary>At the range of the bars before this one: comparisons with NaN are false, so the first bar decides nothing.</summary>
    private void Look(double close)
    {
        _isAbove = close > _upper && _speed.Value >= _options.Threshold;
        _isBelow = close < _lower && _speed.Value <= -_options.Threshold;
        (_upper, _lower) = (_range.Upper, _range.Lower);
    }

    private void Enter(SignalAction action, int direction, double close, string reason) =>
        Emit(new Wish(action, reason) { StopLoss = Away.Times(_options.StopAtr, close, -direction, _atr.Value, Instrument) });

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Bars whose highest high and lowest low must be left behind.</summary>
        [Range(2, 10000)] public int Range { get; init; } = 20;

        /// <summary>Bars over which the rate of change is taken.</summary>
        [Range(1, 10000)] public int Momentum { get; init; } = 10;

        /// <summary>Smallest rate of change that confirms, in percent.</summary>
        [Range(0.0, 100.0)] public double Threshold { get; init; } = 0.1;

        /// <summary>Distance of the protective stop, in average true ranges; 0 for none.</summary>
        [Range(0.0, 20.0)] public double StopAtr { get; init; } = 2;

        /// <summary>Length of the average true range, in bars.</summary>
        [Range(1, 1000)] public int AtrPeriod { get; init; } = 14;
    }
}
