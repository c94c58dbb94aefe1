namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>One connection to the market hub. It lives once: after its end a new one is made.</summary>
internal interface IMarketHub : IAsyncDisposable
{
    /// <exception cref="HubException">No connection; <see cref="HubException.IsUnauthorized"/> tells whether the token was refused.</exception>
    Task ConnectAsync(Secret token, CancellationToken cancel);

    /// <summary>Returns when the gateway has confirmed the call.</summary>
    /// <exception cref="HubException">The gateway refused, did not answer in time, or the connection is gone.</exception>
    Task SubscribeAsync(string contractId, MarketChannel channel, CancellationToken cancel);

    /// <inheritdoc cref="SubscribeAsync"/>
    Task UnsubscribeAsync(string contractId, MarketChannel channel, CancellationToken cancel);

    /// <summary>Completes with the reason, in words, when the connection has ended for whatever cause.</summary>
    Task<string> Closed { get; }
}

/// <summary>Makes connections whose events go to the given sink.</summary>
internal interface IMarketHubFactory
{
    IMarketHub Create(ContractTable contracts, IMarketEvents events, IReadPause pause);
}

/// <summary>Lets a slow consumer stop the reading of the socket, so that the network holds the data back and nothing piles up here.</summary>
internal interface IReadPause
{
    /// <summary>Completes when reading may go on; at once in normal times.</summary>
    ValueTask WaitAsync(CancellationToken cancel);
}

/// <summary>The hub's failure, in words without secrets.</summary>
internal sealed class HubException(string message, bool isUnauthorized = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsUnauthorized { get; } = isUnauthorized;
}
