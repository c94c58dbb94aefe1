using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>A WebSocket as the duplex pipe that SignalR's client reads and writes.</summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    /// <summary>What may lie unread between socket and reader; then the network holds the rest back.</summary>
    private const int PauseAtBytes = 1024 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private static readonly PipeOptions InputOptions = new(
        pauseWriterThreshold: PauseAtBytes, resumeWriterThreshold: PauseAtBytes / 2, minimumSegmentSize: 64 * 1024, useSynchronizationContext: false);

    private readonly WebSocket _socket;
    private readonly IReadPause? _pause;
    private readonly Pipe _input = new(InputOptions);
    private readonly Pipe _output = new(new PipeOptions(useSynchronizationContext: false));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;
    private readonly Task _sending;

    public WebSocketConnection(WebSocket socket, IReadPause? pause)
    {
        _socket = socket;
        _pause = pause;
        Transport = new Duplex(_input.Reader, _output.Writer);
        _receiving = ReceiveAsync(_stop.Token);
        _sending = SendAsync(_stop.Token);
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _stop.Cancel();
        _socket.Abort();
    }

    /// <summary>The other side gets a moment to answer the close; then the socket goes.</summary>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync().ConfigureAwait(false);
        await Transport.Input.CompleteAsync().ConfigureAwait(false);
        await Task.WhenAll(_receiving, _sending).WaitAsync(CloseTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Abort();
        await Task.WhenAll(_receiving, _sending).ConfigureAwait(false);
        _socket.Dispose();
        _stop.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReceiveAsync(CancellationToken cancel)
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                if (_pause is not null) await _pause.WaitAsync(cancel).ConfigureAwait(false);
                ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(_input.Writer.GetMemory(), cancel).ConfigureAwait(false);
                if (result.MessageType == WebSocketMessageType.Close) break;
                _input.Writer.Advance(result.Count);
                FlushResult flush = await _input.Writer.FlushAsync(cancel).ConfigureAwait(false);
                if (flush.IsCompleted) break;
            }
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            fault = cancel.IsCancellationRequested ? null : lost;
        }
        await _input.Writer.CompleteAsync(fault).ConfigureAwait(false);
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                ReadResult read = await _output.Reader.ReadAsync(cancel).ConfigureAwait(false);
                ReadOnlyMemory<byte> message = read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray();
                if (!message.IsEmpty) await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);
                _output.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel).ConfigureAwait(false);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The receiving side sees the same loss and reports it.
        }
        await _output.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
