namespace Tradewind.Core.Indicators;

/// <summary>The EMA of the EMA of the EMA, for indicators that are made of it.</summary>
public readonly record struct TripleEma(Ema.State First, Ema.State Second, Ema.State Third)
{
    public TripleEma After(double input, int period, double weight)
    {
        Ema.State first = Ema.Advance(First, input, period, weight);
        Ema.State second = first.Count < period ? default : Ema.Advance(Second, first.Value, period, weight);
        return new(first, second, second.Count < period ? default : Ema.Advance(Third, second.Value, period, weight));
    }

    public bool IsReady(int period) => Third.Count >= period;
}
