using Tradewind.Core.Engine;

namespace Tradewind.Core.Signals;

/// <summary>A distance as the engine keeps it.</summary>
/// <param name="Indicator">Index among the indicators that the strategy uses; -1 for none.</param>
public readonly record struct ExactDistance(DistanceUnit Unit, double Amount, int Indicator = -1)
{
    public bool IsNone => Unit == DistanceUnit.None;
}

/// <summary>How a stop moves by itself, as the engine keeps it; carried over restarts.</summary>
/// <param name="TrailEvery">100 ns.</param>
public readonly record struct ExitTerms(ExactDistance Trail, int TrailStepTicks, long TrailEvery, ExactDistance BreakEvenAfter, ExactDistance BreakEvenOffset)
{
    public bool IsNone => Trail.IsNone && BreakEvenAfter.IsNone;

    /// <summary>What of it does not rest on an indicator.</summary>
    public ExitTerms WithoutIndicators() => this with
    {
        Trail = Trail.Unit == DistanceUnit.Indicator ? default : Trail,
        BreakEvenAfter = BreakEvenAfter.Unit == DistanceUnit.Indicator || BreakEvenOffset.Unit == DistanceUnit.Indicator ? default : BreakEvenAfter,
    };

    internal void Fold(ref StateHash hash)
    {
        if (IsNone) return;
        Fold(ref hash, Trail);
        hash.Fold(TrailStepTicks);
        hash.Fold(TrailEvery);
        Fold(ref hash, BreakEvenAfter);
        Fold(ref hash, BreakEvenOffset);
    }

    private static void Fold(ref StateHash hash, ExactDistance distance)
    {
        hash.Fold((int)distance.Unit | distance.Indicator << 8);
        hash.Fold(distance.Amount);
    }
}
