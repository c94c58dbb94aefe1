using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Volume-weighted average price of the session so far, from the typical price of each bar, and <c>deviations</c> volume-weighted standard deviations around it. Ready with the first bar; it begins anew with each session.</summary>
/// <remarks>Until something was traded in the session, all three are the latest typical price. From bars it is as good as they are short: a trade's own price is lost in them.</remarks>
[Indicator("vwap", "Berkowitz, Logue and Noser, Journal of Finance, 1988", Outputs = ["vwap", "upper", "lower"])]
public sealed class Vwap : Indicator<Bar, Vwap.State>
{
    private readonly SessionCalendar _calendar;
    private readonly double _deviations;

    /// <param name="deviations">Standard deviations between the average and each band.</param>
    /// <param name="calendar">The sessions; null means days of UTC.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public Vwap([Range(0.0, 100.0)] double deviations = 1, SessionCalendar? calendar = null, BarSource? bars = null) : base(bars, calendar, deviations) =>
        (_calendar, _deviations) = (calendar ?? ContinuousCalendar.Instance, deviations);

    public double Upper => this[1];

    public double Lower => this[2];

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar)
    {
        double price = (bar.High + bar.Low + bar.Close) / 3;
        State last = state.End.Nanoseconds != 0 && bar.Start < state.End ? state : new(_calendar.SessionAt(bar.Start).Close, 0, price, 0);
        if (bar.Volume <= 0) return last.Volume > 0 ? last : last with { Mean = price };
        double volume = last.Volume + bar.Volume;
        double mean = last.Volume > 0 ? last.Mean + (price - last.Mean) * (bar.Volume / volume) : price;
        return new(last.End, volume, mean, last.Squares + bar.Volume * (price - last.Mean) * (price - mean));
    }

    protected override double Read(in State state) => state.Mean;

    protected override double Read(in State state, int output)
    {
        double reach = state.Volume > 0 ? _deviations * Math.Sqrt(Math.Max(0, state.Squares / state.Volume)) : 0;
        return output switch
        {
            0 => state.Mean,
            1 => state.Mean + reach,
            _ => state.Mean - reach,
        };
    }

    /// <param name="End">When the session ends; 0 before the first.</param>
    /// <param name="Volume">Traded in the session.</param>
    /// <param name="Mean">The average price.</param>
    /// <param name="Squares">Volume-weighted squared distances from it.</param>
    public readonly record struct State(Timestamp End, double Volume, double Mean, double Squares);
}
