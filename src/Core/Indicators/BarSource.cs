using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Bars made from the market's bars by an indicator, such as Heikin-Ashi: what an indicator of whole bars may read instead.</summary>
public abstract class BarSource
{
    private protected BarSource(Indicator indicator) => Indicator = indicator;

    /// <summary>Part of the key by which equal indicators are shared.</summary>
    public string Name => Indicator.Name;

    /// <summary>The indicator that must have seen the bar first.</summary>
    public Indicator Indicator { get; }

    /// <summary>Bars of the market until the first made bar.</summary>
    public int WarmUp => Indicator.WarmUp;

    /// <summary>The bar made of the market's latest; false while there is none.</summary>
    public abstract bool Read(in Bar bar, out Bar made);

    /// <summary>What <see cref="Read"/> would give if <paramref name="bar"/> were the next one; changes nothing.</summary>
    public abstract bool Preview(in Bar bar, out Bar made);
}

/// <summary>An indicator that makes bars.</summary>
public interface IMakesBars
{
    BarSource Made { get; }
}
