using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>Takes our orders to an account and brings back what became of them.</summary>
public interface IBroker : IAsyncDisposable
{
    /// <summary>Name for people, stores and metrics: <c>paper</c>.</summary>
    string Name { get; }

    /// <summary>What the broker does by itself.</summary>
    BrokerCapabilities Capabilities { get; }

    /// <summary>How its connection stands; safe to call from any thread.</summary>
    BrokerHealth Health => BrokerHealth.InProcess;

    /// <summary>Delivers broker events (<see cref="InputKind.Broker"/>) and account events (<see cref="InputKind.Account"/>) until canceled. Lost connections are the broker's own business.</summary>
    Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel);

    /// <summary>Returns when sent, not when accepted; the answer arrives as an event. Only approved orders exist, so nothing else can be sent.</summary>
    /// <exception cref="NotSentException">It certainly did not reach the venue. Any other exception leaves the order in doubt.</exception>
    ValueTask SubmitAsync(Order order, CancellationToken cancel);

    /// <summary>Asks for other terms of a working order; returns when sent, the answer arrives as an event.</summary>
    /// <exception cref="NotSentException">It certainly did not reach the venue. Any other exception leaves the modification in doubt.</exception>
    ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel);

    /// <summary>Returns when sent; the answer arrives as an event.</summary>
    /// <exception cref="NotSentException">It certainly did not reach the venue. Any other exception leaves the cancel in doubt.</exception>
    ValueTask CancelAsync(Order order, CancellationToken cancel);
}

/// <summary>What was to be sent has certainly not reached the venue: nothing changed there. The message says why, as a sentence.</summary>
public sealed class NotSentException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A broker that works orders against the market data that the engine sees.</summary>
public interface IMarketObserver
{
    /// <summary>Called on the engine's thread, before the engine sees the input. Must return at once.</summary>
    void OnMarket(in Input input);
}
