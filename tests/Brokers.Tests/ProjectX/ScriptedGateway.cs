using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>
/// A gateway that says what a test wants it to say: REST over Kestrel and hubs over raw WebSocket frames, on a clock that only the test moves.
/// Left alone, it is a well-behaved gateway whose bars come from its <see cref="Tape"/>.
/// </summary>
internal sealed class ScriptedGateway : IAsyncDisposable
{
    public const string User = "trader";
    public const string Key = "canary-key-5f1e";

    private readonly WebApplication _app;
    private int _tokens;

    private ScriptedGateway(WebApplication app) => _app = app;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 8, 19, 15, 0, 0, TimeSpan.Zero));

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public Tape Tape { get; } = new();

    public ConcurrentQueue<(string Path, string Body, string Token)> Calls { get; } = new();

    /// <summary>Every hub connection there ever was, in order.</summary>
    public List<ScriptedHub> Hubs { get; } = [];

    /// <summary>Answers instead of the gateway when it returns true.</summary>
    public Func<string, HttpContext, Task<bool>> Interfere { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Completes a hub call with this error text; null is success.</summary>
    public Func<string, string?> RefuseSubscription { get; set; } = _ => null;

    /// <summary>Whether a WebSocket upgrade is let in.</summary>
    public Func<string, bool> AcceptsToken { get; set; } = _ => true;

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    public JsonArray Contracts { get; } =
    [
        Contract("CON.F.US.EP.U26", "F.US.EP", 0.25m, 12.5m), Contract("CON.F.US.ENQ.U26", "F.US.ENQ", 0.25m, 5m), Contract("CON.F.US.CLE.V26", "F.US.CLE", 0.01m, 10m),
    ];

    public static async Task<ScriptedGateway> Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var gateway = new ScriptedGateway(app);
        app.UseWebSockets();
        app.Run(gateway.Answer);
        await app.StartAsync(Patience);
        gateway.Address = new(app.Urls.First());
        return gateway;
    }

    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token;

    public static JsonObject Contract(string id, string symbolId, decimal tickSize, decimal tickValue, bool active = true) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["description"] = "",
        ["tickSize"] = tickSize,
        ["tickValue"] = tickValue,
        ["activeContract"] = active,
        ["symbolId"] = symbolId,
    };

    /// <summary>Market messages sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>The newest connection.</summary>
    public ScriptedHub Hub
    {
        get
        {
            lock (Hubs) return Hubs[^1];
        }
    }

    public int HubCount
    {
        get
        {
            lock (Hubs) return Hubs.Count;
        }
    }

    public int CallsOf(string path) => Calls.Count(call => call.Path == path);

    /// <summary>A trade happens: the tape has it, and whoever is subscribed hears of it.</summary>
    public async Task Trade(string contract, double price, int size = 1)
    {
        DateTimeOffset now = Time.GetUtcNow();
        Tape.Add(contract, now, price, size);
        await Broadcast("Trades", "GatewayTrade", contract, string.Create(CultureInfo.InvariantCulture, $$"""[{"symbolId":"x","contractId":"{{contract}}","price":{{price}},"timestamp":"{{now:yyyy-MM-ddTHH:mm:ss.fffffffzzz}}","type":0,"volume":{{size}}}]"""));
    }

    public async Task Quote(string contract, double bid, double ask) => await Broadcast("Quotes", "GatewayQuote", contract,
        string.Create(CultureInfo.InvariantCulture, $$"""{"symbol":"x","bestBid":{{bid}},"bestAsk":{{ask}},"timestamp":"{{Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffffzzz}}"}"""));

    /// <summary>One raw payload to whoever is subscribed and not frozen.</summary>
    public async Task Broadcast(string channel, string target, string contract, string payload)
    {
        ScriptedHub[] hubs;
        lock (Hubs) hubs = [.. Hubs];
        foreach (ScriptedHub hub in hubs)
        {
            if (!hub.Hears(channel, contract)) continue;
            Sent++;
            await hub.SendRecord($$"""{"type":1,"target":"{{target}}","arguments":["{{contract}}",{{payload}}]}""");
        }
    }

    public string NewToken()
    {
        long now = Time.GetUtcNow().ToUnixTimeSeconds();
        string claims = $$"""{"sub":"1","iat":{{now}},"exp":{{now + (long)TokenLifetime.TotalSeconds}},"n":{{Interlocked.Increment(ref _tokens)}}}""";
        return $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.canary-token-9c2a";
    }

    public async ValueTask DisposeAsync()
    {
        lock (Hubs) Hubs.ForEach(hub => hub.Abort());
        await _app.DisposeAsync();
        lock (Hubs) Hubs.ForEach(hub => hub.Dispose());
    }

    private async Task Answer(HttpContext http)
    {
        string path = http.Request.Path;
        if (path == "/pulse") return;
        if (http.WebSockets.IsWebSocketRequest)
        {
            await AcceptHub(http);
            return;
        }
        using var reader = new StreamReader(http.Request.Body);
        string body = await reader.ReadToEndAsync();
        Calls.Enqueue((path, body, http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)));
        if (await Interfere(path, http)) return;
        await Json(http, Reply(path, body));
    }

    public static Task Json(HttpContext http, JsonNode reply)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(reply.ToJsonString());
    }

    private JsonObject Reply(string path, string body)
    {
        var reply = new JsonObject { ["success"] = true, ["errorCode"] = 0, ["errorMessage"] = null };
        switch (path)
        {
            case "/api/Auth/loginKey": reply["token"] = NewToken(); break;
            case "/api/Auth/validate": reply["newToken"] = NewToken(); break;
            case "/api/Contract/available": reply["contracts"] = Contracts.DeepClone(); break;
            case "/api/Contract/search": reply["contracts"] = new JsonArray(); break;
            case "/api/History/retrieveBars": reply["bars"] = Tape.Bars(JsonNode.Parse(body)!, Time.GetUtcNow()); break;
        }
        return reply;
    }

    private async Task AcceptHub(HttpContext http)
    {
        string token = http.Request.Query["access_token"].FirstOrDefault() ?? http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (!AcceptsToken(token))
        {
            http.Response.StatusCode = 401;
            return;
        }
        var hub = new ScriptedHub(await http.WebSockets.AcceptWebSocketAsync(), token, this);
        lock (Hubs) Hubs.Add(hub);
        await hub.Serve();
    }
}
