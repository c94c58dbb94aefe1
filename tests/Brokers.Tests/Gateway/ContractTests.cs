using System.Net;
using System.Text.Json;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class ContractTests
{
    private static readonly string[] All = ["ES", "NQ", "CL", "GC", "6E", "MES", "MNQ", "MCL", "MGC", "M6E"];

    /// <summary>Roots, tick sizes and tick values of the protocol document's table (the micro euro: CME, 0.0001 at 1.25 dollars); months by the stated roll rule.</summary>
    [Theory]
    [InlineData("CON.F.US.EP.U26", "ESU6", 0.25, 12.5)]
    [InlineData("CON.F.US.ENQ.U26", "NQU6", 0.25, 5)]
    [InlineData("CON.F.US.CLE.V26", "CLV6", 0.01, 10)]
    [InlineData("CON.F.US.GCE.V26", "GCV6", 0.1, 10)]
    [InlineData("CON.F.US.EU6.U26", "6EU6", 0.00005, 6.25)]
    [InlineData("CON.F.US.MES.U26", "MESU6", 0.25, 1.25)]
    [InlineData("CON.F.US.MNQ.U26", "MNQU6", 0.25, 0.5)]
    [InlineData("CON.F.US.MCLE.V26", "MCLV6", 0.01, 1)]
    [InlineData("CON.F.US.MGC.V26", "MGCV6", 0.1, 1)]
    [InlineData("CON.F.US.M6E.U26", "M6EU6", 0.0001, 1.25)]
    public async Task AContractIsListedWithItsTick(string id, string name, decimal tickSize, decimal tickValue)
    {
        await using RunningGateway gateway = await RunningGateway.Start(source: new ScriptedMarket(All) { Start = Timestamp.FromUtc(2026, 8, 25, 15) });
        (_, JsonElement body) = await gateway.Post("/api/Contract/available", """{"live":false}""", await gateway.LogIn());
        JsonElement[] contracts = [.. body.GetProperty("contracts").EnumerateArray()];
        Assert.Equal(10, contracts.Length);
        JsonElement contract = Assert.Single(contracts, contract => contract.GetProperty("id").GetString() == id);
        Assert.Equal(["id", "name", "description", "tickSize", "tickValue", "activeContract", "symbolId"], contract.EnumerateObject().Select(member => member.Name));
        Assert.Equal(name, contract.GetProperty("name").GetString());
        Assert.Equal(tickSize, contract.GetProperty("tickSize").GetDecimal());
        Assert.Equal(tickValue, contract.GetProperty("tickValue").GetDecimal());
        Assert.True(contract.GetProperty("activeContract").GetBoolean());
        Assert.Equal(id[4..^4], contract.GetProperty("symbolId").GetString());
    }

    /// <summary>
    /// Last trading days from CME's calendars: ESU26 and ESZ25 third Fridays 2026-09-18 and 2025-12-19; 6EU26 2026-09-14; CLU26 2026-08-20; GCQ26's first
    /// notice 2026-07-31. The next contract is active from eight days before.
    /// </summary>
    [Theory]
    [InlineData("ES", "2026-09-09", "CON.F.US.EP.U26")]
    [InlineData("ES", "2026-09-10", "CON.F.US.EP.Z26")]
    [InlineData("ES", "2025-12-10", "CON.F.US.EP.Z25")]
    [InlineData("ES", "2025-12-11", "CON.F.US.EP.H26")]
    [InlineData("6E", "2026-09-04", "CON.F.US.EU6.U26")]
    [InlineData("6E", "2026-09-08", "CON.F.US.EU6.Z26")]
    [InlineData("CL", "2026-08-11", "CON.F.US.CLE.U26")]
    [InlineData("CL", "2026-08-12", "CON.F.US.CLE.V26")]
    [InlineData("MCL", "2026-08-11", "CON.F.US.MCLE.V26")]
    [InlineData("CL", "2026-12-15", "CON.F.US.CLE.G27")]
    [InlineData("GC", "2026-07-22", "CON.F.US.GCE.Q26")]
    [InlineData("GC", "2026-07-23", "CON.F.US.GCE.V26")]
    public async Task TheActiveContractFollowsTheMarketsDate(string symbol, string day, string id)
    {
        var source = new ScriptedMarket(symbol) { Start = Timestamp.From(DateTimeOffset.Parse($"{day}T15:00:00Z", System.Globalization.CultureInfo.InvariantCulture)) };
        await using RunningGateway gateway = await RunningGateway.Start(source: source);
        (_, JsonElement body) = await gateway.Post("/api/Contract/available", """{"live":false}""", await gateway.LogIn());
        Assert.Equal(id, Assert.Single(body.GetProperty("contracts").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task ATextSearchIsLooseAndListsTheNextMonthAsInactive()
    {
        await using RunningGateway gateway = await RunningGateway.Start(source: new ScriptedMarket(All));
        string token = await gateway.LogIn();
        (_, JsonElement body) = await gateway.Post("/api/Contract/search", """{"searchText":"nq","live":false}""", token);
        Assert.Equal(
            [("CON.F.US.ENQ.U26", true), ("CON.F.US.MNQ.U26", true), ("CON.F.US.ENQ.Z26", false), ("CON.F.US.MNQ.Z26", false)],
            body.GetProperty("contracts").EnumerateArray().Select(row => (row.GetProperty("id").GetString()!, row.GetProperty("activeContract").GetBoolean())));
        (_, JsonElement everything) = await gateway.Post("/api/Contract/search", """{"live":false}""", token);
        Assert.Equal(20, everything.GetProperty("contracts").GetArrayLength());
        (_, JsonElement live) = await gateway.Post("/api/Contract/search", """{"searchText":"NQ","live":true}""", token);
        Assert.Equal(0, live.GetProperty("contracts").GetArrayLength());
    }

    [Theory]
    [InlineData("CON.F.US.MNQ.U26", 0, true)]
    [InlineData("CON.F.US.MNQ.Z26", 0, false)]
    [InlineData("CON.F.US.MNQ.H24", 0, false)]
    [InlineData("CON.F.US.MNQ.H27", 1, false)]
    [InlineData("CON.F.US.MNQ.V26", 1, false)]
    [InlineData("CON.F.US.NQ.U26", 1, false)]
    [InlineData("MNQU6", 1, false)]
    [InlineData("", 1, false)]
    public async Task AContractIsFoundByItsIdEvenWhenItIsOver(string id, int code, bool isActive)
    {
        await using RunningGateway gateway = await RunningGateway.Start(source: new ScriptedMarket("MNQ"));
        (HttpStatusCode status, JsonElement body) = await gateway.Post("/api/Contract/searchById", $$"""{"contractId":"{{id}}"}""", await gateway.LogIn());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(code, body.GetProperty("errorCode").GetInt32());
        if (code == 0) Assert.Equal(isActive, body.GetProperty("contract").GetProperty("activeContract").GetBoolean());
        else Assert.Equal(JsonValueKind.Null, body.GetProperty("contract").ValueKind);
    }

    [Fact]
    public async Task TheDescriptionNamesTheMonth()
    {
        await using RunningGateway gateway = await RunningGateway.Start(source: new ScriptedMarket("MNQ"));
        (_, JsonElement body) = await gateway.Post("/api/Contract/searchById", """{"contractId":"CON.F.US.MNQ.U26"}""", await gateway.LogIn());
        Assert.Equal("Micro E-mini Nasdaq-100: September 2026", body.GetProperty("contract").GetProperty("description").GetString());
    }
}
