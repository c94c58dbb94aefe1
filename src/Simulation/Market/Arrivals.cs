namespace Tradewind.Simulation.Market;

/// <summary>When something happens next: a self-exciting (Hawkes) process, in which each event makes others likely for about a second.</summary>
/// <remarks>Exact simulation after Dassios and Zhao, "Exact simulation of Hawkes process with exponentially decaying intensity", Electronic Communications in Probability 18 (2013).</remarks>
internal struct Arrivals
{
    /// <summary>Share of events that others have caused.</summary>
    private const double Branching = 0.7;

    /// <summary>How fast an event's effect fades, per second.</summary>
    private const double Decay = 2.5;

    private double _base;
    private double _excitement;

    /// <param name="rate">Mean events per second, above 0.</param>
    public Arrivals(double rate)
    {
        _base = rate * (1 - Branching);
        _excitement = rate * Branching;
    }

    /// <summary>Seconds to the next event.</summary>
    public double Next(ref SeededRandom chance)
    {
        double gap = chance.NextExponential() / _base;
        double remaining = 1 - Decay * chance.NextExponential() / _excitement;
        if (remaining > 0) gap = Math.Min(gap, -BitExact.Log(remaining) / Decay);
        _excitement = _excitement * BitExact.Exp(-Decay * gap) + Branching * Decay;
        return gap;
    }
}
