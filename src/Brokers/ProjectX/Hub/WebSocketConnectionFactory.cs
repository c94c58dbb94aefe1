using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>Connects straight to the hub's WebSocket, without negotiation, with the token in the header or, if so chosen, in the address.</summary>
internal sealed class WebSocketConnectionFactory(Secret token, HubOptions options, IReadPause? pause, TimeProvider time) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var hub = (UriEndPoint)endpoint;
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        if (!options.TokenInUrl) socket.Options.SetRequestHeader("Authorization", "Bearer " + token.Reveal());
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(Address(hub.Uri), both.Token).ConfigureAwait(false);
            return new WebSocketConnection(socket, pause);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new HubException($"{hub.Uri} did not accept the connection within {options.CallTimeout.TotalSeconds:0.#} s.");
        }
        catch (WebSocketException fault)
        {
            HttpStatusCode status = socket.HttpStatusCode;
            socket.Dispose();
            throw Refused(hub.Uri, status, fault);
        }
    }

    private Uri Address(Uri hub)
    {
        var address = new UriBuilder(hub) { Scheme = hub.Scheme is "https" or "wss" ? "wss" : "ws" };
        if (options.TokenInUrl) address.Query = "access_token=" + Uri.EscapeDataString(token.Reveal());
        return address.Uri;
    }

    /// <summary>The socket's own exception is not passed on: its text may hold the address with the token.</summary>
    private static HubException Refused(Uri hub, HttpStatusCode status, WebSocketException fault)
    {
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return new($"{hub} refused the token ({(int)status} {status}).", isUnauthorized: true);
        if (status != 0) return new($"{hub} answered {(int)status} {status} instead of a WebSocket.");
        Exception innermost = fault;
        while (innermost.InnerException is { } inner) innermost = inner;
        string reason = innermost == fault ? fault.WebSocketErrorCode.ToString() : innermost.Message.TrimEnd('.');
        return new($"{hub} cannot be reached ({reason}).");
    }
}
