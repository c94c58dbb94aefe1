using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>A call that changes the account is made once. Its failures are sorted into "no", "never arrived" and "nobody knows".</summary>
public sealed class OrderClientTests
{
    private const string Place = "/api/Order/place";
    private const string Cancel = "/api/Order/cancel";
    private const long OrderId = 3_425_000_001;

    private static readonly PlaceRequest Request = new()
    {
        AccountId = 1001,
        ContractId = "CON.F.US.EP.U26",
        Type = WireOrderType.Stop,
        Side = WireSide.Sell,
        Size = 2,
        StopPrice = 7690.25m,
        CustomTag = "tw-1-7",
    };

    [Fact]
    public async Task AnOrderThatIsTakenHasTheGatewaysId()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(Place, new() { ["orderId"] = OrderId, ["success"] = true, ["errorCode"] = 0 });

        SendOutcome outcome = await Make(gateway).PlaceAsync(Request, ScriptedGateway.Patience);

        Assert.Equal(SendOutcome.Taken(OrderId), outcome);
        JsonNode sent = JsonNode.Parse(gateway.Calls.Single(call => call.Path == Place).Body)!;
        Assert.Equal("""{"accountId":1001,"contractId":"CON.F.US.EP.U26","type":4,"side":1,"size":2,"stopPrice":7690.25,"customTag":"tw-1-7"}""", sent.ToJsonString());
    }

    [Theory]
    [InlineData("502", nameof(SendKind.InDoubt))]
    [InlineData("html", nameof(SendKind.InDoubt))]
    [InlineData("redirect", nameof(SendKind.InDoubt))]
    [InlineData("garbage", nameof(SendKind.InDoubt))]
    [InlineData("drop", nameof(SendKind.InDoubt))]
    [InlineData("408", nameof(SendKind.InDoubt))]
    [InlineData("429", nameof(SendKind.NotSent))]
    [InlineData("401", nameof(SendKind.NotSent))]
    public async Task AFailureIsNeverRepeatedAndSaysWhatIsKnown(string how, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (path, http) => path is Place or Cancel ? LoginTests.Fail(http, how) : Task.FromResult(false);
        OrderClient orders = Make(gateway);

        SendOutcome placed = await orders.PlaceAsync(Request, ScriptedGateway.Patience);
        Assert.Equal((expected, 1), (placed.Kind.ToString(), gateway.CallsOf(Place)));
        if (how == "429") gateway.Time.Advance(TimeSpan.FromSeconds(8));
        SendOutcome canceled = await orders.CancelAsync(1001, OrderId, ScriptedGateway.Patience);

        Assert.Equal((expected, 1), (canceled.Kind.ToString(), gateway.CallsOf(Cancel)));
        Assert.Contains(Place, placed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoAnswerBeforeTheDeadlineIsADoubt()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        var arrived = new TaskCompletionSource();
        gateway.Interfere = (path, http) =>
        {
            if (path != Place) return Task.FromResult(false);
            arrived.SetResult();
            return LoginTests.Fail(http, "hang");
        };

        Task<SendOutcome> placing = Make(gateway).PlaceAsync(Request, ScriptedGateway.Patience);
        await arrived.Task.WaitAsync(ScriptedGateway.Patience);
        gateway.Time.Advance(FeedRun.Options(gateway).RequestTimeout);

        Assert.Equal(SendKind.InDoubt, (await placing).Kind);
    }

    [Fact]
    public async Task AGatewayThatIsNotThereGotNothing()
    {
        ScriptedGateway gateway = await ScriptedGateway.Start();
        OrderClient orders = Make(gateway);
        gateway.Interfere = Says(Place, new() { ["orderId"] = OrderId, ["success"] = true, ["errorCode"] = 0 });
        await orders.PlaceAsync(Request, ScriptedGateway.Patience);
        await gateway.DisposeAsync();

        Assert.Equal(SendKind.NotSent, (await orders.PlaceAsync(Request, ScriptedGateway.Patience)).Kind);
    }

    [Theory]
    [InlineData(2, "Invalid stop price. Price is not aligned to tick size.", nameof(SendKind.Refused))]
    [InlineData(2, "Trading is currently unavailable. The instrument is not in an active trading status.", nameof(SendKind.Refused))]
    [InlineData(2, "Specified custom tag is already in use", nameof(SendKind.InDoubt))]
    [InlineData(3, null, nameof(SendKind.Refused))]
    [InlineData(6, null, nameof(SendKind.InDoubt))]
    [InlineData(7, null, nameof(SendKind.InDoubt))]
    [InlineData(9, null, nameof(SendKind.Refused))]
    public async Task ARefusalIsANoUnlessTheGatewayDoesNotKnowItself(int code, string? words, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(Place, new() { ["orderId"] = OrderId, ["success"] = false, ["errorCode"] = code, ["errorMessage"] = words });

        SendOutcome outcome = await Make(gateway).PlaceAsync(Request, ScriptedGateway.Patience);

        Assert.Equal(expected, outcome.Kind.ToString());
        if (outcome.Kind == SendKind.Refused) Assert.Equal(OrderId, outcome.OrderId);
        if (words is not null) Assert.Contains(words, outcome.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, nameof(SendKind.Refused))]
    [InlineData(4, nameof(SendKind.InDoubt))]
    public async Task ARefusedCancelSaysThatTheOrderMustBeReadAgain(int code, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(Cancel, new() { ["success"] = false, ["errorCode"] = code });

        Assert.Equal(expected, (await Make(gateway).CancelAsync(1001, OrderId, ScriptedGateway.Patience)).Kind.ToString());
    }

    [Theory]
    [InlineData("/api/Order/searchOpen")]
    [InlineData("/api/Order/search")]
    public async Task AnOrderIsFoundByItsTagAmongOpenOnesAndThenAmongAll(string path)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(path, new()
        {
            ["success"] = true,
            ["errorCode"] = 0,
            ["orders"] = new JsonArray(null, new JsonObject { ["id"] = 1, ["customTag"] = null }, new JsonObject { ["id"] = OrderId, ["customTag"] = "tw-1-7", ["status"] = 2, ["fillVolume"] = 2, ["filledPrice"] = 7690.25m }),
        });

        RestResult<FoundOrder> found = await Make(gateway).FindAsync(1001, "tw-1-7", Timestamp.FromUtc(2026, 8, 19), ScriptedGateway.Patience);

        Assert.Equal((OrderId, WireOrderStatus.Filled, 2, 7690.25m), (found.Value.Order!.Id, found.Value.Order.Status, found.Value.Order.FillVolume, found.Value.Order.FilledPrice));
    }

    [Fact]
    public async Task AFailedSearchIsNotAnAbsence()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says("/api/Order/search", new() { ["success"] = false, ["errorCode"] = 1 });
        OrderClient orders = Make(gateway);

        Assert.False((await orders.FindAsync(1001, "tw-1-7", Timestamp.FromUtc(2026, 8, 19), ScriptedGateway.Patience)).IsSuccess);
        gateway.Interfere = (_, _) => Task.FromResult(false);
        Assert.Null((await orders.FindAsync(1001, "tw-1-7", Timestamp.FromUtc(2026, 8, 19), ScriptedGateway.Patience)).Value.Order);
    }

    private static Func<string, Microsoft.AspNetCore.Http.HttpContext, Task<bool>> Says(string where, JsonObject reply) => async (path, http) =>
    {
        if (path != where) return false;
        await ScriptedGateway.Json(http, reply.DeepClone());
        return true;
    };

    private static OrderClient Make(ScriptedGateway gateway)
    {
        ProjectXOptions options = FeedRun.Options(gateway);
        FakeTimeProvider time = gateway.Time;
        var chance = new Chance(0);
        var transport = new RestTransport(options, new FeedMetrics(), time);
        var session = new TokenSession(transport, options, time, chance, NullLogger.Instance);
        return new(transport, session, new ProjectXClient(transport, session, ReadRetry.Create(time, chance)));
    }
}
