using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Rolling Sharpe ratio a year: mean over sample standard deviation of the last <c>period</c> returns × √<c>yearly</c>, risk-free rate 0. Ready with input <c>period + 1</c>.</summary>
/// <remarks>0 where the returns do not vary; a return from 0 counts as 0.</remarks>
[Indicator("sharpe", "Sharpe, Journal of Portfolio Management, 1994")]
public sealed class Sharpe : Indicator<double, Sharpe.State>
{
    private readonly Window _returns;
    private readonly double _scale;

    /// <param name="period">Returns in the window.</param>
    /// <param name="yearly">Inputs in a year: 252 for daily bars of shares.</param>
    /// <param name="source">Null reads the close.</param>
    public Sharpe([Range(2, 100_000)] int period = 60, [Range(1.0, 1e9)] double yearly = 252, Source? source = null) : base(source, period, yearly) =>
        (_returns, _scale) = (Own(new Window(period)), Math.Sqrt(yearly));

    protected override int OwnWarmUp => _returns.Length + 1;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count == 0) return new(1, input, 0, default);
        double change = Roc.Percent(state.Last, input) / 100;
        return new(Math.Min(state.Count + 1, OwnWarmUp), input, change, state.Moments.After(_returns, change));
    }

    protected override double Read(in State state)
    {
        if (state.Count < OwnWarmUp) return double.NaN;
        double deviation = state.Moments.Deviation(_returns.Length - 1);
        return deviation == 0 ? 0 : _scale * state.Moments.Mean(_returns.Length) / deviation;
    }

    protected override void Remember(in State next, in double input)
    {
        if (next.Count > 1) _returns.Push(next.Return);
    }

    public readonly record struct State(int Count, double Last, double Return, Moments Moments);
}
