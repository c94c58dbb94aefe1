using Tradewind.Chaos.World;

namespace Tradewind.Chaos.Faults;

/// <summary>Which faults a world has and how likely each is at each occasion. Every seed draws its own mix: rare combinations come up that an even mix would drown.</summary>
public sealed class FaultMix
{
    private readonly double[] _probabilities = new double[Enum.GetValues<FaultKind>().Length];
    private bool _isHealed;

    private FaultMix()
    {
    }

    /// <summary>The kinds that are in the mix.</summary>
    public IReadOnlyList<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>().Where(kind => _probabilities[(int)kind] > 0)];

    /// <summary>0 where the kind is not in the mix, and for all once the world is healed.</summary>
    public double this[FaultKind kind] => _isHealed ? 0 : _probabilities[(int)kind];

    /// <param name="without">Kinds that are left out, to find the smallest mix that fails.</param>
    public static FaultMix Of(ulong seed, IReadOnlySet<FaultKind> without)
    {
        var chance = new Chance(seed, Part.Mix);
        var mix = new FaultMix();
        double share = 0.1 + 0.6 * chance.Even();
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            // Drawn for every kind, so that leaving one out leaves the others as they are.
            bool isIn = chance.Happens(share);
            double strength = Math.Pow(10, -2.3 + 2 * chance.Even());
            if (isIn && !without.Contains(kind)) mix._probabilities[(int)kind] = strength;
        }
        return mix;
    }

    public static FaultMix None => new();

    /// <summary>What really went wrong.</summary>
    public Strikes Strikes { get; } = new();

    /// <summary>True where the kind is in the mix, also once the world is healed: for what is a property of the world and no event.</summary>
    public bool Has(FaultKind kind) => _probabilities[(int)kind] > 0;

    /// <summary>From now on nothing goes wrong any more.</summary>
    public void Heal() => _isHealed = true;
}
