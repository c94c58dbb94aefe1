using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Gateway;
using Tradewind.Gateway.Market;

namespace Tradewind.Brokers.Tests.Gateway;

/// <summary>A gateway under a clock that only the test moves, with a bare HTTP client.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly GatewayServer _server;
    private readonly HttpClient _http = new();

    private RunningGateway(GatewayServer server, FakeTimeProvider time)
    {
        _server = server;
        Time = time;
    }

    public FakeTimeProvider Time { get; }

    public GatewayServer Server => _server;

    public static Task<RunningGateway> Start(GatewayOptions? options = null, IMarketSource? source = null) =>
        Start(options ?? new GatewayOptions(), _ => source ?? new ScriptedMarket("ES", "NQ"));

    public static async Task<RunningGateway> Start(GatewayOptions options, Func<TimeProvider, IMarketSource> source, DateTimeOffset? now = null)
    {
        var time = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 8, 20, 9, 0, 0, TimeSpan.Zero));
        var server = new GatewayServer(options, source(time), time);
        await server.StartAsync(RawHub.Patience);
        return new(server, time);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, string body, string? token = null)
    {
        using HttpResponseMessage response = await Send(path, body, token);
        string text = await response.Content.ReadAsStringAsync(RawHub.Patience);
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public Task<HttpResponseMessage> Send(string path, string body, string? token = null, HttpMethod? method = null) =>
        Send(path, body.Length > 0 ? new StringContent(body, Encoding.UTF8, "application/json") : null, token, method);

    public async Task<HttpResponseMessage> Send(string path, HttpContent? body, string? token = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, new Uri(_server.BaseAddress, path)) { Content = body };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, RawHub.Patience);
    }

    public async Task<string> LogIn()
    {
        (HttpStatusCode status, JsonElement body) = await Post("/api/Auth/loginKey", """{"userName":"demo","apiKey":"demo"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        return body.GetProperty("token").GetString()!;
    }

    public async Task<RawHub> Market(bool byQuery = false) => await RawHub.Open(_server.BaseAddress, "market", await LogIn(), byQuery);

    /// <summary>Moves the clock on in steps until the condition holds. After each step the market publishes all that is due.</summary>
    public async Task AdvanceUntil(Func<bool> condition, TimeSpan? step = null)
    {
        CancellationToken patience = RawHub.Patience;
        while (!condition())
        {
            patience.ThrowIfCancellationRequested();
            await Advance(step ?? TimeSpan.FromMilliseconds(100));
        }
    }

    public async Task Advance(TimeSpan step)
    {
        Time.Advance(step);
        // The market waits in whole milliseconds of real time.
        await Until(() => _server.Counters.Market is var market && market.Lag.TotalMilliseconds <= (market.Speed ?? 1) || _server.MarketEnd.IsCompleted);
    }

    /// <summary>Waits for something that other threads bring about without the clock.</summary>
    public async Task Until(Func<bool> condition)
    {
        CancellationToken patience = RawHub.Patience;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!condition())
        {
            await pause.WaitForNextTickAsync(patience);
            // A timer that is set while the clock is being moved can miss its wake-up; asking again costs nothing.
            Time.Advance(TimeSpan.Zero);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }
}
