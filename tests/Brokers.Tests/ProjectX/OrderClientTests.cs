using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>A call that changes the account is made once. Its failures are sorted into "no", "never arrived" and "nobody knows".</summary>
public sealed class OrderClientTests
{
    private const string Place = "/api/Order/place";
    private const string Modify = "/api/Order/modify";
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

        SendOutcome outcome = await Make(gateway).PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);

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
    [InlineData("429", nameof(SendKind.InDoubt))]
    [InlineData("401", nameof(SendKind.NotSent))]
    public async Task AFailureIsNeverRepeatedAndSaysWhatIsKnown(string how, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (path, http) => path is Place or Cancel ? LoginTests.Fail(http, how) : Task.FromResult(false);
        OrderClient orders = Make(gateway);

        SendOutcome placed = await orders.PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);
        Assert.Equal((expected, 1), (placed.Kind.ToString(), gateway.CallsOf(Place)));
        if (how == "429") gateway.Time.Advance(TimeSpan.FromSeconds(8));
        SendOutcome canceled = await orders.CancelAsync(new() { AccountId = 1001, OrderId = OrderId }, ScriptedGateway.Patience);

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

        Task<SendOutcome> placing = Make(gateway).PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);
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
        await orders.PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);
        await gateway.DisposeAsync();

        Assert.Equal(SendKind.NotSent, (await orders.PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience)).Kind);
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

        SendOutcome outcome = await Make(gateway).PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);

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

        Assert.Equal(expected, (await Make(gateway).CancelAsync(new() { AccountId = 1001, OrderId = OrderId }, ScriptedGateway.Patience)).Kind.ToString());
    }

    [Fact]
    public async Task AChangeNamesOnlyWhatChanges()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();

        SendOutcome outcome = await Make(gateway).ModifyAsync(new() { AccountId = 1001, OrderId = OrderId, StopPrice = 7680.5m }, RestLane.Protection, ScriptedGateway.Patience);

        Assert.Equal(SendOutcome.Taken(OrderId), outcome);
        Assert.Equal("""{"accountId":1001,"orderId":3425000001,"stopPrice":7680.5}""", gateway.Calls.Single(call => call.Path == Modify).Body);
    }

    [Theory]
    [InlineData(2, nameof(SendKind.Refused))]
    [InlineData(3, nameof(SendKind.Refused))]
    [InlineData(4, nameof(SendKind.InDoubt))]
    [InlineData(5, nameof(SendKind.InDoubt))]
    [InlineData(17, nameof(SendKind.InDoubt))]
    public async Task ARefusedChangeIsANoUnlessTheGatewayDoesNotKnowItself(int code, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(Modify, new() { ["success"] = false, ["errorCode"] = code });

        Assert.Equal(expected, (await Make(gateway).ModifyAsync(new() { AccountId = 1001, OrderId = OrderId, Size = 3 }, RestLane.Entry, ScriptedGateway.Patience)).Kind.ToString());
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
        return new(new ProjectXClient(transport, session, ReadRetry.Create(time, chance)));
    }
}
