namespace Tradewind.Simulation.Market;

/// <summary>Level and volatility of each underlying at the start of a day.</summary>
/// <param name="Level">Logarithm of price over anchor.</param>
/// <param name="Volatility">Standard deviation of the day's logarithmic return without jumps.</param>
/// <param name="JumpScale">What a jump of size 1 is, as a logarithmic return: between the usual and the day's volatility, for news is not larger on nervous days.</param>
/// <param name="Diffusion">The day's logarithmic return without jumps.</param>
internal readonly record struct DayState(double Level, double Volatility, double JumpScale, double Diffusion);

/// <summary>The market day by day from 2000 on: every later detail hangs on this frame, so any day can be had without the ticks before it.</summary>
/// <remarks>
/// Log volatility is the sum of a slow and a fast mean-reverting part (half-lives 40 and 5 days), a two-component stand-in for the heterogeneous
/// autoregression of Corsi (2009). The level returns to the anchor with a half-life of about seven months, so that prices stay recognisable.
/// </remarks>
internal sealed class DaySeries(ulong seed)
{
    private const double SlowPersistence = 0.98282;
    private const double FastPersistence = 0.87055;
    private const double SlowDeviation = 0.22;
    private const double FastDeviation = 0.22;
    private const double LevelPull = 1.0 / 300;
    private const double WeekendVolatility = 0.25;

    /// <summary>The most nervous day has about twice the usual volatility.</summary>
    private const double LargestExcitement = 0.8;
    private const double DayLeverage = 1.4;

    private static readonly int FirstDay = NewYorkClock.DayAt(MarketGeneratorOptions.Earliest) - 30;

    private readonly List<DayState> _states = new(12_000 * Underlyings.Count);
    private readonly double[] _level = new double[Underlyings.Count];
    private readonly double[] _slow = new double[Underlyings.Count];
    private readonly double[] _fast = new double[Underlyings.Count];
    private readonly DayJumps _jumps = new();

    public DayState this[int day, int underlying]
    {
        get
        {
            int index = (day - FirstDay) * Underlyings.Count;
            while (_states.Count <= index) AddDay(FirstDay + _states.Count / Underlyings.Count);
            return _states[index + underlying];
        }
    }

    private void AddDay(int day)
    {
        SeededRandom chance = SeededRandom.Of(seed, Purpose.Days, day);
        Span<double> returns = stackalloc double[Underlyings.Count];
        Span<double> slow = stackalloc double[Underlyings.Count];
        Span<double> fast = stackalloc double[Underlyings.Count];
        Underlyings.Draw(ref chance, Underlyings.Returns, returns);
        Underlyings.Draw(ref chance, Underlyings.Volatilities, slow);
        Underlyings.Draw(ref chance, Underlyings.Volatilities, fast);
        _jumps.Draw(seed, day);
        for (int u = 0; u < Underlyings.Count; u++)
        {
            double volatility = VolatilityOf(u, day);
            double diffusion = volatility * returns[u] - LevelPull * _level[u];
            double jumpScale = Math.Sqrt(volatility * Underlyings.All[u].DailyVolatility);
            _states.Add(new(_level[u], volatility, jumpScale, diffusion));
            _level[u] += diffusion + jumpScale * SumOfJumps(u);
            double leverage = Math.Max(Underlyings.All[u].Leverage * DayLeverage, -0.6);
            double rest = Math.Sqrt(1 - leverage * leverage);
            _slow[u] = Step(_slow[u], SlowPersistence, SlowDeviation, leverage * returns[u] + rest * slow[u]);
            _fast[u] = Step(_fast[u], FastPersistence, FastDeviation, leverage * returns[u] + rest * fast[u]);
        }
    }

    /// <summary>The long-run mean of the squares is the square of the profile's volatility.</summary>
    private double VolatilityOf(int underlying, int day)
    {
        const double Correction = SlowDeviation * SlowDeviation + FastDeviation * FastDeviation;
        double volatility = Underlyings.All[underlying].DailyVolatility * BitExact.Exp(Math.Min(_slow[underlying] + _fast[underlying], LargestExcitement) - Correction);
        return NewYorkClock.DayOfWeek(day) is DayOfWeek.Saturday or DayOfWeek.Sunday ? WeekendVolatility * volatility : volatility;
    }

    private double SumOfJumps(int underlying)
    {
        double sum = 0;
        for (int jump = 0; jump < _jumps.Count; jump++) sum += _jumps.SizeOf(jump, underlying);
        return sum;
    }

    private static double Step(double value, double persistence, double deviation, double shock) =>
        persistence * value + deviation * Math.Sqrt(1 - persistence * persistence) * shock;
}
