using Tradewind.Simulation.Market;

namespace Tradewind.Chaos.World;

/// <summary>One source of chance of a world. Each part has its own, so that leaving one fault out does not change what the others draw.</summary>
public sealed class Chance(ulong seed, Part part)
{
    private SeededRandom _random = SeededRandom.Of(seed, (ulong)part);

    public bool Happens(double probability) => probability > 0 && _random.NextDouble() < probability;

    public int Below(int limit) => _random.NextBelow(limit);

    public double Even() => _random.NextDouble();

    public TimeSpan Around(TimeSpan mean) => TimeSpan.FromTicks((long)(mean.Ticks * _random.NextExponential()) + 1);

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + TimeSpan.FromTicks((long)((most - least).Ticks * _random.NextDouble()));
}

/// <summary>Which part of the world draws. The numbers are part of a seed's meaning.</summary>
public enum Part : byte
{
    Mix = 1,
    Market = 2,
    Venue = 3,
    Requests = 4,
    Stream = 5,
    Feed = 6,
    Program = 7,
    People = 8,
}
