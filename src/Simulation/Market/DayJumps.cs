namespace Tradewind.Simulation.Market;

/// <summary>The sudden moves of one day: releases at their known times and surprises at any.</summary>
internal sealed class DayJumps
{
    private const int Capacity = 3 + Underlyings.Count;
    private const double ReleaseProbability = 0.3;
    private const double RateDecisionProbability = 0.035;
    private const double InventoryProbability = 0.8;
    private const double SurpriseProbability = 0.25;
    private const double LargestShock = 2.5;
    private const int Crude = 2;

    private readonly int[] _minutes = new int[Capacity];
    private readonly double[] _sizes = new double[Capacity * Underlyings.Count];

    public int Count { get; private set; }

    /// <summary>Minute since the start of the day.</summary>
    public int MinuteOf(int jump) => _minutes[jump];

    /// <summary>Size as a share of the underlying's usual move in a day.</summary>
    public double SizeOf(int jump, int underlying) => _sizes[jump * Underlyings.Count + underlying];

    public void Draw(ulong seed, int day)
    {
        Count = 0;
        DayOfWeek weekday = NewYorkClock.DayOfWeek(day);
        if (weekday is DayOfWeek.Saturday or DayOfWeek.Sunday) return;
        SeededRandom chance = SeededRandom.Of(seed, Purpose.Jumps, day);
        if (chance.NextDouble() < ReleaseProbability) AddForAll(ref chance, DayCurve.MinuteOf(830), 0.12);
        if (chance.NextDouble() < RateDecisionProbability) AddForAll(ref chance, DayCurve.MinuteOf(1400), 0.18);
        if (weekday == DayOfWeek.Wednesday && chance.NextDouble() < InventoryProbability) AddSurprise(ref chance, Crude, DayCurve.MinuteOf(1030), 0.12);
        for (int origin = 0; origin < Underlyings.Count; origin++)
        {
            if (chance.NextDouble() >= SurpriseProbability) continue;
            int minute = chance.NextBelow(DayCurve.MinuteOf(1659));
            AddSurprise(ref chance, origin, minute, 0.07 * Underlyings.All[origin].Volatility[minute]);
        }
    }

    private void AddForAll(ref SeededRandom chance, int minute, double scale)
    {
        Span<double> shocks = stackalloc double[Underlyings.Count];
        Underlyings.Draw(ref chance, Underlyings.Returns, shocks);
        for (int u = 0; u < Underlyings.Count; u++) _sizes[Count * Underlyings.Count + u] = scale * Math.Clamp(shocks[u], -LargestShock, LargestShock);
        _minutes[Count++] = minute;
    }

    /// <summary>A move that starts in one market; the others follow as far as they are correlated.</summary>
    private void AddSurprise(ref SeededRandom chance, int origin, int minute, double scale)
    {
        double size = scale * (0.6 + 0.6 * Math.Min(chance.NextExponential(), 3.0));
        if (chance.NextDouble() < 0.5) size = -size;
        for (int u = 0; u < Underlyings.Count; u++) _sizes[Count * Underlyings.Count + u] = size * Underlyings.Correlation(origin, u);
        _minutes[Count++] = minute;
    }
}
