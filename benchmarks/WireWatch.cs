using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Tradewind.Benchmarks;

/// <summary>Stands between an HTTP client and its sockets and notes when the bytes of each order had been written.</summary>
internal sealed class WireWatch(string tagPrefix)
{
    private readonly byte[] _mark = [.. "\"customTag\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(tagPrefix)];

    /// <summary>By the order's number: a <see cref="Stopwatch"/>'s stamp.</summary>
    public ConcurrentDictionary<long, long> Written { get; } = new();

    public SocketsHttpHandler Handler() => new()
    {
        UseCookies = false,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new Watched(socket, this);
        },
    };

    private void Wrote(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOf(_mark);
        if (at >= 0 && Utf8Parser.TryParse(bytes[(at + _mark.Length)..], out long order, out _)) Written.TryAdd(order, Stopwatch.GetTimestamp());
    }

    private sealed class Watched(Socket socket, WireWatch watch) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            watch.Wrote(buffer.Span);
        }
    }
}
