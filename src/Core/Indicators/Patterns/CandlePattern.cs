using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>The base of candlestick patterns: 100 on a bar that completes a bullish pattern, −100 on one that completes a bearish one, otherwise 0.</summary>
/// <remarks>
/// Rules, thresholds and numbers are TA-Lib's. It says what the bars look like, not what comes next; TA-Lib asks for no trend before a pattern
/// unless the pattern's own rule does.
/// </remarks>
public abstract class CandlePattern : Indicator<Bar, CandlePattern.State>
{
    private readonly Candles _candles;
    private readonly int _warmUp;

    /// <param name="bars">Null reads the market's bars.</param>
    /// <param name="warmUp">Bars until it can judge: the candles of the pattern and those that its thresholds are measured on.</param>
    /// <param name="arguments">The constructor's numeric arguments.</param>
    private protected CandlePattern(BarSource? bars, int warmUp, params ReadOnlySpan<double> arguments) : base(bars, arguments) =>
        (_warmUp, _candles) = (warmUp, Own(new Candles()));

    protected sealed override int OwnWarmUp => _warmUp;

    /// <summary>100, −100 (or a weaker 80, −80) or 0 for the newest candle.</summary>
    protected abstract int Judge(Candles candles);

    protected sealed override State Advance(in State state, in Bar bar)
    {
        if (state.Count + 1 < _warmUp) return new(state.Count + 1, 0);
        _candles.Judge(new Candle(in bar));
        return new(_warmUp, Judge(_candles));
    }

    protected sealed override double Read(in State state) => state.Count < _warmUp ? double.NaN : state.Verdict;

    protected sealed override void Remember(in State next, in Bar bar) => _candles.Push(new Candle(in bar));

    public readonly record struct State(int Count, int Verdict);
}
