using System.Net;
using System.Reflection;
using System.Text.Json;
using Tradewind.Brokers.Tests.Gateway.Trading;
using Tradewind.Gateway;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Brokers.Tests.Gateway.Quirks;

/// <summary>The ways to switch quirks on and off, and that each quirk is told of and shown.</summary>
public sealed class QuirkSwitchTests
{
    [Fact]
    public async Task TheControlEndpointListsAndSwitches()
    {
        await using TradingRun run = await TradingRun.Start();
        Assert.Equal(2, (await run.Cancel(await Filled(run))).Code);
        Assert.Equal(HttpStatusCode.NoContent, await Switch(run, HttpMethod.Put, "gone-order-is-rejected"));
        Assert.Equal(3, (await run.Cancel(await Filled(run))).Code);
        using HttpResponseMessage listed = await run.Gateway.Send("/control/quirks", "", method: HttpMethod.Get);
        JsonElement[] quirks = [.. JsonSerializer.Deserialize<JsonElement>(await listed.Content.ReadAsStringAsync(RawHub.Patience)).EnumerateArray()];
        Assert.Equal(QuirkTable.Names, quirks.Select(quirk => quirk.GetProperty("quirk").GetString()));
        Assert.Equal("gone-order-is-rejected", quirks.Single(quirk => quirk.GetProperty("on").GetBoolean()).GetProperty("quirk").GetString());
        Assert.All(quirks, quirk => Assert.NotEqual("", quirk.GetProperty("effect").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, await Switch(run, HttpMethod.Delete, "gone-order-is-rejected"));
        Assert.Equal(2, (await run.Cancel(await Filled(run))).Code);
        Assert.Equal(HttpStatusCode.NotFound, await Switch(run, HttpMethod.Put, "no-such-quirk"));
    }

    [Fact]
    public async Task AScheduleSwitchesQuirksOnAndOff()
    {
        const string Lines = """{"at":2,"quirk":"gone-order-is-rejected","until":4}""";
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Schedule = FaultSchedule.Read(new StringReader(Lines), "schedule.jsonl") });
        var codes = new List<int>();
        for (int second = 0; second < 6; second++)
        {
            codes.Add((await run.Cancel(await Filled(run))).Code);
            await run.Pass(0.9);
        }
        // At 0 and 1 seconds it is off, at 3 it is on, at 5 it is off; at 2 and 4 the switch may come before or after the request.
        Assert.Equal((2, 2, 3, 2), (codes[0], codes[1], codes[3], codes[5]));
    }

    [Theory]
    [InlineData("""{"at":1,"quirk":"one-sesion"}""", "line 1: The quirk \"one-sesion\" is not known")]
    [InlineData("""{"at":1,"quirk":"one-session","lasts":3}""", "is on or off")]
    [InlineData("""{"at":5,"quirk":"one-session","until":5}""", "not after its begin")]
    [InlineData("""{"at":5,"quirk":"one-session","fault":"reject"}""", "Expected one of \"fault\" and \"quirk\"")]
    [InlineData("""{"at":5}""", "Expected one of \"fault\" and \"quirk\"")]
    public void AWrongLineOfAScheduleIsNamed(string text, string words)
    {
        GatewayException refused = Assert.Throws<GatewayException>(() => FaultSchedule.Read(new StringReader(text), "schedule.jsonl"));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EachQuirkHasATestThatShowsIt()
    {
        IEnumerable<string> shown = typeof(QuirkSwitchTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<TraitAttribute>()).Where(trait => trait.Name == "quirk").Select(trait => trait.Value);
        Assert.Empty(QuirkTable.Names.Except(shown));
    }

    [Fact]
    public async Task TheDocumentListsEveryQuirkAndFaultWithItsEffect()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tradewind.slnx"))) folder = Path.GetDirectoryName(folder)!;
        string document = await File.ReadAllTextAsync(Path.Combine(folder, "docs", "gateway-simulator.md"), RawHub.Patience);
        Assert.All(Enum.GetValues<Quirk>(), quirk => Assert.Contains($"| `{quirk.NameOf()}` | {quirk.EffectOf()} |", document, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<FaultKind>(), fault => Assert.Contains($"| `{fault.NameOf()}`{(fault.IsTimed() ? " *" : "")} | {fault.EffectOf()} |", document, StringComparison.Ordinal));
    }

    private static async Task<long> Filled(TradingRun run)
    {
        long id = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        return id;
    }

    private static async Task<HttpStatusCode> Switch(TradingRun run, HttpMethod method, string quirk)
    {
        using HttpResponseMessage answer = await run.Gateway.Send($"/control/quirks/{quirk}", "", method: method);
        return answer.StatusCode;
    }
}
