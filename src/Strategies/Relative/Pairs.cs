using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Relative;

/// <summary>Trades the spread between two instruments back to its mean: sells the dear one and buys the cheap one when they drifted apart.</summary>
/// <remarks>
/// <para>Source: Gatev, Goetzmann and Rouwenhorst, Pairs Trading, Review of Financial Studies 19 (2006); the hedge by regression as in Vidyamurthy, Pairs Trading, 2004.</para>
/// <para>Enters: at the market in both instruments, when the spread is Entry standard deviations from its mean over the last common bars. The spread is the own close less the hedge ratio times the other's; the ratio is fixed, or the slope of a regression over the same bars.</para>
/// <para>Exits: both, when the spread is back within Exit standard deviations or on the other side of its mean; also when only one of the two could be had for two bars.</para>
/// <para>Stop: both are left when the spread is Stop standard deviations away; it enters again only after it was back at its exit. There is no order at the venue: the loss is bounded at bar closes only.</para>
/// <para>Assumes: that what moved together will, and that both trade in the same hours; only bars that end together count, and of each instrument only the last two times Lookback bars are looked at.</para>
/// <para>Lies: a regression finds a ratio for any two prices. The ratio moves while the position stands, two fills never come at the same instant, and of all pairs that ever broke a backtest shows those that did not.</para>
/// </remarks>
[Strategy("pairs", "Relative")]
public sealed class Pairs : Strategy
{
    private const int Patience = 2;

    private readonly Options _options;
    private readonly Leg _other;
    private readonly CommonBars _common;
    private bool _waitsForExit;
    private bool _saidTooSmall;
    private int _barsBroken;

    public Pairs(Options options)
    {
        _options = options;
        _other = UseLeg(options.Other);
        _common = new CommonBars(options.Lookback);
    }

    // Twice as many: some bars only one of the two has.
    protected override int HistoryBars => 2 * _options.Lookback;

    protected override void OnHistory(in Bar bar) => _common.AddOwn(in bar);

    protected override void OnBar(in Bar bar)
    {
        _common.AddOwn(in bar);
        if (_common.IsLevel) Decide();
    }

    protected override void OnLegBar(Leg leg, in Bar bar)
    {
        _common.AddOther(in bar);
        if (_common.IsLevel) Decide();
    }

    private void Decide()
    {
        if (!_common.TryMeasure(_options.HedgeRatio, out double ratio, out double deviation)) return;
        double distance = Math.Abs(deviation);
        if (distance <= _options.Exit) _waitsForExit = _saidTooSmall = false;
        bool isBroken = IsFlat != _other.IsFlat;
        _barsBroken = isBroken ? _barsBroken + 1 : 0;
        if (IsFlat && _other.IsFlat)
        {
            if (distance >= _options.Entry && !_waitsForExit && !IsTooFar(distance)) Enter(deviation > 0 ? -1 : 1, ratio);
        }
        else if (_barsBroken > Patience) Leave("only one of the two could be had", waits: true);
        else if (IsTooFar(distance)) Leave("the spread went too far", waits: true);
        else if (distance <= _options.Exit || (!IsFlat && IsLong == deviation > 0)) Leave("the spread is back", waits: false);
    }

    private bool IsTooFar(double distance) => _options.Stop > 0 && distance >= _options.Stop;

    /// <param name="direction">1 buys the own instrument.</param>
    private void Enter(int direction, double ratio)
    {
        decimal own = Instrument.RoundDownToLot((decimal)_options.Quantity);
        double hedge = Math.Abs(ratio) * _options.Quantity * Instrument.PointValueAsDouble / _other.Instrument.PointValueAsDouble;
        decimal lots = Math.Round((decimal)Math.Min(hedge, 1e12) / _other.Instrument.LotSize, MidpointRounding.AwayFromZero);
        if (own == 0 || lots == 0)
        {
            SayTooSmall(own, hedge);
            return;
        }
        Emit(new Wish(direction > 0 ? SignalAction.Buy : SignalAction.Sell, "the spread is far from its mean") { Quantity = own });
        _other.Emit(new Wish(direction * Math.Sign(ratio) > 0 ? SignalAction.Sell : SignalAction.Buy, "the spread is far from its mean") { Quantity = lots * _other.Instrument.LotSize });
    }

    /// <summary>Wishes the hand that comes to less than a lot, once for each time that the spread goes away: it is refused in sight.</summary>
    private void SayTooSmall(decimal own, double hedge)
    {
        if (_saidTooSmall) return;
        _saidTooSmall = true;
        if (own == 0) Emit(new Wish(SignalAction.Buy, "the spread is far from its mean") { Quantity = (decimal)_options.Quantity });
        else if ((decimal)hedge is > 0 and var part) _other.Emit(new Wish(SignalAction.Buy, "the spread is far from its mean") { Quantity = Math.Min(part, _other.Instrument.LotSize / 2) });
    }

    private void Leave(string reason, bool waits)
    {
        _waitsForExit |= waits;
        Close(reason);
        _other.Close(reason);
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Symbol of the second instrument; the engine must trade it too.</summary>
        public string Other { get; init; } = "NQ";

        /// <summary>Common bars over which mean, deviation and hedge ratio are taken.</summary>
        [Range(10, 5000)] public int Lookback { get; init; } = 100;

        /// <summary>Distance of the spread from its mean that enters, in standard deviations; above <see cref="Exit"/>.</summary>
        [Range(0.1, 20.0)] public double Entry { get; init; } = 2;

        /// <summary>Distance at which the trade is over, in standard deviations.</summary>
        [Range(0.0, 20.0)] public double Exit { get; init; } = 0.5;

        /// <summary>Distance at which the trade is given up, in standard deviations, above <see cref="Entry"/>; 0 for never.</summary>
        [Range(0.0, 100.0)] public double Stop { get; init; } = 4;

        /// <summary>Price points of the own instrument for one of the other; 0 takes the slope of a regression.</summary>
        [Range(-1e6, 1e6)] public double HedgeRatio { get; init; }

        /// <summary>Units of the own instrument; the other's follow from the ratio and the point values.</summary>
        [Range(1e-8, 1e9)] public double Quantity { get; init; } = 1;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (string.IsNullOrWhiteSpace(Other)) yield return new ValidationResult("Other must be the symbol of the second instrument, found nothing.");
            if (Exit >= Entry) yield return new ValidationResult($"Exit must be below Entry, found Exit={Exit} and Entry={Entry}.");
            if (Stop > 0 && Stop <= Entry) yield return new ValidationResult($"Stop must be 0 or above Entry, found Stop={Stop} and Entry={Entry}.");
        }
    }
}
