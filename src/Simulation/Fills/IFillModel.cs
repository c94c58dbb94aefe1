using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Simulation.Fills;

/// <summary>When within a bar orders are looked at, in this order.</summary>
public enum BarPhase
{
    /// <summary>At the first price.</summary>
    Open = 0,

    /// <summary>Between the first price and the last; stops before limits, because the path is unknown and the worse case counts.</summary>
    Inside = 1,
}

/// <summary>Decides whether and at what price a working order fills. Whole orders: size is not modelled.</summary>
public interface IFillModel
{
    string Name { get; }

    /// <summary>True for models that fill market orders at the price on which they were decided.</summary>
    bool FillsAtOnce { get; }

    /// <summary>The price before slippage, or null for no fill in this phase.</summary>
    double? Price(Order order, in Bar bar, BarPhase phase);
}
