using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>One minute of an underlying.</summary>
/// <param name="From">Logarithm of price over anchor at the start.</param>
/// <param name="To">The same at the end.</param>
/// <param name="Volatility">Standard deviation of the logarithmic return over this minute without jumps.</param>
/// <param name="Jump">The part of the move that comes at once, 0 in most minutes.</param>
/// <param name="Nervousness">Volatility over what is usual for this minute of a weekday; about 1 on average.</param>
internal readonly record struct MinuteState(double From, double To, double Volatility, double Jump, double Nervousness);

/// <summary>The minutes of one day of all underlyings: a stochastic-volatility walk bent to end where <see cref="DaySeries"/> says.</summary>
/// <remarks>
/// Minute log volatility = day's level + curve of the day + two mean-reverting parts (half-lives two hours and six minutes), lifted by jumps.
/// The fast parts start afresh each evening at 18:00, when hardly anybody trades.
/// </remarks>
internal sealed class MinutePath(ulong seed, bool dayShape)
{
    private const int Count = Underlyings.Count;
    private const double SlowPersistence = 0.99424;
    private const double FastPersistence = 0.8909;
    private const double SlowDeviation = 0.30;
    private const double FastDeviation = 0.30;
    private const double JumpExcitement = 0.8;

    /// <summary>A panic trebles the volatility of the hour; without a bound a few minutes in a hundred months dwarf all others.</summary>
    private const double LargestExcitement = 1.1;

    private static readonly DayCurve Flat = DayCurve.Flat(1);

    private readonly DaySeries _days = new(seed);
    private readonly DayJumps _jumps = new();
    private readonly double[] _returns = new double[NewYorkClock.LongestDayMinutes * Count];
    private readonly MinuteState[] _minutes = new MinuteState[NewYorkClock.LongestDayMinutes * Count];
    private readonly double[] _slow = new double[Count];
    private readonly double[] _fast = new double[Count];
    private int _day = int.MinValue;
    private Timestamp _start;
    private Timestamp _end;

    /// <summary>Activity that is usual for the minute of the day; 1 is the average of the regular hours.</summary>
    public double UsualActivity(Underlying underlying, Timestamp minute) => dayShape ? underlying.Activity[IndexOf(minute)] : 1;

    /// <param name="minute">The start of the minute.</param>
    public ref readonly MinuteState this[Underlying underlying, Timestamp minute] => ref _minutes[IndexOf(minute) * Count + underlying.Index];

    private int IndexOf(Timestamp minute)
    {
        if (minute < _start || minute >= _end || _day == int.MinValue) MoveTo(NewYorkClock.DayAt(minute));
        return (int)((minute.Nanoseconds - _start.Nanoseconds) / Timestamp.NanosecondsPerMinute);
    }

    private void MoveTo(int day)
    {
        _day = day;
        _start = NewYorkClock.StartOf(day);
        _end = NewYorkClock.StartOf(day + 1);
        int minutes = (int)((_end.Nanoseconds - _start.Nanoseconds) / Timestamp.NanosecondsPerMinute);
        SeededRandom chance = SeededRandom.Of(seed, Purpose.Minutes, day);
        _jumps.Draw(seed, day);
        StartVolatility(ref chance);
        for (int minute = 0; minute < minutes; minute++) DrawMinute(ref chance, minute);
        for (int underlying = 0; underlying < Count; underlying++) JoinToDay(underlying, minutes);
    }

    private void StartVolatility(ref SeededRandom chance)
    {
        Underlyings.Draw(ref chance, Underlyings.Volatilities, _slow);
        Underlyings.Draw(ref chance, Underlyings.Volatilities, _fast);
        for (int u = 0; u < Count; u++)
        {
            _slow[u] *= SlowDeviation;
            _fast[u] *= FastDeviation;
        }
    }

    private void DrawMinute(ref SeededRandom chance, int minute)
    {
        Span<double> returns = stackalloc double[Count];
        Span<double> slow = stackalloc double[Count];
        Span<double> fast = stackalloc double[Count];
        Underlyings.Draw(ref chance, Underlyings.Returns, returns);
        Underlyings.Draw(ref chance, Underlyings.Volatilities, slow);
        Underlyings.Draw(ref chance, Underlyings.Volatilities, fast);
        for (int u = 0; u < Count; u++)
        {
            const double Correction = SlowDeviation * SlowDeviation + FastDeviation * FastDeviation;
            Underlying underlying = Underlyings.All[u];
            double daily = _days[_day, u].Volatility;
            double mood = BitExact.Exp(Math.Min(_slow[u] + _fast[u], LargestExcitement) - Correction);
            double volatility = daily * CurveOf(underlying)[minute] * mood / Math.Sqrt(NewYorkClock.MinutesPerDay);
            double jump = JumpAt(minute, u) * _days[_day, u].JumpScale;
            _returns[minute * Count + u] = volatility * returns[u];
            _minutes[minute * Count + u] = new(0, 0, volatility, jump, mood * daily / underlying.DailyVolatility);
            double rest = Math.Sqrt(1 - underlying.Leverage * underlying.Leverage);
            double excitement = jump == 0 ? 0 : JumpExcitement * Math.Min(1, Math.Abs(jump) / (5 * volatility));
            _slow[u] = Step(_slow[u], SlowPersistence, SlowDeviation, underlying.Leverage * returns[u] + rest * slow[u]) + 0.3 * excitement;
            _fast[u] = Step(_fast[u], FastPersistence, FastDeviation, fast[u]) + excitement;
        }
    }

    /// <summary>Spreads what the walk misses of the day's return over its minutes in proportion to their variance: a Brownian bridge.</summary>
    private void JoinToDay(int underlying, int minutes)
    {
        DayState day = _days[_day, underlying];
        double sum = 0;
        double variance = 0;
        for (int i = underlying; i < minutes * Count; i += Count)
        {
            sum += _returns[i];
            variance += _minutes[i].Volatility * _minutes[i].Volatility;
        }
        double tilt = (day.Diffusion - sum) / variance;
        double level = day.Level;
        for (int i = underlying; i < minutes * Count; i += Count)
        {
            MinuteState state = _minutes[i];
            double next = level + _returns[i] + tilt * state.Volatility * state.Volatility + state.Jump;
            _minutes[i] = state with { From = level, To = next };
            level = next;
        }
    }

    private double JumpAt(int minute, int underlying)
    {
        double size = 0;
        for (int jump = 0; jump < _jumps.Count; jump++)
        {
            if (_jumps.MinuteOf(jump) == minute) size += _jumps.SizeOf(jump, underlying);
        }
        return size;
    }

    private DayCurve CurveOf(Underlying underlying) => dayShape ? underlying.Volatility : Flat;

    private static double Step(double value, double persistence, double deviation, double shock) =>
        persistence * value + deviation * Math.Sqrt(1 - persistence * persistence) * shock;
}
