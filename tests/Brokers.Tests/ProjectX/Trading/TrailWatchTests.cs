using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Contracts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Core.Engine;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>A trailing stop that the gateway keeps otherwise than it was wished is canceled, however often that takes, and said once.</summary>
public sealed class TrailWatchTests : IAsyncLifetime
{
    private const string Cancel = "/api/Order/cancel";
    private const string Tag = "tw-1-7";
    private const int Wished = 40;

    private readonly ConcurrentQueue<Input> _told = new();
    private readonly Background _background = new();
    private ScriptedGateway _gateway = null!;
    private TrailWatch _watch = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await ScriptedGateway.Start();
        ProjectXClient client = OrderClientTests.Client(_gateway);
        _watch = new(new OrderClient(client), 1001, _background, input => _told.Enqueue(input), new InstrumentMap([], new ContractDirectory(client, live: false, NullLogger.Instance)), ScriptedGateway.Patience);
        _watch.Watch(Tag, Wished);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(36)]
    [InlineData(44)]
    [InlineData(null)]
    public async Task ATenthOfTheDistanceIsLetPass(int? kept)
    {
        await See(Row(kept));

        await See(Row(90));

        Assert.Equal(0, _gateway.CallsOf(Cancel));
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData(35, 5)]
    [InlineData(45, 5)]
    [InlineData(null, 4)]
    public async Task OneThatStandsElsewhereIsCanceledAndSaidOnce(int? kept, int type)
    {
        _gateway.Interfere = Answer("""{"success":true,"errorCode":0}""");

        await See(Row(kept) with { Type = (WireOrderType)type });
        await See(Row(kept) with { Type = (WireOrderType)type });

        Assert.Equal(1, _gateway.CallsOf(Cancel));
        Assert.Contains(kept is null ? "as a stop that stays instead of 40 ticks" : $"at {kept} ticks instead of 40 ticks", Assert.Single(_told).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"success":false,"errorCode":5,"errorMessage":"no"}""")]
    [InlineData("""<html>502</html>""")]
    public async Task ACancelThatWasRefusedOrIsInDoubtIsAskedAgainWhenTheOrderIsSeenToWork(string reply)
    {
        _gateway.Interfere = Answer(reply);
        await See(Row(90));
        await See(Row(90));
        Assert.Equal(2, _gateway.CallsOf(Cancel));
        _gateway.Interfere = Answer("""{"success":true,"errorCode":0}""");
        await See(Row(90));

        await See(Row(90));
        await See(Row(90) with { Status = WireOrderStatus.Cancelled });
        await See(Row(90));

        Assert.Equal(3, _gateway.CallsOf(Cancel));
        Assert.Single(_told);
    }

    /// <summary>Shows the row and waits for what follows.</summary>
    private Task See(OrderRow row)
    {
        _watch.See(row);
        return _background.EndAsync().WaitAsync(ScriptedGateway.Patience);
    }

    private static OrderRow Row(int? kept) =>
        new(3_000_000_001, 1001, "CON.F.US.EP.U26", null, null, WireOrderStatus.Open, WireOrderType.TrailingStop, WireSide.Sell, 2, null, 5000m, 0, null, Tag, null, kept);

    private static Func<string, Microsoft.AspNetCore.Http.HttpContext, Task<bool>> Answer(string reply) => async (path, http) =>
    {
        if (path != Cancel) return false;
        if (reply.StartsWith('<')) await LoginTests.Fail(http, "html");
        else await ScriptedGateway.Json(http, JsonNode.Parse(reply)!);
        return true;
    };
}
