using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Benchmarks;

/// <summary>The least that a ProjectX feed takes for a gateway: it logs in, subscribes, and then gets prepared bytes as fast as they go.</summary>
internal sealed class BlastingServer : IAsyncDisposable
{
    private const int FrameBytes = 8 * 1024;

    private readonly WebApplication _app;
    private readonly byte[] _frames;
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BlastingServer(WebApplication app, byte[] frames)
    {
        _app = app;
        _frames = frames;
    }

    public static async Task<BlastingServer> Start(byte[] frames)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var server = new BlastingServer(app, frames);
        app.UseWebSockets();
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    /// <summary>Messages a second from the first to the last, and bytes allocated for each by both ends.</summary>
    public async Task<(double PerSecond, double Bytes)> Receive(int count)
    {
        Channel<FeedInput> inbox = Channel.CreateBounded<FeedInput>(new BoundedChannelOptions(262_144) { SingleReader = true });
        ProjectXOptions options = ProjectXOptions.At(new Uri(_app.Urls.First())) with { UserName = "u", ApiKey = new Secret("k"), Backfill = new() { IsOn = false } };
        await using var feed = new ProjectXFeed(options);
        using var stop = new CancellationTokenSource();
        Instruments.TryFind("ES", out Instrument? es);
        Task running = feed.RunAsync([new(0, es!)], inbox.Writer, stop.Token);
        Task draining = Drain(inbox.Reader, stop.Token);
        while (!feed.Health.Symbols.Any(symbol => symbol.IsLive)) await Task.WhenAny(running, Task.Delay(10));
        long before = GC.GetTotalAllocatedBytes();
        long start = Stopwatch.GetTimestamp();
        _go.SetResult();
        while (feed.Health.Messages < count && !running.IsCompleted) await Task.Delay(1);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double bytes = (GC.GetTotalAllocatedBytes() - before) / (double)count;
        await stop.CancelAsync();
        await Task.WhenAll(running, draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (count / seconds, bytes);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task Drain(ChannelReader<FeedInput> inbox, CancellationToken cancel)
    {
        while (await inbox.WaitToReadAsync(cancel))
        {
            while (inbox.TryRead(out _))
            {
            }
        }
    }

    private async Task Answer(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            await Blast(await http.WebSockets.AcceptWebSocketAsync());
            return;
        }
        string payload = http.Request.Path.Value switch
        {
            "/api/Auth/loginKey" => "\"token\":\"t\"",
            "/api/Contract/available" => """ "contracts":[{"id":"CON.F.US.EP.U26","symbolId":"F.US.EP","tickSize":0.25,"tickValue":12.5,"activeContract":true}]""",
            _ => "\"bars\":[]",
        };
        await http.Response.WriteAsync($$"""{"success":true,"errorCode":0,{{payload}}}""");
    }

    private async Task Blast(WebSocket socket)
    {
        var buffer = new byte[4096];
        await socket.ReceiveAsync(buffer, default);
        await Send(socket, "{}\u001e");
        for (int call = 0; call < 2; call++)
        {
            await socket.ReceiveAsync(buffer, default);
            await Send(socket, $$"""{"type":3,"invocationId":"{{call + 1}}","result":null}""" + "\u001e");
        }
        await _go.Task;
        for (int at = 0; at < _frames.Length; at += FrameBytes)
            await socket.SendAsync(_frames.AsMemory(at, Math.Min(FrameBytes, _frames.Length - at)), WebSocketMessageType.Text, true, default);
        while ((await socket.ReceiveAsync(buffer, default)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    private static Task Send(WebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
}
