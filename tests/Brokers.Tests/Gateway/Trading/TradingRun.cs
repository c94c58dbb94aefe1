using System.Net;
using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>A gateway with a user hub that listens to everything of account 1001, and requests in few words.</summary>
internal sealed class TradingRun : IAsyncDisposable
{
    public const string Es = "CON.F.US.EP.U26";

    private readonly string _token;

    private TradingRun(RunningGateway gateway, string token, RawHub hub)
    {
        Gateway = gateway;
        _token = token;
        Hub = hub;
    }

    public RunningGateway Gateway { get; }

    public RawHub Hub { get; private set; }

    public string Token => _token;

    /// <summary>ES at 7700.00 bid, 7700.25 asked, five contracts at each of four prices on both sides, the last trade at 7700.00.</summary>
    public static ScriptedMarket Book()
    {
        var market = new ScriptedMarket("ES");
        for (int level = 0; level < 4; level++) market.Depth(-1, Side.Buy, 7700 - 0.25 * level, 5).Depth(-1, Side.Sell, 7700.25 + 0.25 * level, 5);
        return market.Quote(-1, 7700, 7700.25, 5, 5).Trade(-1, 7700, 1, Aggressor.Seller);
    }

    public static async Task<TradingRun> Start(ScriptedMarket? market = null, GatewayOptions? options = null)
    {
        RunningGateway gateway = await RunningGateway.Start(options, market ?? Book());
        string token = await gateway.LogIn();
        return new(gateway, token, await Listen(gateway, token));
    }

    public static async Task<RawHub> Listen(RunningGateway gateway, string token)
    {
        RawHub hub = await RawHub.Open(gateway.Server.BaseAddress, "user", token);
        await hub.Invoke("SubscribeAccounts");
        foreach (string method in new[] { "SubscribeOrders", "SubscribePositions", "SubscribeTrades" }) Assert.False((await hub.Invoke(method, 1001)).TryGetProperty("error", out _));
        return hub;
    }

    public async Task<JsonElement> Post(string path, object body)
    {
        (HttpStatusCode status, JsonElement answer) = await Gateway.Post($"/api/{path}", JsonSerializer.Serialize(body), _token);
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    public Task<JsonElement> TryPlace(int type, int side, int size, decimal? limit = null, decimal? stop = null, decimal? trail = null, string? tag = null, object? stopLoss = null, object? takeProfit = null, string contract = Es, int account = 1001) =>
        Post("Order/place", new { accountId = account, contractId = contract, type, side, size, limitPrice = limit, stopPrice = stop, trailPrice = trail, customTag = tag, stopLossBracket = stopLoss, takeProfitBracket = takeProfit });

    public async Task<long> Place(int type, int side, int size, decimal? limit = null, decimal? stop = null, decimal? trail = null, string? tag = null, object? stopLoss = null, object? takeProfit = null)
    {
        JsonElement answer = await TryPlace(type, side, size, limit, stop, trail, tag, stopLoss, takeProfit);
        Assert.True(answer.GetProperty("success").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("orderId").GetInt64();
    }

    public async Task<(int Code, string? Text)> Modify(long order, int? size = null, decimal? limit = null, decimal? stop = null, decimal? trail = null) =>
        Outcome(await Post("Order/modify", new { accountId = 1001, orderId = order, size, limitPrice = limit, stopPrice = stop, trailPrice = trail }));

    public async Task<(int Code, string? Text)> Cancel(long order, int account = 1001) => Outcome(await Post("Order/cancel", new { accountId = account, orderId = order }));

    public static (int Code, string? Text) Outcome(JsonElement answer)
    {
        Assert.Equal(answer.GetProperty("errorCode").GetInt32() == 0, answer.GetProperty("success").GetBoolean());
        return (answer.GetProperty("errorCode").GetInt32(), answer.GetProperty("errorMessage").GetString());
    }

    /// <summary>Lets market time pass in small steps; all that is due by then has happened, for a request makes the venue catch up.</summary>
    public async Task Pass(double seconds)
    {
        for (double passed = 0; passed < seconds - 1e-9; passed += 0.1) await Gateway.Advance(TimeSpan.FromSeconds(Math.Min(0.1, seconds - passed)));
        using HttpResponseMessage caughtUp = await Gateway.Send("/api/Account/search", """{"onlyActiveAccounts":true}""", _token);
    }

    public async Task<JsonElement> Order(long id) => (await Post("Order/searchById", new { accountId = 1001, orderId = id })).GetProperty("order");

    public async Task<JsonElement[]> List(string path, string member) => [.. (await Post(path, new { accountId = 1001, startTimestamp = "2026-08-19T00:00:00Z" })).GetProperty(member).EnumerateArray()];

    public async Task<decimal> Balance() => (await Post("Account/search", new { onlyActiveAccounts = true })).GetProperty("accounts")[0].GetProperty("balance").GetDecimal();

    /// <summary>The net position in ES: below 0 short.</summary>
    public async Task<int> Net()
    {
        JsonElement[] positions = await List("Position/searchOpen", "positions");
        return positions.Sum(position => position.GetProperty("size").GetInt32() * (position.GetProperty("type").GetInt32() == 1 ? 1 : -1));
    }

    /// <summary>The next event with this name: its action and data.</summary>
    public async Task<(int Action, JsonElement Data)> Event(string target)
    {
        JsonElement[] arguments = await Hub.Event(target);
        Assert.Single(arguments);
        return (arguments[0].GetProperty("action").GetInt32(), arguments[0].GetProperty("data"));
    }

    public async Task<(long Id, int Status)> OrderEvent()
    {
        (_, JsonElement data) = await Event("GatewayUserOrder");
        return (data.GetProperty("id").GetInt64(), data.GetProperty("status").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Gateway.DisposeAsync();
    }
}
