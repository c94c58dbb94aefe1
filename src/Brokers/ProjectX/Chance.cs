namespace Tradewind.Brokers.ProjectX;

/// <summary>A seeded source of chance for jitter, safe to share between threads.</summary>
internal sealed class Chance(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);

    /// <summary>0 to below 1.</summary>
    public double Next()
    {
        lock (_gate) return _random.NextDouble();
    }
}
