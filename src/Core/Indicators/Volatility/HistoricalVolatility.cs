using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Historical volatility in percent a year: the sample standard deviation of the last <c>period</c> logarithmic returns × √<c>yearly</c> × 100. Ready with input <c>period + 1</c>.</summary>
/// <remarks>A return to or from a price that is not above 0 counts as 0.</remarks>
[Indicator("historicalVolatility", "Hull, Options, Futures, and Other Derivatives")]
public sealed class HistoricalVolatility : Indicator<double, HistoricalVolatility.State>
{
    private readonly Window _returns;
    private readonly double _scale;

    /// <param name="period">Returns in the window.</param>
    /// <param name="yearly">Bars in a year: 252 for daily bars of shares.</param>
    /// <param name="source">Null reads the close.</param>
    public HistoricalVolatility([Range(2, 100_000)] int period = 20, [Range(1.0, 1e9)] double yearly = 252, Source? source = null) : base(source, period, yearly) =>
        (_returns, _scale) = (Own(new Window(period)), 100 * Math.Sqrt(yearly));

    protected override int OwnWarmUp => _returns.Length + 1;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count == 0) return new(1, input, 0, default);
        double change = LogReturn.Of(state.Last, input);
        return new(Math.Min(state.Count + 1, OwnWarmUp), input, change, state.Moments.After(_returns, change));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : _scale * state.Moments.Deviation(_returns.Length - 1);

    protected override void Remember(in State next, in double input)
    {
        if (next.Count > 1) _returns.Push(next.Return);
    }

    public readonly record struct State(int Count, double Last, double Return, Moments Moments);
}
