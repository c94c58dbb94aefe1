using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Zero-lag EMA: the EMA of x + (x − x of (period − 1) / 2 inputs ago). Ready with input <c>period + (period − 1) / 2</c>.</summary>
[Indicator("zlema", "Ehlers and Way, Zero Lag, Technical Analysis of Stocks & Commodities, November 2010, in its first and simplest form")]
public sealed class Zlema : Indicator<double, Zlema.State>
{
    private readonly int _period;
    private readonly int _lag;
    private readonly double _weight;
    private readonly Window _window;

    public Zlema([Range(1, 100_000)] int period, Source? source = null) : base(source, period)
    {
        (_period, _lag, _weight) = (period, (period - 1) / 2, Ema.WeightOf(period));
        _window = Own(new Window(_lag + 1));
    }

    protected override int OwnWarmUp => _period + _lag;

    protected override State Advance(in State state, in double input)
    {
        if (state.Seen < _lag) return new(state.Seen + 1, default);
        double lagged = _lag == 0 ? input : _window[_lag - 1];
        return new(state.Seen, Ema.Advance(state.Ema, input + (input - lagged), _period, _weight));
    }

    protected override double Read(in State state) => state.Ema.Count < _period ? double.NaN : state.Ema.Value;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    /// <param name="Seen">Inputs seen, up to the lag.</param>
    /// <param name="Ema">The average of the inputs with their lag given back.</param>
    public readonly record struct State(int Seen, Ema.State Ema);
}
