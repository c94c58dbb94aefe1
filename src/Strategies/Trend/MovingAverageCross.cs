using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Trend;

/// <summary>Long while the fast simple average is above the slow one, otherwise short (flat where shorting is off).</summary>
/// <remarks>
/// <para>Source: the oldest trend rule of all; tested in Brock, Lakonishok and LeBaron, Journal of Finance 47 (1992).</para>
/// <para>Enters: at the market on the bar on which the order of the averages changes, and on the first bar on which both are ready.</para>
/// <para>Exits: with the opposite change.</para>
/// <para>Stop: none of its own.</para>
/// <para>Assumes: trends longer than the slow average.</para>
/// <para>Lies: in sideways markets, where each cross costs the spread.</para>
/// </remarks>
[Strategy("moving-average-cross", "Trend")]
public sealed class MovingAverageCross : Strategy
{
    private readonly Sma _fast;
    private readonly Sma _slow;

    public MovingAverageCross(Options options)
    {
        _fast = Use(new Sma(options.Fast));
        _slow = Use(new Sma(options.Slow));
    }

    protected override void OnBar(in Bar bar)
    {
        if (_fast.Value > _slow.Value) Buy("fast average above the slow one");
        else Sell("fast average not above the slow one");
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Length of the fast average, in bars; below <see cref="Slow"/>.</summary>
        [Range(1, 5000)] public int Fast { get; init; } = 10;

        /// <summary>Length of the slow average, in bars.</summary>
        [Range(2, 10000)] public int Slow { get; init; } = 30;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Fast >= Slow) yield return new ValidationResult($"Fast must be below Slow, found Fast={Fast} and Slow={Slow}.");
        }
    }
}
