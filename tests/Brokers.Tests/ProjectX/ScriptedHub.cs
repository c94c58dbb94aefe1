using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The server's end of one hub connection, frame by frame.</summary>
internal sealed class ScriptedHub(WebSocket socket, string token, ScriptedGateway gateway) : IDisposable
{
    private const char RecordEnd = (char)0x1E;

    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, bool> _subscriptions = new();

    public string Token => token;

    /// <summary>The methods that were called, with their argument: <c>SubscribeContractTrades CON.F.US.EP.U26</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Contracts of which nothing is sent any more, or * for all; the socket stays open.</summary>
    public ConcurrentDictionary<string, bool> Frozen { get; } = new();

    public bool Hears(string channel, string contract) =>
        socket.State == WebSocketState.Open && _subscriptions.ContainsKey($"{channel} {contract}") && !Frozen.ContainsKey(contract) && !Frozen.ContainsKey("*");

    public bool IsSubscribed(string channel, string contract) => _subscriptions.ContainsKey($"{channel} {contract}");

    public Task SendRecord(string record) => SendText(record + RecordEnd);

    /// <summary>Sends one frame of exactly this text.</summary>
    public async Task SendText(string text)
    {
        await _sending.WaitAsync(ScriptedGateway.Patience);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, ScriptedGateway.Patience);
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client went away; the test will see that on its side.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The connection drops without a word.</summary>
    public void Abort()
    {
        try
        {
            socket.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It had ended already.
        }
    }

    public void Dispose()
    {
        _sending.Dispose();
    }

    public async Task Serve()
    {
        var buffer = new byte[16 * 1024];
        string rest = "";
        try
        {
            while (true)
            {
                WebSocketReceiveResult read = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close) break;
                string[] records = (rest + Encoding.UTF8.GetString(buffer, 0, read.Count)).Split(RecordEnd);
                rest = records[^1];
                foreach (string record in records[..^1]) await Handle(JsonNode.Parse(record)!);
            }
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception lost) when (lost is WebSocketException or IOException or OperationCanceledException)
        {
            // Dropped by either side.
        }
    }

    private async Task Handle(JsonNode message)
    {
        if (message["protocol"] is not null)
        {
            await SendRecord("{}");
            return;
        }
        if ((int?)message["type"] == 6) await SendRecord("""{"type":6}""");
        if ((int?)message["type"] != 1) return;
        var method = (string)message["target"]!;
        string contract = string.Join(' ', message["arguments"]!.AsArray().Select(argument => argument!.ToString()));
        Calls.Enqueue($"{method} {contract}".TrimEnd());
        string? error = gateway.RefuseSubscription(method);
        if (error is null) Remember(method, contract);
        var id = (string)message["invocationId"]!;
        await SendRecord(error is null ? $$"""{"type":3,"invocationId":"{{id}}","result":null}""" : $$"""{"type":3,"invocationId":"{{id}}","error":"{{error}}"}""");
    }

    private void Remember(string method, string contract)
    {
        bool on = method.StartsWith("Subscribe", StringComparison.Ordinal);
        string key = $"{method.Replace("Unsubscribe", "", StringComparison.Ordinal).Replace("Subscribe", "", StringComparison.Ordinal).Replace("Contract", "", StringComparison.Ordinal)} {contract}";
        if (on) _subscriptions[key] = true;
        else _subscriptions.TryRemove(key, out _);
        if (on) Frozen.TryRemove(contract, out _);
    }
}
