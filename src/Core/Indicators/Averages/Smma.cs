using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Smoothed moving average (Wilder's, also RMA): an exponential average with weight 1 / period, seeded with the mean of its first <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
[Indicator("smma", "Wilder, New Concepts in Technical Trading Systems, 1978")]
public sealed class Smma : Indicator<double, Ema.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Smma([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _weight) = (period, WeightOf(period));

    protected override int OwnWarmUp => _period;

    /// <summary>Share of the newest input in the average.</summary>
    public static double WeightOf(int period) => 1.0 / period;

    protected override Ema.State Advance(in Ema.State state, in double input) => Ema.Advance(in state, input, _period, _weight);

    protected override double Read(in Ema.State state) => state.Count < _period ? double.NaN : state.Value;
}
