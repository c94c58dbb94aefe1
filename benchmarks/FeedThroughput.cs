using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.History;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Streams;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Benchmarks;

/// <summary>
/// The ProjectX feed on market messages of about 200 bytes, two quotes to a trade: first without a network, from the bytes of a record to
/// the input in the inbox, beside a loop that only reads the same JSON; then over a loopback WebSocket, SignalR handshake and all.
/// </summary>
internal static class FeedThroughput
{
    private const int Count = 1_000_000;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        byte[] frames = Messages(Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count:N0} messages, {frames.Length / (double)Count:F0} bytes each, best of {Rounds} rounds"));
        (double plain, _) = Best(() => ReadJson(frames));
        (double parse, double bytes) = Best(() => Parse(frames));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"reading the JSON only",-44} {plain,8:F0} ns a message"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"bytes of a record to input in the inbox",-44} {parse,8:F0} ns a message, {parse / plain:F2} times the plain loop, {bytes:F1} bytes allocated"));
        for (int round = 0; round < Rounds; round++)
        {
            await using var server = await BlastingServer.Start(frames);
            (double perSecond, double allocated) = await server.Receive(Count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"over a WebSocket, server in the same process",-44} {perSecond,10:N0} messages a second, {allocated:F0} bytes allocated a message, both ends"));
        }
    }

    /// <summary>Records one after another, prices within a few ticks.</summary>
    private static byte[] Messages(int count)
    {
        var text = new StringBuilder(count * 210);
        for (int i = 0; i < count; i++)
        {
            double price = 5450 + 0.25 * (i % 16);
            string time = Timestamp.FromUtc(2026, 8, 19, 15).ToDateTimeOffset().AddTicks(i * 500L).ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
            if (i % 3 == 2)
                text.Append(CultureInfo.InvariantCulture, $$"""{"type":1,"target":"GatewayTrade","arguments":["CON.F.US.EP.U26",[{"symbolId":"F.US.EP","contractId":"CON.F.US.EP.U26","price":{{price}},"timestamp":"{{time}}","type":1,"volume":3}]]}""");
            else
                text.Append(CultureInfo.InvariantCulture, $$"""{"type":1,"target":"GatewayQuote","arguments":["CON.F.US.EP.U26",{"symbol":"F.US.EP","bestBid":{{price - 0.25}},"bestAsk":{{price}},"lastUpdated":"{{time}}","timestamp":"{{time}}"}]}""");
            text.Append('\u001e');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static int ReadJson(byte[] frames)
    {
        int tokens = 0;
        ReadOnlySpan<byte> rest = frames;
        while (rest.IndexOf((byte)0x1E) is var end and >= 0)
        {
            var reader = new Utf8JsonReader(rest[..end]);
            while (reader.Read()) tokens++;
            rest = rest[(end + 1)..];
        }
        return tokens;
    }

    private static int Parse(byte[] frames)
    {
        using var metrics = new FeedMetrics();
        Channel<FeedInput> inbox = Channel.CreateBounded<FeedInput>(new BoundedChannelOptions(65_536) { SingleReader = true });
        Instruments.TryFind("ES", out Instrument? es);
        var options = new ProjectXOptions();
        var clock = new VenueClock(TimeProvider.System);
        var warnings = new RareWarnings(NullLogger.Instance, TimeProvider.System);
        var stream = new SymbolStream(new(0, es!), options, clock, new(inbox.Writer, metrics, CancellationToken.None), metrics, TimeProvider.System, warnings);
        stream.BeginFilling();
        stream.GoLive(Filling.Nothing);
        var table = new StreamTable([stream], new(["CON.F.US.EP.U26"]), clock, metrics, warnings, TimeProvider.System);
        var protocol = new GatewayProtocol(new JsonHubProtocol(), new MarketRecords(new(table.Contracts, table), table), TimeProvider.System);
        int inputs = 0;
        for (int at = 0; at < frames.Length;)
        {
            int end = Math.Min(at + 64 * 1024, frames.Length);
            var piece = new ReadOnlySequence<byte>(frames, at, end - at);
            protocol.TryParseMessage(ref piece, NoHandlers.Instance, out _);
            at = end - (int)piece.Length;
            while (inbox.Reader.TryRead(out _)) inputs++;
        }
        if (metrics.Messages != Count || metrics.Unreadable > 0) throw new InvalidOperationException($"{metrics.Messages} messages were read and {metrics.Unreadable} dropped, {Count} were sent.");
        return inputs;
    }

    private static (double Nanoseconds, double Bytes) Best(Func<int> work)
    {
        double best = double.MaxValue, bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Count);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count;
        }
        return (best, bytes);
    }

    private sealed class NoHandlers : IInvocationBinder
    {
        public static readonly NoHandlers Instance = new();

        public Type GetReturnType(string invocationId) => typeof(object);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [];

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
