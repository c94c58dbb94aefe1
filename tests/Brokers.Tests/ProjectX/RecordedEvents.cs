using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Tradewind.Brokers.ProjectX.Hub;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>What came out of the market protocol, a line for each event.</summary>
internal sealed class RecordedEvents : IMarketEvents
{
    public const string Es = "CON.F.US.EP.U26";

    private readonly GatewayProtocol _protocol;

    public RecordedEvents() => _protocol = new(new JsonHubProtocol(), new MarketRecords(new(new ContractTable([Es, "CON.F.US.ENQ.U26"]), this), this), TimeProvider.System);

    public List<string> Lines { get; } = [];

    public int Messages { get; private set; }

    /// <summary>Reads these bytes as they come from the wire, cut into segments of so many bytes, and names the messages that are left for SignalR.</summary>
    public IReadOnlyList<string> Read(string text, int segment = int.MaxValue)
    {
        var input = Cut(Encoding.UTF8.GetBytes(text), segment);
        List<string> others = [];
        while (_protocol.TryParseMessage(ref input, new NoHandlers(), out HubMessage? message)) others.Add(message.GetType().Name);
        if (input.Length > 0) others.Add($"{input.Length} bytes left");
        return others;
    }

    /// <summary>The events that one invocation gives.</summary>
    public static IReadOnlyList<string> Of(string target, string arguments)
    {
        var events = new RecordedEvents();
        Assert.Empty(events.Read($$"""{"type":1,"target":"{{target}}","arguments":{{arguments}}}""" + "\u001e"));
        return events.Lines;
    }

    public void OnMessage(int contract, MarketChannel channel, long receivedAt) => Messages++;

    public void OnQuote(int contract, in QuotePatch quote, long receivedAt) =>
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"quote {contract} bid {quote.Bid} ask {quote.Ask} last {quote.Last} volume {quote.Volume} at {quote.Time}"));

    public void OnTrade(int contract, in TradePrint trade, long receivedAt) =>
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"trade {contract} {trade.Price} x {trade.Size} {trade.Aggressor} at {trade.Time}"));

    public void OnDepth(int contract, in DepthEntry entry, long receivedAt) =>
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"depth {contract} type {entry.Type} {entry.Price} x {entry.Size} at {entry.Time}"));

    public void OnUnreadable(string what) => Lines.Add("unreadable: " + what);

    public void OnLogout() => Lines.Add("logout");

    private static ReadOnlySequence<byte> Cut(byte[] bytes, int segment)
    {
        if (bytes.Length <= segment) return new(bytes);
        Piece? first = null;
        Piece? last = null;
        for (int i = 0; i < bytes.Length; i += segment)
        {
            var piece = new Piece(bytes.AsMemory(i, Math.Min(segment, bytes.Length - i)), last);
            first ??= piece;
            last = piece;
        }
        return new(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }

    private sealed class NoHandlers : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => typeof(object);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [];

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
