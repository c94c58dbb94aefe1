using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Live;
using Tradewind.Live.Sync;

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

        VenueAnswer outcome = await Make(gateway).PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);

        Assert.Equal(VenueAnswer.Taken("3425000001"), outcome);
        JsonNode sent = JsonNode.Parse(gateway.Calls.Single(call => call.Path == Place).Body)!;
        Assert.Equal("""{"accountId":1001,"contractId":"CON.F.US.EP.U26","type":4,"side":1,"size":2,"stopPrice":7690.25,"customTag":"tw-1-7"}""", sent.ToJsonString());
    }

    [Theory]
    [InlineData("502", nameof(VenueAnswerKind.InDoubt))]
    [InlineData("html", nameof(VenueAnswerKind.InDoubt))]
    [InlineData("redirect", nameof(VenueAnswerKind.InDoubt))]
    [InlineData("garbage", nameof(VenueAnswerKind.InDoubt))]
    [InlineData("drop", nameof(VenueAnswerKind.InDoubt))]
    [InlineData("408", nameof(VenueAnswerKind.InDoubt))]
    [InlineData("429", nameof(VenueAnswerKind.InDoubt))]
    public async Task AFailureIsNeverRepeatedAndSaysWhatIsKnown(string how, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (path, http) => path is Place or Cancel ? LoginTests.Fail(http, how) : Task.FromResult(false);
        OrderClient orders = Make(gateway);

        VenueAnswer placed = await orders.PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);
        Assert.Equal((expected, 1), (placed.Kind.ToString(), gateway.CallsOf(Place)));
        if (how == "429") gateway.Time.Advance(TimeSpan.FromSeconds(8));
        VenueAnswer canceled = await orders.CancelAsync(new() { AccountId = 1001, OrderId = OrderId }, ScriptedGateway.Patience);

        Assert.Equal((expected, 1), (canceled.Kind.ToString(), gateway.CallsOf(Cancel)));
        Assert.Contains(Place, placed.Text!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, nameof(VenueAnswerKind.Taken), 2)]
    [InlineData(9, nameof(VenueAnswerKind.NotSent), 2)]
    public async Task WhatIsTurnedAwayWith401IsMadeOnceMoreWithANewToken(int times, string expected, int calls)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        int left = times;
        gateway.Interfere = (path, http) => path == Cancel && left-- > 0 ? LoginTests.Fail(http, "401") : Task.FromResult(false);
        OrderClient orders = Make(gateway);

        VenueAnswer canceled = await orders.CancelAsync(new() { AccountId = 1001, OrderId = OrderId }, ScriptedGateway.Patience);

        Assert.Equal((expected, calls), (canceled.Kind.ToString(), gateway.CallsOf(Cancel)));
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

        Task<VenueAnswer> placing = Make(gateway).PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);
        await arrived.Task.WaitAsync(ScriptedGateway.Patience);
        gateway.Time.Advance(FeedRun.Options(gateway).RequestTimeout);

        Assert.Equal(VenueAnswerKind.InDoubt, (await placing).Kind);
    }

    [Fact]
    public async Task AGatewayThatIsNotThereGotNothing()
    {
        ScriptedGateway gateway = await ScriptedGateway.Start();
        OrderClient orders = Make(gateway);
        gateway.Interfere = Says(Place, new() { ["orderId"] = OrderId, ["success"] = true, ["errorCode"] = 0 });
        await orders.PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);
        await gateway.DisposeAsync();

        Assert.Equal(VenueAnswerKind.NotSent, (await orders.PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience)).Kind);
    }

    [Fact]
    public async Task OfAnEngineThatWasReplacedNoCallLeaves()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        var orders = new OrderClient(Client(gateway), new Fence { IsLost = true });

        VenueAnswer[] answers =
        [
            await orders.PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience),
            await orders.ModifyAsync(new() { AccountId = 1001, OrderId = OrderId, Size = 3 }, RestLane.Protection, ScriptedGateway.Patience),
            await orders.CancelAsync(new() { AccountId = 1001, OrderId = OrderId }, ScriptedGateway.Patience),
        ];

        Assert.All(answers, answer => Assert.Equal(VenueAnswer.NotSent("Another engine took over."), answer));
        Assert.Empty(gateway.Calls);
    }

    [Fact]
    public async Task NobodyTakesOverBetweenACallAndItsAnswer()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        var fence = new Fence();
        int passesMeanwhile = 0;
        gateway.Interfere = (path, _) =>
        {
            if (path == Cancel) passesMeanwhile = fence.Passes;
            return Task.FromResult(false);
        };

        await new OrderClient(Client(gateway), fence).CancelAsync(new() { AccountId = 1001, OrderId = OrderId }, ScriptedGateway.Patience);

        Assert.Equal((1, 0), (passesMeanwhile, fence.Passes));
    }

    [Theory]
    [InlineData(2, "Invalid stop price. Price is not aligned to tick size.", nameof(VenueAnswerKind.Refused))]
    [InlineData(2, "Trading is currently unavailable. The instrument is not in an active trading status.", nameof(VenueAnswerKind.Refused))]
    [InlineData(2, "Specified custom tag is already in use", nameof(VenueAnswerKind.IdInUse))]
    [InlineData(3, null, nameof(VenueAnswerKind.Refused))]
    [InlineData(6, null, nameof(VenueAnswerKind.InDoubt))]
    [InlineData(7, null, nameof(VenueAnswerKind.InDoubt))]
    [InlineData(9, null, nameof(VenueAnswerKind.Refused))]
    public async Task ARefusalIsANoUnlessTheGatewayDoesNotKnowItself(int code, string? words, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(Place, new() { ["orderId"] = OrderId, ["success"] = false, ["errorCode"] = code, ["errorMessage"] = words });

        VenueAnswer outcome = await Make(gateway).PlaceAsync(Request, RestLane.Protection, ScriptedGateway.Patience);

        Assert.Equal(expected, outcome.Kind.ToString());
        if (outcome.Kind == VenueAnswerKind.Refused) Assert.Equal("3425000001", outcome.VenueId);
        if (words is not null) Assert.Contains(words, outcome.Text!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, nameof(VenueAnswerKind.NotFound))]
    [InlineData(3, nameof(VenueAnswerKind.NotFound))]
    [InlineData(4, nameof(VenueAnswerKind.InDoubt))]
    [InlineData(6, nameof(VenueAnswerKind.Refused))]
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

        VenueAnswer outcome = await Make(gateway).ModifyAsync(new() { AccountId = 1001, OrderId = OrderId, StopPrice = 7680.5m }, RestLane.Protection, ScriptedGateway.Patience);

        Assert.Equal(VenueAnswer.Taken("3425000001"), outcome);
        Assert.Equal("""{"accountId":1001,"orderId":3425000001,"stopPrice":7680.5}""", gateway.Calls.Single(call => call.Path == Modify).Body);
    }

    [Theory]
    [InlineData(2, null, nameof(VenueAnswerKind.NotFound))]
    [InlineData(3, null, nameof(VenueAnswerKind.NotFound))]
    [InlineData(3, "Invalid stop price. Price is not aligned to tick size.", nameof(VenueAnswerKind.Refused))]
    [InlineData(4, null, nameof(VenueAnswerKind.InDoubt))]
    [InlineData(5, null, nameof(VenueAnswerKind.InDoubt))]
    [InlineData(17, null, nameof(VenueAnswerKind.InDoubt))]
    public async Task ARefusedChangeIsANoUnlessTheGatewayDoesNotKnowItself(int code, string? words, string expected)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(Modify, new() { ["success"] = false, ["errorCode"] = code, ["errorMessage"] = words });

        Assert.Equal(expected, (await Make(gateway).ModifyAsync(new() { AccountId = 1001, OrderId = OrderId, Size = 3 }, RestLane.Entry, ScriptedGateway.Patience)).Kind.ToString());
    }

    private static Func<string, Microsoft.AspNetCore.Http.HttpContext, Task<bool>> Says(string where, JsonObject reply) => async (path, http) =>
    {
        if (path != where) return false;
        await ScriptedGateway.Json(http, reply.DeepClone());
        return true;
    };

    internal static ProjectXClient Client(ScriptedGateway gateway)
    {
        ProjectXOptions options = FeedRun.Options(gateway);
        FakeTimeProvider time = gateway.Time;
        var chance = new Chance(0);
        var transport = new RestTransport(options, new FeedMetrics(), time);
        var session = new TokenSession(transport, options, time, chance, NullLogger.Instance);
        return new(transport, session, ReadRetry.Create(time, chance));
    }

    private static OrderClient Make(ScriptedGateway gateway) => new(Client(gateway));

    private sealed class Fence : IFence, IDisposable
    {
        public bool IsLost { get; init; }

        public int Passes { get; private set; }

        public ValueTask<IDisposable> EnterAsync(CancellationToken cancel)
        {
            if (IsLost) throw new NotSentException("Another engine took over.");
            Passes++;
            return new(this);
        }

        public void Dispose() => Passes--;
    }
}
