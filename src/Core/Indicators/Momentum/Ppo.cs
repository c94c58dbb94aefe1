using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Percentage price oscillator: 100·(EMA(fast) − EMA(slow)) / EMA(slow), its EMA (the signal) and their difference. Ready with input <c>slow + signal − 1</c>.</summary>
/// <remarks>Each EMA is seeded with the mean of its own first inputs; TA-Lib starts the fast one later, and its default average is the SMA. 0 where the slow EMA is 0.</remarks>
[Indicator("ppo", "Appel; TA-Lib PPO with EMA, but for the seed of the fast one", Outputs = ["ppo", "signal", "histogram"])]
public sealed class Ppo : Indicator<double, Ppo.State>
{
    private readonly (int Length, double Weight) _fast;
    private readonly (int Length, double Weight) _slow;
    private readonly (int Length, double Weight) _signal;

    public Ppo([Range(1, 100_000)] int fast = 12, [Range(2, 100_000)] int slow = 26, [Range(1, 100_000)] int signal = 9, Source? source = null)
        : base(source, fast, slow, signal)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        _fast = (fast, Ema.WeightOf(fast));
        _slow = (slow, Ema.WeightOf(slow));
        _signal = (signal, Ema.WeightOf(signal));
    }

    public double Signal => this[1];

    public double Histogram => this[2];

    protected override int OwnWarmUp => _slow.Length + _signal.Length - 1;

    protected override State Advance(in State state, in double input)
    {
        Ema.State fast = Ema.Advance(state.Fast, input, _fast.Length, _fast.Weight);
        Ema.State slow = Ema.Advance(state.Slow, input, _slow.Length, _slow.Weight);
        return new(fast, slow, slow.Count < _slow.Length ? default : Ema.Advance(state.Signal, Roc.Percent(slow.Value, fast.Value), _signal.Length, _signal.Weight));
    }

    protected override double Read(in State state) => state.Signal.Count < _signal.Length ? double.NaN : state.Ppo;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Ppo,
        1 => state.Signal.Value,
        _ => state.Ppo - state.Signal.Value,
    };

    public readonly record struct State(Ema.State Fast, Ema.State Slow, Ema.State Signal)
    {
        public double Ppo => Roc.Percent(Slow.Value, Fast.Value);
    }
}
