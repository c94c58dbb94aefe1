using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>A hub over SignalR's own client.</summary>
/// <remarks>No automatic reconnect: its owner makes a new connection with a fresh token and subscribes again.</remarks>
internal sealed class SignalRHub(Uri address, HubOptions options, IRecordReader records, IReadPause? pause, TimeProvider time, ILoggerFactory logs) : IHub
{
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubConnection? _connection;

    public Task<string> Closed => _closed.Task;

    public async Task ConnectAsync(Secret token, CancellationToken cancel)
    {
        _connection = Build(token);
        _connection.Closed += fault =>
        {
            _closed.TrySetResult(fault is null ? "the gateway closed the connection" : fault.Message);
            return Task.CompletedTask;
        };
        try
        {
            await _connection.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (HubException)
        {
            throw;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            throw new HubException($"{address} did not complete the SignalR handshake ({fault.Message.TrimEnd('.')}).");
        }
    }

    public async Task InvokeAsync(string method, object? argument, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            await _connection!.InvokeCoreAsync(method, argument is null ? [] : [argument], both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new HubException($"{method}({argument}) was not answered within {options.CallTimeout.TotalSeconds:0.#} s.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new HubException($"{method}({argument}) failed ({fault.Message.TrimEnd('.')}).");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        _closed.TrySetResult("we closed the connection");
    }

    private HubConnection Build(Secret token)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(address));
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(token, options, pause, time));
        builder.Services.AddSingleton<IHubProtocol>(new GatewayProtocol(new JsonHubProtocol(), records, time));
        HubConnection connection = builder.Build();
        connection.ServerTimeout = options.ServerTimeout;
        connection.HandshakeTimeout = options.CallTimeout;
        return connection;
    }
}
