using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Trend;

/// <summary>Goes with the side of the parabolic stop and keeps that stop working: long while it is below the price, short while it is above.</summary>
/// <remarks>
/// <para>Source: Wilder, New Concepts in Technical Trading Systems, 1978.</para>
/// <para>Enters: at the market, on the bar on which the parabolic stop changes sides.</para>
/// <para>Exits: when the stop is hit within a bar, or with the reversal at the bar's close.</para>
/// <para>Stop: the parabolic stop of the bar to come, moved with each bar.</para>
/// <para>Assumes: a market that moves all the time, in one direction or the other.</para>
/// <para>Lies: Wilder reverses at the stop itself; this one is stopped there, and enters the other side at the next fill after the close. In a narrow market it loses on nearly every turn.</para>
/// </remarks>
[Strategy("parabolic-sar", "Trend")]
public sealed class ParabolicSarReversal : Strategy
{
    private readonly ParabolicSar _sar;
    private int _side;

    public ParabolicSarReversal(Options options) => _sar = Use(new ParabolicSar(options.Step, options.Maximum));

    protected override void OnHistory(in Bar bar)
    {
        if (IsReady) _side = _sar.IsUp ? 1 : -1;
    }

    protected override void OnBar(in Bar bar)
    {
        int side = _sar.IsUp ? 1 : -1;
        // A turn of the past that it was only told of left it on the wrong side.
        bool isTurn = (_side != 0 && side != _side) || (side > 0 ? IsShort : IsLong);
        _side = side;
        bool isHeld = side > 0 ? IsLong : IsShort;
        if (!isTurn && !isHeld) return;
        Emit(new Wish(side > 0 ? SignalAction.Buy : SignalAction.Sell, isTurn ? "the parabolic stop changed sides" : "the parabolic stop moved")
        {
            StopLoss = Away.By(bar.Close, -side, (bar.Close - _sar.Next) * side, Instrument),
        });
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Acceleration at the start of a trend, and what each new extreme adds; at most <see cref="Maximum"/>.</summary>
        [Range(0.0001, 1.0)] public double Step { get; init; } = 0.02;

        /// <summary>Largest acceleration.</summary>
        [Range(0.0001, 1.0)] public double Maximum { get; init; } = 0.2;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Step > Maximum) yield return new ValidationResult($"Step must be at most Maximum, found Step={Step} and Maximum={Maximum}.");
        }
    }
}
