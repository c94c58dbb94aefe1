using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>The base of pivot points: levels for this session from high, low and close of the last one.</summary>
public abstract class PivotPoints : Indicator<Bar, PivotPoints.State>
{
    private readonly SessionCalendar _calendar;

    private protected PivotPoints(SessionCalendar? calendar, BarSource? bars) : base(bars, calendar) => _calendar = calendar ?? ContinuousCalendar.Instance;

    public override int WarmUpSessions => 1;

    /// <summary>A level by its name: <c>r1</c>.</summary>
    /// <exception cref="ArgumentException">There is no such level.</exception>
    public double this[string level] => this[Description.OutputOf(level)];

    protected override int OwnWarmUp => 2;

    /// <summary>One of the outputs from the last session's prices.</summary>
    protected abstract double Level(double high, double low, double close, int output);

    /// <summary>The pivot and the floor traders' three resistances and three supports around it.</summary>
    private protected static double FloorLevel(double pivot, double high, double low, int output) => output switch
    {
        0 => pivot,
        1 => 2 * pivot - low,
        2 => pivot + (high - low),
        3 => high + 2 * (pivot - low),
        4 => 2 * pivot - high,
        5 => pivot - (high - low),
        _ => low - 2 * (high - pivot),
    };

    protected override State Advance(in State state, in Bar bar)
    {
        if (state.Sessions > 0 && bar.Start < state.End)
        {
            return state with { High = Math.Max(state.High, bar.High), Low = Math.Min(state.Low, bar.Low), Close = bar.Close };
        }
        return new(Math.Min(state.Sessions + 1, 2), _calendar.SessionAt(bar.Start).Close, bar.High, bar.Low, bar.Close, state.High, state.Low, state.Close);
    }

    protected override double Read(in State state) => state.Sessions < 2 ? double.NaN : Read(in state, 0);

    protected override double Read(in State state, int output) => Level(state.LastHigh, state.LastLow, state.LastClose, output);

    /// <param name="Sessions">Sessions begun, up to 2.</param>
    /// <param name="End">When the running session ends.</param>
    /// <param name="High">Of the running session.</param>
    /// <param name="Low">Of the running session.</param>
    /// <param name="Close">Of the running session.</param>
    /// <param name="LastHigh">Of the session before.</param>
    /// <param name="LastLow">Of the session before.</param>
    /// <param name="LastClose">Of the session before.</param>
    public readonly record struct State(int Sessions, Timestamp End, double High, double Low, double Close, double LastHigh, double LastLow, double LastClose);
}
