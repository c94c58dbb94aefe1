namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>One connection to a hub. It lives once: after its end a new one is made.</summary>
internal interface IHub : IAsyncDisposable
{
    /// <exception cref="HubException">No connection; <see cref="HubException.IsUnauthorized"/> tells whether the token was refused.</exception>
    Task ConnectAsync(Secret token, CancellationToken cancel);

    /// <summary>Returns when the gateway has confirmed the call.</summary>
    /// <param name="argument">Null where the method takes none: the number of arguments must be right.</param>
    /// <exception cref="HubException">The gateway refused, did not answer in time, or the connection is gone.</exception>
    Task InvokeAsync(string method, object? argument, CancellationToken cancel);

    /// <summary>Completes with the reason, in words, when the connection has ended for whatever cause.</summary>
    Task<string> Closed { get; }
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
