using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The simulator as a process that is killed at any moment: what it answered is there when it comes back.</summary>
public sealed class SimulatorStateTests : IDisposable
{
    private const int Kills = 6;

    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task WhatAKilledSimulatorAnsweredIsThereWhenItComesBack()
    {
        var answered = new Dictionary<string, long>();
        var chance = new Random(7);
        for (int kill = 0; kill <= Kills; kill++)
        {
            using Process process = _program.Start("simulator", "--symbols", "ES", "--state", "gateway.state", "--account", "practice,margin=0");
            using HttpClient client = await LogInAsync(process);
            JsonElement account = (await client.GetFromJsonAsync<JsonElement>("control/truth", TestContext.Current.CancellationToken)).GetProperty("accounts")[0];
            AssertWhole(account, answered);
            if (kill == Kills) process.Kill();
            else await PlaceUntilKilledAsync(client, process, answered, after: chance.Next(1, 60), kill);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.NotEmpty(answered);
    }

    /// <summary>Places market and limit orders as fast as they are answered, while the process is killed from beside.</summary>
    private static async Task PlaceUntilKilledAsync(HttpClient client, Process process, Dictionary<string, long> answered, int after, int kill)
    {
        for (int i = 0; ; i++)
        {
            string tag = $"kill-{kill}-{i}";
            Task<HttpResponseMessage> asked = client.PostAsJsonAsync("api/Order/place", new { accountId = 1001, contractId = await ContractAsync(client), type = 2, side = i % 2, size = 1, customTag = tag }, TestContext.Current.CancellationToken);
            if (i == after) process.Kill();
            try
            {
                using HttpResponseMessage answer = await asked;
                JsonElement placed = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
                if (placed.GetProperty("success").GetBoolean()) answered.Add(tag, placed.GetProperty("orderId").GetInt64());
            }
            catch (HttpRequestException)
            {
                // Killed before it answered: the order may be there or not.
            }
            if (i == after) return;
        }
    }

    /// <summary>All that was answered exists once, and orders, trades, position and money agree with each other.</summary>
    private static void AssertWhole(JsonElement account, Dictionary<string, long> answered)
    {
        JsonElement[] orders = [.. account.GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("order"))];
        JsonElement[] trades = [.. account.GetProperty("trades").EnumerateArray()];
        Dictionary<string, long> kept = orders.ToDictionary(order => order.GetProperty("customTag").GetString()!, order => order.GetProperty("id").GetInt64());
        foreach ((string tag, long id) in answered) Assert.Equal(id, kept.GetValueOrDefault(tag));
        Assert.Equal(orders.Length, orders.Select(order => order.GetProperty("id").GetInt64()).Distinct().Count());
        foreach (JsonElement order in orders)
            Assert.Equal(order.GetProperty("fillVolume").GetInt32(), trades.Where(trade => trade.GetProperty("orderId").GetInt64() == order.GetProperty("id").GetInt64()).Sum(trade => trade.GetProperty("size").GetInt32()));
        int net = trades.Sum(trade => trade.GetProperty("size").GetInt32() * (trade.GetProperty("side").GetInt32() == 0 ? 1 : -1));
        int held = account.GetProperty("positions").EnumerateArray().Sum(position => position.GetProperty("size").GetInt32() * (position.GetProperty("type").GetInt32() == 1 ? 1 : -1));
        Assert.Equal(net, held);
        decimal money = trades.Sum(trade => (trade.GetProperty("profitAndLoss") is { ValueKind: JsonValueKind.Number } profit ? profit.GetDecimal() : 0) - trade.GetProperty("fees").GetDecimal() - trade.GetProperty("commissions").GetDecimal());
        Assert.Equal(50_000m + money, account.GetProperty("account").GetProperty("balance").GetDecimal());
    }

    private static async Task<HttpClient> LogInAsync(Process process)
    {
        string address = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        var client = new HttpClient { BaseAddress = new Uri(address) };
        using HttpResponseMessage answer = await client.PostAsJsonAsync("api/Auth/loginKey", new { userName = "demo", apiKey = "demo" }, TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString());
        return client;
    }

    private static async Task<string> ContractAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("control/counters", TestContext.Current.CancellationToken)).GetProperty("contracts")[0].GetProperty("contractId").GetString()!;
}
