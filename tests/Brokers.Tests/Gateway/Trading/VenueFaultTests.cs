using System.Net;
using System.Reflection;
using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Faults;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>What the venue does to an account by itself, and the ways to switch faults on.</summary>
public sealed class VenueFaultTests
{
    [Fact]
    [Trait("fault", "void-trade")]
    public async Task ATradeIsVoidedAndMoneyAndPositionAreAsIfItHadNotBeen()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(0.1);
        await run.Event("GatewayUserTrade");
        await run.Inject("void-trade");
        (int action, JsonElement trade) = await run.Event("GatewayUserTrade");
        Assert.Equal((1, true), (action, trade.GetProperty("voided").GetBoolean()));
        Assert.Equal(50_000m, await run.Balance());
        Assert.Equal(0, await run.Net());
        Assert.True(Assert.Single(await run.List("Trade/search", "trades")).GetProperty("voided").GetBoolean());
    }

    [Fact]
    [Trait("fault", "cancel-order")]
    public async Task AWorkingOrderIsCancelledByNobodysWish()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        await run.Inject("cancel-order");
        Assert.Equal([(id, 6), (id, 1), (id, 3)], new[] { await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent() });
    }

    [Fact]
    [Trait("fault", "manual-trade")]
    public async Task SomebodyElseTradesOnTheAccount()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("manual-trade");
        await run.Pass(0.1);
        (_, JsonElement order) = await run.Event("GatewayUserOrder");
        Assert.False(order.TryGetProperty("customTag", out _));
        Assert.Equal(1, await run.Net());
    }

    [Fact]
    [Trait("fault", "overfill")]
    public async Task AnOrderFillsMoreThanItsSize()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(0.1);
        await run.Inject("overfill");
        JsonElement order = await run.Order(id);
        Assert.Equal((2, 2, 3), (order.GetProperty("status").GetInt32(), order.GetProperty("size").GetInt32(), order.GetProperty("fillVolume").GetInt32()));
        Assert.Equal(3, await run.Net());
    }

    [Fact]
    [Trait("fault", "halt")]
    public async Task NothingTradesDuringAHalt()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7699, 9, Core.Model.Aggressor.Seller).Trade(6, 7699, 9, Core.Model.Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699.5m);
        await run.Pass(0.1);
        await run.Inject("halt", new { lasts = 5 });
        Assert.Equal((2, "Trading is currently unavailable. The instrument is not in an active trading status."), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)));
        await run.Pass(2);
        Assert.Equal(1, (await run.Order(id)).GetProperty("status").GetInt32());
        await run.Pass(5);
        Assert.Equal(2, (await run.Order(id)).GetProperty("status").GetInt32());
    }

    [Fact]
    [Trait("fault", "restrict")]
    public async Task AnAccountIsRestrictedForAWhile()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("restrict", new { lasts = 2 });
        Assert.Equal(4, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        Assert.False((await run.Event("GatewayUserAccount")).Data.GetProperty("canTrade").GetBoolean());
        await run.Pass(3);
        Assert.True((await run.Event("GatewayUserAccount")).Data.GetProperty("canTrade").GetBoolean());
    }

    [Fact]
    public async Task AScheduleSwitchesFaultsOnAndOff()
    {
        const string Lines = """
            # A minute of trouble.
            {"at":2,"fault":"reject","until":4}

            {"at":3,"fault":"manual-trade"}
            """;
        var options = new GatewayOptions { Schedule = FaultSchedule.Read(new StringReader(Lines), "faults.jsonl") };
        await using TradingRun run = await TradingRun.Start(options: options);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699m)).Code);
        await run.Pass(2.5);
        await run.Gateway.Until(() => run.Gateway.Server.Faults.Count == 1);
        Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699m)).Code);
        await run.Pass(2.5);
        await run.Gateway.Until(() => run.Gateway.Server.Faults is [{ Fault: "manual-trade", Struck: 1 }]);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699m)).Code);
        Assert.Equal(1, await run.Net());
    }

    [Theory]
    [InlineData("""{"at":1,"fault":"hub-dorp"}""", "line 1: The fault \"hub-dorp\" is not known")]
    [InlineData("\n{\"at\":1,\"fault\":\"reject\",\"probability\":2}", "line 2: The probability of reject is 2")]
    [InlineData("""{"at":5,"fault":"reject","until":5}""", "not after its begin")]
    [InlineData("""{"at":1,"fault":"reject","often":3}""", "line 1: \"often\" is no member of a fault")]
    [InlineData("""{"at":1,"fault":"reject","count":"two"}""", "line 1: \"count\" is no member of a fault, or has a value of another kind; expected an object as {\"at\":10")]
    [InlineData("""{"at":-1,"fault":"reject"}""", "line 1: The \"at\" of reject is -1; expected seconds from 0 to 10000000")]
    [InlineData("""{"at":1,"fault":"slow-request","delay":-1}""", "line 1: The \"delay\" of slow-request is -1; expected seconds above 0 and at most 86400")]
    [InlineData("hub-drop", "line 1: this is no JSON ('h' is an invalid start of a value); expected an object")]
    [InlineData("[1]", "line 1: found [1], expected an object")]
    public void AWrongLineOfAScheduleIsNamed(string text, string words)
    {
        GatewayException refused = Assert.Throws<GatewayException>(() => FaultSchedule.Read(new StringReader(text), "faults.jsonl"));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub-drop", FaultKind.HubDrop, 0.01)]
    [InlineData("Lost-Reply:0.5", FaultKind.LostReply, 0.5)]
    public void AFaultIsReadAsPeopleWriteIt(string text, FaultKind kind, double probability)
    {
        Assert.True(Injection.TryParse(text, out IReadOnlyList<Injection> injections, out _));
        Assert.Equal([new Injection(kind) { Probability = probability }], injections);
    }

    [Theory]
    [InlineData("hub-dorp")]
    [InlineData("hub-drop:2")]
    [InlineData("hub-drop:often")]
    public void AFaultThatCannotBeReadIsNamed(string text) => Assert.False(Injection.TryParse(text, out _, out _));

    [Fact]
    public void EachFaultHasATestThatShowsIt()
    {
        IEnumerable<string> shown = typeof(VenueFaultTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<TraitAttribute>()).Where(trait => trait.Name == "fault").Select(trait => trait.Value);
        Assert.Empty(FaultTable.Names.Except(shown));
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.NotEqual("", kind.EffectOf()));
    }

    [Fact]
    public void AllFaultsAreSwitchedOnByOneWord()
    {
        Assert.True(Injection.TryParse("all:0.001", out IReadOnlyList<Injection> injections, out _));
        Assert.Equal(Enum.GetValues<FaultKind>(), injections.Select(injection => injection.Kind));
    }

    [Fact]
    public async Task ProbabilitiesAreKeptAndTheSameSeedGivesTheSameFaults()
    {
        string[] runs = await Task.WhenAll(Outcomes(5), Outcomes(5), Outcomes(6));
        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        // 300 draws at one half: within five standard deviations of 150.
        Assert.InRange(runs[0].Count(letter => letter == 'x'), 106, 194);

        static async Task<string> Outcomes(ulong seed)
        {
            var options = new GatewayOptions { Seed = seed, RateLimits = false, Injections = [new Injection(FaultKind.RateLimit) { Probability = 0.5, Path = "searchOpen" }] };
            await using TradingRun run = await TradingRun.Start(options: options);
            var letters = new char[300];
            for (int i = 0; i < letters.Length; i++)
            {
                using HttpResponseMessage answer = await run.RawSearch();
                letters[i] = answer.StatusCode == HttpStatusCode.OK ? '.' : 'x';
            }
            return new(letters);
        }
    }

    [Fact]
    public async Task TheControlEndpointListsAndRemovesAndRefusesNonsenseAndWebPages()
    {
        await using TradingRun run = await TradingRun.Start();
        int id = await run.Inject("reject", new { count = 5 });
        await run.TryPlace(type: 2, side: 0, size: 1);
        using HttpResponseMessage listed = await run.Gateway.Send("/control/faults", "", method: HttpMethod.Get);
        JsonElement fault = Assert.Single(JsonSerializer.Deserialize<JsonElement>(await listed.Content.ReadAsStringAsync(RawHub.Patience)).EnumerateArray());
        Assert.Equal((id, "reject", 1, 4), (fault.GetProperty("id").GetInt32(), fault.GetProperty("fault").GetString(), fault.GetProperty("struck").GetInt32(), fault.GetProperty("left").GetInt32()));
        using HttpResponseMessage removed = await run.Gateway.Send($"/control/faults/{id}", "", method: HttpMethod.Delete);
        using HttpResponseMessage missing = await run.Gateway.Send($"/control/faults/{id}", "", method: HttpMethod.Delete);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, missing.StatusCode));
        (HttpStatusCode status, JsonElement body) = await run.Gateway.Post("/control/faults", """{"fault":"nothing"}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("not known", body.GetProperty("faults")[0].GetString(), StringComparison.Ordinal);
        foreach ((string sent, string said) in ((string, string)[])[
            ("{\"fault\":", "this is no JSON"), ("[1]", "found [1], expected an object as {\"fault\":\"hub-drop\"}."), ("""{"fault":"reject","often":3}""", "\"often\" is no member of a fault")])
        {
            (HttpStatusCode refused, JsonElement answer) = await run.Gateway.Post("/control/faults", sent);
            Assert.Equal(HttpStatusCode.BadRequest, refused);
            string words = answer.GetProperty("faults")[0].GetString()!;
            Assert.Contains(said, words, StringComparison.Ordinal);
            Assert.DoesNotContain("Tradewind", words, StringComparison.Ordinal);
        }
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        using HttpResponseMessage page = await http.PostAsync(new Uri(run.Gateway.Server.BaseAddress, "/control/faults"), new StringContent("""{"fault":"reject"}"""), RawHub.Patience);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }
}
