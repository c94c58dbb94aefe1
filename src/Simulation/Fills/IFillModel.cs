using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Simulation.Fills;

/// <summary>Decides when and at what price working orders fill within a bar. Whole orders: size is not modelled.</summary>
public interface IFillModel
{
    string Name { get; }

    /// <summary>True for models that fill market orders at the price on which they were decided.</summary>
    bool FillsAtOnce { get; }

    /// <summary>The first of the working orders to fill within the bar; null when none does. It is asked again after each fill, because the engine may have changed its orders.</summary>
    /// <param name="now">Time of the last event: nothing can fill earlier.</param>
    /// <param name="latency">Time from an order's creation until it can fill.</param>
    BarFill? Next(IReadOnlyList<Order> working, in Bar bar, Timestamp now, TimeSpan latency);
}

/// <summary>One fill within a bar.</summary>
/// <param name="Index">Which of the working orders.</param>
/// <param name="Price">Before slippage.</param>
/// <param name="Time">From the bar's start to its end.</param>
public readonly record struct BarFill(int Index, double Price, Timestamp Time);
