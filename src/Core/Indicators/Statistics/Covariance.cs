using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Population covariance of two series over the last <c>period</c> pairs. Ready with the <c>period</c>-th.</summary>
[Indicator("covariance", "mean of the products of the deviations; no TA-Lib function")]
public sealed class Covariance : Indicator<Pair, Covariance.State>
{
    private readonly Window _first;
    private readonly Window _second;

    public Covariance([Range(2, 100_000)] int period = 30, Source? first = null, Source? second = null) : base(first, second, period) =>
        (_first, _second) = (Own(new Window(period)), Own(new Window(period)));

    protected override int OwnWarmUp => _first.Length;

    protected override State Advance(in State state, in Pair input) =>
        new(Math.Min(state.Count + 1, _first.Length), state.Moments.After(_first, _second, input.First, input.Second));

    protected override double Read(in State state) => state.Count < _first.Length ? double.NaN : state.Moments.Products / _first.Length;

    protected override void Remember(in State next, in Pair input)
    {
        _first.Push(input.First);
        _second.Push(input.Second);
    }

    public readonly record struct State(int Count, CoMoments Moments);
}
