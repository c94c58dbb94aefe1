using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>Takes our orders to an account and brings back what became of them.</summary>
public interface IBroker : IAsyncDisposable
{
    /// <summary>Name for people, stores and metrics: <c>paper</c>.</summary>
    string Name { get; }

    /// <summary>Delivers broker events (<see cref="InputKind.Broker"/>) until canceled. Lost connections are the broker's own business.</summary>
    Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel);

    /// <summary>Returns when sent, not when accepted; the answer arrives as an event. Only approved orders exist, so nothing else can be sent.</summary>
    ValueTask SubmitAsync(Order order, CancellationToken cancel);

    /// <summary>Returns when sent; the answer arrives as an event.</summary>
    ValueTask CancelAsync(Order order, CancellationToken cancel);
}

/// <summary>A broker that works orders against the market data that the engine sees.</summary>
public interface IMarketObserver
{
    /// <summary>Called on the engine's thread, before the engine sees the input. Must return at once.</summary>
    void OnMarket(in Input input);
}
