using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Momentum;

/// <summary>Buys when the MACD crosses above its signal line, sells when it crosses below.</summary>
/// <remarks>
/// <para>Source: Appel, Technical Analysis: Power Tools for Active Investors, 2005.</para>
/// <para>Enters: at the market on the bar of the crossing; short only where shorting is on. Confidence is the histogram's size against twice its mean size over the last ten bars, at most 1, so nothing is said before ten values.</para>
/// <para>Exits: with the opposite crossing.</para>
/// <para>Stop: none of its own.</para>
/// <para>Assumes: that momentum persists for some bars after a crossing.</para>
/// <para>Lies: in quiet markets, where crossings are noise.</para>
/// </remarks>
[Strategy("macd-crossover", "Momentum")]
public sealed class MacdCrossover : Strategy
{
    private const int Memory = 10;

    private readonly Macd _macd;
    private readonly double[] _sizes = new double[Memory];
    private double _sizeSum;
    private double _previous = double.NaN;
    private int _seen;
    private bool _comesBack;

    public MacdCrossover(Options options) => _macd = Use(new Macd(options.Fast, options.Slow, options.Signal));

    protected override void OnHistory(in Bar bar)
    {
        if (!IsReady) return;
        Remember(_macd.Histogram);
        _comesBack = true;
    }

    protected override void OnBar(in Bar bar)
    {
        double histogram = _macd.Histogram, previous = _previous;
        bool comesBack = _comesBack;
        _comesBack = false;
        Remember(histogram);
        if (_seen < Memory) return;
        if (comesBack && (IsLong ? previous < 0 : IsShort && previous > 0)) Close("MACD crossed its signal line while nobody acted");
        if (previous <= 0 && histogram > 0) Buy("MACD crossed above its signal line", Confidence(histogram));
        else if (previous >= 0 && histogram < 0) Sell("MACD crossed below its signal line", Confidence(histogram));
    }

    private void Remember(double histogram)
    {
        _previous = histogram;
        _sizes[_seen % Memory] = Math.Abs(histogram);
        _seen++;
        // Added up afresh: ten numbers cost nothing, and no rounding piles up.
        _sizeSum = 0;
        foreach (double one in _sizes) _sizeSum += one;
    }

    private double Confidence(double histogram)
    {
        double mean = _sizeSum / Memory;
        return mean > 0 ? Math.Min(1, Math.Abs(histogram) / (2 * mean)) : 0;
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Length of the fast average, in bars; below <see cref="Slow"/>.</summary>
        [Range(1, 5000)] public int Fast { get; init; } = 12;

        /// <summary>Length of the slow average, in bars.</summary>
        [Range(2, 10000)] public int Slow { get; init; } = 26;

        /// <summary>Length of the signal line, in bars.</summary>
        [Range(1, 5000)] public int Signal { get; init; } = 9;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Fast >= Slow) yield return new ValidationResult($"Fast must be below Slow, found Fast={Fast} and Slow={Slow}.");
        }
    }
}
