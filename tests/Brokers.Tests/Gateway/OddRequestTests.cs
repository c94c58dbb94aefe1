using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradewind.Brokers.Tests.Gateway.Trading;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway;

/// <summary>Whatever is sent to whichever endpoint, the answer is the gateway's and no failure of it, and the venue goes on.</summary>
public sealed class OddRequestTests
{
    private const string Marker = "@odd@";

    private static readonly string[] Values =
    [
        "null", "true", "[]", "[null]", "[1,\"x\"]", "{}", "\"\"", "\" \"", "\"x\"", "\"NaN\"", "\"-Infinity\"", "NaN", "\"1e400\"", "1e400", "-1e400", "1e308", "0", "-0.0", "-1", "1.5", "1e-28",
        "2147483647", "-2147483648", "2147483648", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "7.9e28", "-7.9e28", "79228162514264337593543950335", "79228162514264337593543950336",
        "9999999.999999999999999999999", "\"\\ud800\"", "\"\\u0000\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-13-45T99:00:00Z\"",
        "\"CON.F.US.EP.U\\u0662\\u0666\"", "\"CON.F.US.EP.U26\\n\"", "\"CON.F.US.EP.A99\"",
    ];

    private static readonly string[] Bodies = ["", " ", "null", "true", "5", "\"text\"", "[]", "[{}]", "{}", "{", "{\"accountId\":", "{\"accountId\":1001,\"accountId\":\"x\"}", "{\"filter\":[]}", "{\"filter\":5}", "\u0000", "<html>", "accountId=1001"];

    private static readonly string?[] Types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/xml", null];

    /// <summary>Path and a good body; {order} and {trade} stand for those of the run.</summary>
    public static TheoryData<string, string> Endpoints => new()
    {
        { "api/Auth/loginKey", """{"userName":"demo","apiKey":"demo"}""" },
        { "api/Auth/validate", "{}" },
        { "api/Auth/logout", "{}" },
        { "api/Account/search", """{"onlyActiveAccounts":true}""" },
        { "api/Position/searchOpen", """{"accountId":1001}""" },
        { "api/Position/closeContract", """{"accountId":1001,"contractId":"CON.F.US.EP.U26"}""" },
        { "api/Position/partialCloseContract", """{"accountId":1001,"contractId":"CON.F.US.EP.U26","size":1}""" },
        { "api/Trade/search", """{"accountId":1001,"startTimestamp":"2026-08-19T00:00:00Z","endTimestamp":"2026-08-20T00:00:00Z"}""" },
        { "api/Order/place", """{"accountId":1001,"contractId":"CON.F.US.EP.U26","type":1,"side":0,"size":1,"limitPrice":7690,"stopPrice":null,"trailPrice":null,"customTag":null,"stopLossBracket":{"ticks":-8,"type":4},"takeProfitBracket":{"ticks":8,"type":1}}""" },
        { "api/Order/place", """{"accountId":1001,"contractId":"CON.F.US.EP.U26","type":3,"side":1,"size":1,"limitPrice":7690,"stopPrice":7690,"trailPrice":null}""" },
        { "api/Order/place", """{"accountId":1001,"contractId":"CON.F.US.EP.U26","type":5,"side":1,"size":1,"trailPrice":7690}""" },
        { "api/Order/modify", """{"accountId":1001,"orderId":{order},"size":2,"limitPrice":7690,"stopPrice":7690,"trailPrice":7690}""" },
        { "api/Order/cancel", """{"accountId":1001,"orderId":{order}}""" },
        { "api/Order/search", """{"accountId":1001,"startTimestamp":"2026-08-19T00:00:00Z","endTimestamp":"2026-08-20T00:00:00Z"}""" },
        { "api/Order/searchOpen", """{"accountId":1001}""" },
        { "api/Order/searchById", """{"accountId":1001,"orderId":{order}}""" },
        { "api/Order/v2/query", """{"filter":{"accountId":1001,"statuses":[1],"contractId":null,"createdAfter":"2026-08-19T00:00:00Z","createdBefore":"2026-08-20T00:00:00Z"},"pageSize":10,"pageOffset":0,"sortBy":0,"sortDirection":1,"includeTotalCount":true}""" },
        { "api/Contract/search", """{"live":false,"searchText":"ES"}""" },
        { "api/Contract/searchById", """{"contractId":"CON.F.US.EP.U26"}""" },
        { "api/Contract/available", """{"live":false}""" },
        { "api/History/retrieveBars", """{"contractId":"CON.F.US.EP.U26","live":false,"startTime":"2026-08-19T14:00:00Z","endTime":"2026-08-19T15:00:00Z","unit":2,"unitNumber":1,"limit":10,"includePartialBar":true}""" },
        { "api/History/retrieveBars", """{"contractId":"CON.F.US.EP.U26","live":false,"startTime":"2026-08-19T14:00:00Z","endTime":"2026-08-19T15:00:00Z","unit":3,"unitNumber":1,"limit":10,"includePartialBar":false}""" },
        { "control/orders", """{"accountId":1001,"contractId":"ES","type":4,"side":1,"size":1,"stopPrice":7690}""" },
        { "control/orders/{order}/fill", """{"size":1,"price":7690}""" },
        { "control/orders/{order}/cancel", "{}" },
        { "control/orders/{order}/expire", "{}" },
        { "control/orders/{order}/reject", "{}" },
        { "control/trades/{trade}/correct", """{"price":7690}""" },
        { "control/trades/{trade}/void", "{}" },
        { "control/accounts/1001/brackets", """{"brackets":"auto-oco"}""" },
        { "control/faults", """{"fault":"unknown-field","probability":0.5,"count":1,"delay":1,"lasts":1,"path":"Order","hub":"user","account":1001,"symbol":"ES"}""" },
        { "control/faults", """{"fault":"tick-change","count":1,"lasts":0.1,"symbol":"NQ","account":1001}""" },
        { "control/pause", "{}" },
        { "control/resume", "{}" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task NoBodyMakesAnEndpointFail(string path, string good)
    {
        await using TradingRun run = await Start();
        (long order, long trade) = await Prepare(run);
        foreach (string body in Bodies.Concat(Variants(Filled(good, order, trade)))) await Send(run, Filled(path, order, trade), new StringContent(body, Encoding.UTF8, "application/json"), body);
        foreach (string? type in Types)
        {
            foreach (byte[] body in (byte[][])[Encoding.UTF8.GetBytes(Filled(good, order, trade)), Encoding.Unicode.GetBytes(good), [0xFF, 0xFE, 0x00], [], Encoding.UTF8.GetBytes(new string('[', 5000))])
            {
                var content = new ByteArrayContent(body);
                if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                await Send(run, Filled(path, order, trade), content, $"{body.Length} bytes of {type}");
            }
        }
        await AssertGoesOn(run);
    }

    [Theory]
    [InlineData("api/Position/searchOpen")]
    [InlineData("api/Order/searchOpen")]
    [InlineData("api/Order/v2/query")]
    [InlineData("api/Contract/available")]
    public async Task NoBodyMakesASearchFailWhileAnswersAreDamaged(string path)
    {
        await using TradingRun run = await Start();
        await run.Inject("unknown-field");
        foreach (string body in Bodies.Concat(Values.Select(value => $"{{\"accountId\":{value}}}")).Concat(Values.Select(value => $"{{\"filter\":{{\"accountId\":{value}}},\"live\":false}}")))
            await Send(run, path, new StringContent(body, Encoding.UTF8, "application/json"), body);
        await AssertGoesOn(run);
    }

    [Theory]
    [InlineData("api/Status/ping")]
    [InlineData("api/nowhere")]
    [InlineData("api/Order/place?accountId=x")]
    [InlineData("control/counters")]
    [InlineData("control/market")]
    [InlineData("control/truth")]
    [InlineData("control/truth?account=")]
    [InlineData("control/truth?account=x")]
    [InlineData("control/truth?account=99999999999999999999")]
    [InlineData("control/truth?account=1001&account=7")]
    [InlineData("control/quirks")]
    [InlineData("control/quirks/no-such")]
    [InlineData("control/quirks/%00")]
    [InlineData("control/faults")]
    [InlineData("control/faults/x")]
    [InlineData("control/faults/-1")]
    [InlineData("control/faults/99999999999999999999")]
    [InlineData("control/orders/99999999999999999999/fill")]
    [InlineData("control/orders/-9223372036854775808/fill")]
    [InlineData("control/accounts/99999999999/brackets")]
    [InlineData("hubs/user/negotiate?negotiateVersion=99999999999999999999")]
    [InlineData("hubs/market?id=x&access_token=x&access_token=y")]
    public async Task NoMethodMakesAPathFail(string path)
    {
        await using TradingRun run = await Start();
        foreach (string method in (string[])["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD"])
        {
            using HttpResponseMessage answer = await run.Gateway.Send($"/{path}", method == "GET" ? "" : "{}", run.Token, new HttpMethod(method));
            Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{method} {path}: {answer.StatusCode}");
        }
        await AssertGoesOn(run);
    }

    private static Task<TradingRun> Start() =>
        TradingRun.Start(options: new GatewayOptions { RateLimits = false, Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco, Margin = 0 }] });

    /// <summary>A stop-limit order that works, and a trade.</summary>
    private static async Task<(long Order, long Trade)> Prepare(TradingRun run)
    {
        await run.Place(type: 2, side: 0, size: 5);
        long order = await run.Place(type: 3, side: 1, size: 5, limit: 7680m, stop: 7680m);
        await run.Pass(0.1);
        return (order, (await run.List("Trade/search", "trades"))[0].GetProperty("id").GetInt64());
    }

    private static async Task Send(TradingRun run, string path, HttpContent content, string body)
    {
        using HttpResponseMessage answer = await run.Gateway.Send($"/{path}", content, run.Token);
        string text = await answer.Content.ReadAsStringAsync(RawHub.Patience);
        Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{path} of {body}: {answer.StatusCode}");
        // What was accepted is carried out a moment later, where a failure would be worse.
        if (answer.StatusCode == HttpStatusCode.OK && text.Contains("\"success\":true", StringComparison.Ordinal)) await run.Gateway.Advance(TimeSpan.FromMilliseconds(100));
    }

    /// <summary>An order still fills: neither the market's thread nor the venue has come to harm.</summary>
    private static async Task AssertGoesOn(TradingRun run)
    {
        using (HttpResponseMessage resumed = await run.Gateway.Send("/control/resume", "{}")) Assert.True(resumed.IsSuccessStatusCode);
        await run.Gateway.Advance(TimeSpan.FromMilliseconds(100));
        string token = await run.Gateway.LogIn();
        (_, JsonElement placed) = await run.Gateway.Post("/api/Order/place", """{"accountId":1001,"contractId":"CON.F.US.EP.U26","type":2,"side":1,"size":1}""", token);
        Assert.True(placed.GetProperty("success").GetBoolean(), placed.GetRawText());
        await run.Gateway.Advance(TimeSpan.FromMilliseconds(100));
        (_, JsonElement found) = await run.Gateway.Post("/api/Order/searchById", $$"""{"accountId":1001,"orderId":{{placed.GetProperty("orderId").GetInt64()}}}""", token);
        Assert.Equal(2, found.GetProperty("order").GetProperty("status").GetInt32());
        Assert.NotEqual("failed", run.Gateway.Server.Counters.Market.State);
    }

    private static string Filled(string text, long order, long trade) => text.Replace("{order}", $"{order}", StringComparison.Ordinal).Replace("{trade}", $"{trade}", StringComparison.Ordinal);

    /// <summary>The good body, and for each of its members, in its objects too, one body with each odd value.</summary>
    private static IEnumerable<string> Variants(string good)
    {
        JsonObject body = JsonNode.Parse(good)!.AsObject();
        return Marked(body, body).Prepend(good).SelectMany(text => Values.Select(value => text.Replace($"\"{Marker}\"", value, StringComparison.Ordinal)).Distinct());
    }

    private static IEnumerable<string> Marked(JsonObject whole, JsonObject part)
    {
        foreach (string name in part.Select(member => member.Key).ToArray())
        {
            JsonNode? kept = part[name];
            if (kept is JsonObject inner) foreach (string text in Marked(whole, inner)) yield return text;
            part[name] = Marker;
            yield return whole.ToJsonString();
            part[name] = kept;
        }
    }
}
