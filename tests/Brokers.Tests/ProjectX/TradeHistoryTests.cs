using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>A gateway that gives so many executions in one answer and not one more, and does not say so.</summary>
public sealed class TradeHistoryTests
{
    private const int Cap = 500;
    private static readonly DateTimeOffset Start = new(2026, 8, 19, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(499, true)]
    [InlineData(500, true)]
    [InlineData(501, true)]
    [InlineData(1_203, true)]
    [InlineData(2_000, false)]
    public async Task EveryExecutionIsReadOnce(int count, bool isOldestFirst)
    {
        await using ScriptedGateway gateway = await Gateway(count, isOldestFirst, TimeSpan.FromSeconds(1));

        (RestResult<IReadOnlyList<TradeRow>> answer, bool isWhole) = await Read(gateway);

        Assert.True(isWhole);
        Assert.Equal(Enumerable.Range(1, count).Select(id => (long)id), answer.Value.Select(row => row.Id).Order());
    }

    [Fact]
    public async Task WhatHappenedAtOneInstantCannotBeParted()
    {
        await using ScriptedGateway gateway = await Gateway(700, true, TimeSpan.Zero);

        Assert.False((await Read(gateway)).IsWhole);
    }

    private static Task<(RestResult<IReadOnlyList<TradeRow>> Answer, bool IsWhole)> Read(ScriptedGateway gateway) =>
        new TradeHistory(new AccountClient(OrderClientTests.Client(gateway)), 1001).ReadAsync(Timestamp.FromUtc(2026, 8, 19, 0, 0), ScriptedGateway.Patience);

    private static async Task<ScriptedGateway> Gateway(int count, bool isOldestFirst, TimeSpan apart)
    {
        ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = async (path, http) =>
        {
            if (path != "/api/Trade/search") return false;
            JsonElement asked = JsonSerializer.Deserialize<JsonElement>(gateway.Calls.Last().Body);
            DateTimeOffset from = asked.GetProperty("startTimestamp").GetDateTimeOffset(), until = asked.TryGetProperty("endTimestamp", out JsonElement end) ? end.GetDateTimeOffset() : DateTimeOffset.MaxValue;
            IEnumerable<int> found = Enumerable.Range(1, count).Where(id => Start + id * apart >= from && Start + id * apart <= until);
            IEnumerable<int> given = isOldestFirst ? found.Take(Cap) : found.Reverse().Take(Cap);
            await ScriptedGateway.Json(http, new JsonObject { ["success"] = true, ["errorCode"] = 0, ["trades"] = new JsonArray([.. given.Select(id => Row(id, Start + id * apart))]) });
            return true;
        };
        return gateway;
    }

    private static JsonObject Row(int id, DateTimeOffset at) => new()
    {
        ["id"] = id,
        ["accountId"] = 1001,
        ["contractId"] = "A",
        ["creationTimestamp"] = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["price"] = 5000,
        ["side"] = 0,
        ["size"] = 1,
        ["orderId"] = 7,
    };
}
