using Tradewind.Core.Signals;

namespace Tradewind.Core.Risk.Sizing;

/// <summary>The same money moves in calm and in wild markets: units = fraction × equity / (ranges × average true range × point value), rounded down to the lot.</summary>
/// <remarks>
/// The range is that of the strategy's own bars, after Wilder (<see cref="Indicators.Atr"/>); until it is ready there is no size. The stop of a wish is not looked at.
/// How it lies: the last bars say little of the next ones when the market wakes up, and a gap is larger than any range.
/// </remarks>
/// <param name="fraction">Share of the equity that a move of so many ranges costs, above 0 and at most 1.</param>
/// <param name="ranges">Average true ranges that the market is taken to move against the position, above 0.</param>
/// <param name="period">Bars of the average, 2 to 10,000.</param>
public sealed class VolatilityTarget(decimal fraction, double ranges = 2, int period = 14) : ISizing
{
    public string Name => "volatility";

    public int RangePeriod => period;

    public decimal Size(in SizingRequest request) =>
        request.UnitsFor(request.Equity * (double)fraction, ranges * request.AverageRange * request.Instrument.PointValueAsDouble);

    public SignalRefusal WhyNothing(in SizingRequest request) => double.IsNaN(request.AverageRange) ? SignalRefusal.RangeNotKnown : SignalRefusal.SizeIsZero;
}
