using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Simulation.Fills;

/// <summary>Market orders fill at the close of the bar on which they were decided; all others as in <see cref="NextOpen"/>.</summary>
/// <remarks>Lies more than <see cref="NextOpen"/>: nobody can see a close and trade at it. For comparison with systems that assume it.</remarks>
public sealed class ThisClose : IFillModel
{
    public string Name => "this-close";

    public bool FillsAtOnce => true;

    public BarFill? Next(IReadOnlyList<Order> working, in Bar bar, Timestamp now, TimeSpan latency) => NextOpen.Find(working, in bar, latency);
}
