using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Tradewind.Gateway.Auth;

namespace Tradewind.Gateway.Hubs;

/// <summary>
/// One connection's bounded queue and its only sender of events, so that a slow client delays nobody. When the queue is full the
/// connection is closed: a client that lost events must notice.
/// </summary>
internal sealed class Outbox
{
    private const string CloseText = "Connection closed with an error.";
    private const string LogoutReason = "Session ended";

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly HubConnectionContext _connection;
    private readonly OutboxRegistry _registry;
    private readonly Channel<Outgoing> _queue;
    private int _dropped;

    /// <param name="hub">user or market.</param>
    public Outbox(HubConnectionContext connection, OutboxRegistry registry, string hub, int capacity)
    {
        Hub = hub;
        Token = connection.GetHttpContext() is { } http ? TokenGate.TokenOf(http) : null;
        _connection = connection;
        _registry = registry;
        _queue = Channel.CreateBounded<Outgoing>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    public string ConnectionId => _connection.ConnectionId;

    public string Hub { get; }

    /// <summary>What the connection was opened with.</summary>
    public string? Token { get; }

    public int Waiting => _queue.Reader.Count;

    /// <summary>What is written to an aborted connection vanishes without an error, and its token is canceled only later.</summary>
    private bool IsOver => Volatile.Read(ref _dropped) != 0 || _connection.ConnectionAborted.IsCancellationRequested;

    /// <summary>Queues an event; never waits.</summary>
    public void Post(in Outgoing event_)
    {
        if (_registry.IsFrozen(Hub)) return;
        if (!_queue.Writer.TryWrite(event_) && !IsOver) Drop();
    }

    /// <summary>Closes the connection because it is too slow.</summary>
    public void Drop()
    {
        if (Interlocked.Exchange(ref _dropped, 1) != 0) return;
        _registry.Dropped(this);
        _connection.Abort();
    }

    /// <summary>Ends the connection without a word: under SignalR's feet, which would send a close message.</summary>
    public void Abort() => _connection.GetHttpContext()?.Abort();

    /// <summary>Ends the connection in the way of the protocol: with a close message that says why, or by logging it out first.</summary>
    public void Close(bool logsOut) => _ = CloseAsync(logsOut);

    private async Task CloseAsync(bool logsOut)
    {
        try
        {
            if (logsOut) await _connection.WriteAsync(new InvocationMessage("GatewayLogout", [LogoutReason]), _connection.ConnectionAborted);
            await _connection.WriteAsync(new CloseMessage(logsOut ? null : CloseText), _connection.ConnectionAborted);
            // The other side closes when it has read the message; one that does not is cut off.
            await Task.Delay(CloseLimit, _connection.ConnectionAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _connection.Abort();
        }
        catch (OperationCanceledException)
        {
            // The connection was over already.
        }
    }

    /// <summary>Sends until the connection ends.</summary>
    public async Task RunAsync()
    {
        CancellationToken aborted = _connection.ConnectionAborted;
        try
        {
            while (await _queue.Reader.WaitToReadAsync(aborted))
            {
                while (!IsOver && _queue.Reader.TryRead(out Outgoing event_))
                {
                    await _registry.Unstalled(Hub, aborted);
                    // Counted first, so that a client never knows of more events than the count.
                    event_.Count.Send(event_.Entries);
                    await _connection.WriteAsync(event_.Message, aborted);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone; what waits is counted as abandoned.
        }
        finally
        {
            _queue.Writer.TryComplete();
            _registry.Abandon(_queue.Reader.Count);
        }
    }
}
