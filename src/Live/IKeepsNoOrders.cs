using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>A broker whose venue ends with the process: it is told of orders that a session before had at it.</summary>
public interface IKeepsNoOrders
{
    /// <summary>Called on the engine's thread, before anything is sent. Works the order on from where it stood, or tells by an event what became of it.</summary>
    void Restore(Order order);
}
