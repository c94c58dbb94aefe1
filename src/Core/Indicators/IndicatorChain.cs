using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Indicators and all that they read, updated in the right order; equal ones are computed once.</summary>
public sealed class IndicatorChain
{
    private readonly List<Indicator> _computed = [];

    public IndicatorChain(params ReadOnlySpan<Indicator> indicators)
    {
        foreach (Indicator indicator in indicators) Add(indicator);
    }

    /// <summary>What is really computed, inputs first.</summary>
    public IReadOnlyList<Indicator> Computed => _computed;

    /// <summary>All outputs of a new indicator over a run of finished bars: a column for each output, NaN where it is not ready.</summary>
    public static double[][] Compute(Indicator indicator, ReadOnlySpan<Bar> bars)
    {
        var chain = new IndicatorChain(indicator);
        double[][] columns = new double[indicator.OutputCount][];
        for (int output = 0; output < columns.Length; output++) columns[output] = new double[bars.Length];
        for (int i = 0; i < bars.Length; i++)
        {
            chain.Update(in bars[i]);
            for (int output = 0; output < columns.Length; output++) columns[output][i] = indicator[output];
        }
        return columns;
    }

    public void Update(in Bar bar)
    {
        foreach (Indicator indicator in _computed) indicator.Update(in bar);
    }

    public void Update(in Trade trade)
    {
        foreach (Indicator indicator in _computed) indicator.Update(in trade);
    }

    public void Reset()
    {
        foreach (Indicator indicator in _computed) indicator.Reset();
    }

    private void Add(Indicator indicator)
    {
        foreach (Indicator input in indicator.Inputs) Add(input);
        Indicator? equal = _computed.Find(known => known.IsSameAs(indicator));
        if (equal is null) _computed.Add(indicator);
        else if (!ReferenceEquals(equal, indicator)) indicator.Follow(equal);
    }
}
