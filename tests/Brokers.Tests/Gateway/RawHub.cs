using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Tradewind.Brokers.Tests.Gateway;

/// <summary>A SignalR client as bare as the protocol document describes it: text frames, records that end with 0x1E.</summary>
internal sealed class RawHub : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly Queue<string> _records = new();
    private readonly List<JsonElement> _aside = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _rest = new();
    private int _invocations;

    private RawHub(ClientWebSocket socket) => _socket = socket;

    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token;

    /// <summary>Opens a hub and shakes hands; the token goes into the header or, if so wanted, into the query.</summary>
    public static async Task<RawHub> Open(Uri gateway, string hub, string? token, bool byQuery = false, string? id = null)
    {
        var socket = new ClientWebSocket();
        var address = new UriBuilder(gateway) { Scheme = "ws", Path = $"/hubs/{hub}" };
        string query = id is null ? "" : $"id={id}&";
        if (byQuery) query += $"access_token={token}";
        else if (token is not null) socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        address.Query = query.TrimEnd('&');
        await socket.ConnectAsync(address.Uri, Patience);
        var opened = new RawHub(socket);
        await opened.Send("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await opened.NextRecord());
        return opened;
    }

    /// <summary>Calls a method and waits for its completion; events that come meanwhile are kept for <see cref="Event"/>.</summary>
    public async Task<JsonElement> Invoke(string method, params object[] arguments)
    {
        string id = (++_invocations).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await Send(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        while (true)
        {
            JsonElement message = await NextMessage();
            if (message.GetProperty("type").GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id) return message;
            _aside.Add(message);
        }
    }

    /// <summary>The arguments of the next event with this name; other events are kept.</summary>
    public async Task<JsonElement[]> Event(string target)
    {
        for (int i = 0; i < _aside.Count; i++)
        {
            if (IsEvent(_aside[i], target)) return Take(i);
        }
        while (true)
        {
            JsonElement message = await NextMessage();
            _aside.Add(message);
            if (IsEvent(message, target)) return Take(_aside.Count - 1);
        }
    }

    /// <summary>Whatever the server says next that is not a ping; null when it has closed the socket.</summary>
    public async Task<JsonElement?> Next()
    {
        try
        {
            return await NextMessage();
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public Task Send(string record) => _socket.SendAsync(Encoding.UTF8.GetBytes(record + "\u001e"), WebSocketMessageType.Text, true, Patience);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _rest.Dispose();
        return ValueTask.CompletedTask;
    }

    private JsonElement[] Take(int index)
    {
        JsonElement message = _aside[index];
        _aside.RemoveAt(index);
        return [.. message.GetProperty("arguments").EnumerateArray()];
    }

    private static bool IsEvent(JsonElement message, string target) => message.GetProperty("type").GetInt32() == 1 && message.GetProperty("target").GetString() == target;

    private async Task<JsonElement> NextMessage()
    {
        while (true)
        {
            JsonElement message = JsonSerializer.Deserialize<JsonElement>(await NextRecord());
            if (message.GetProperty("type").GetInt32() != 6) return message;
        }
    }

    private async Task<string> NextRecord()
    {
        while (_records.Count == 0)
        {
            WebSocketReceiveResult received = await _socket.ReceiveAsync(_buffer, Patience);
            if (received.MessageType == WebSocketMessageType.Close) throw new WebSocketException("The server has closed the socket.");
            foreach (byte one in _buffer.AsSpan(0, received.Count))
            {
                if (one != 0x1E)
                {
                    _rest.WriteByte(one);
                    continue;
                }
                _records.Enqueue(Encoding.UTF8.GetString(_rest.GetBuffer(), 0, (int)_rest.Length));
                _rest.SetLength(0);
            }
        }
        return _records.Dequeue();
    }
}
