using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Chande momentum oscillator, −100 to 100: (rises − falls) / (rises + falls) with Wilder's smoothing. Ready with input <c>period + 1</c>.</summary>
/// <remarks>Chande himself takes plain sums; TA-Lib smooths, and so does this. 0 where nothing moved.</remarks>
[Indicator("cmo", "Chande and Kroll, The New Technical Trader, 1994; TA-Lib CMO")]
public sealed class Cmo : Indicator<double, Cmo.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Cmo([Range(2, 100_000)] int period = 14, Source? source = null) : base(source, period) => (_period, _weight) = (period, 1.0 / period);

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in double input) => new(Rsi.Advance(state.Changes, input, _period, _weight));

    protected override double Read(in State state)
    {
        Rsi.State changes = state.Changes;
        if (changes.Count <= _period) return double.NaN;
        double total = changes.Rise + changes.Fall;
        return total == 0 ? 0 : 100 * (changes.Rise - changes.Fall) / total;
    }

    public readonly record struct State(Rsi.State Changes);
}
