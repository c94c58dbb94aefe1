namespace Tradewind.Simulation.Market;

/// <summary>A value for each minute of the futures market's day, which starts at 18:00 in New York: straight lines between knots.</summary>
internal sealed class DayCurve
{
    private readonly double[] _values = new double[NewYorkClock.MinutesPerDay];

    /// <param name="knots">New York wall-clock times as hours and minutes (930 is 09:30), in the order of the day from 1800 on, each with its value.</param>
    public DayCurve(params ReadOnlySpan<(int Clock, double Value)> knots)
    {
        for (int i = 0; i < knots.Length; i++)
        {
            int from = MinuteOf(knots[i].Clock);
            int to = i + 1 < knots.Length ? MinuteOf(knots[i + 1].Clock) : _values.Length;
            double end = i + 1 < knots.Length ? knots[i + 1].Value : knots[i].Value;
            for (int minute = from; minute < to; minute++) _values[minute] = knots[i].Value + (end - knots[i].Value) * (minute - from) / (to - from);
        }
    }

    private DayCurve(double[] values) => _values = values;

    /// <summary>The value at a minute since 18:00; the extra hour at the end of summer time has the last one's.</summary>
    public double this[int minute] => _values[Math.Min(minute, _values.Length - 1)];

    /// <summary>The same for each minute.</summary>
    public static DayCurve Flat(double value)
    {
        var values = new double[NewYorkClock.MinutesPerDay];
        Array.Fill(values, value);
        return new(values);
    }

    /// <summary>The shape scaled so that its squares have the mean 1 over the day: a curve of volatility.</summary>
    public DayCurve WithMeanSquareOne()
    {
        double sum = 0;
        foreach (double value in _values) sum += value * value;
        return Scaled(Math.Sqrt(_values.Length / sum));
    }

    /// <summary>The shape scaled to the mean 1 over [from, to), given as in the constructor: a curve of activity.</summary>
    public DayCurve WithMeanOneBetween(int from, int to)
    {
        double sum = 0;
        for (int minute = MinuteOf(from); minute < MinuteOf(to); minute++) sum += _values[minute];
        return Scaled((MinuteOf(to) - MinuteOf(from)) / sum);
    }

    /// <summary>Minutes since 18:00 of a wall-clock time written as hours and minutes.</summary>
    public static int MinuteOf(int clock) => (clock / 100 * 60 + clock % 100 + 6 * 60) % NewYorkClock.MinutesPerDay;

    private DayCurve Scaled(double factor)
    {
        var values = new double[_values.Length];
        for (int i = 0; i < values.Length; i++) values[i] = _values[i] * factor;
        return new(values);
    }
}
