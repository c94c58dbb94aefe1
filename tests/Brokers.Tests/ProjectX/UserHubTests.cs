using System.Collections.Concurrent;
using System.Text;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Orders;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The user hub: subscribed anew after every connection, and its events understood in whatever form they come.</summary>
public sealed class UserHubTests
{
    private const string Order = """{"id":3425000002,"accountId":1001,"contractId":"CON.F.US.MNQ.U26","creationTimestamp":"2026-08-19T14:00:00.3918123+00:00","status":1,"type":4,"side":1,"size":1,"stopPrice":29398.5,"fillVolume":0,"customTag":"tw-1-2"}""";
    private const string Trade = """{"id":3004000001,"accountId":1001,"contractId":"CON.F.US.MNQ.U26","creationTimestamp":"2026-08-19T14:05:01.5051234+00:00","price":29423.0,"fees":0.36,"commissions":0.25,"side":1,"size":1,"voided":false,"orderId":3425000009}""";
    private const string Position = """{"id":825000001,"accountId":1001,"contractId":"CON.F.US.MNQ.U26","creationTimestamp":"2026-08-19T14:00:00.399+00:00","type":2,"size":3,"averagePrice":29408.5}""";
    private const string Account = """{"id":1001,"name":"PRAC-V2-1-2","balance":149912.50,"canTrade":true,"isVisible":true,"simulated":true}""";

    [Theory]
    [InlineData("""[{"action":1,"data":DATA}]""")]
    [InlineData("""[DATA]""")]
    [InlineData("""[[DATA]]""")]
    [InlineData("""[[{"action":1,"data":DATA},null]]""")]
    [InlineData("""[{"action":1,"data":[DATA]}]""")]
    [InlineData("""["1001",{"action":7,"data":DATA},"more",3]""")]
    public void AnEventIsReadInAnyShapeAndWithAnyNumberOfArguments(string arguments)
    {
        Assert.Equal(["order 3425000002 Open 0/1 stop 29398.5 tag tw-1-2"], Of("GatewayUserOrder", arguments.Replace("DATA", Order, StringComparison.Ordinal)));
        Assert.Equal(["trade 3004000001 of 3425000009 Sell 1 at 29423.0 fee 0.61"], Of("GatewayUserTrade", arguments.Replace("DATA", Trade, StringComparison.Ordinal)));
        Assert.Equal(["position -3 at 29408.5"], Of("GatewayUserPosition", arguments.Replace("DATA", Position, StringComparison.Ordinal)));
        Assert.Equal(["account 1001 149912.50 can trade"], Of("GatewayUserAccount", arguments.Replace("DATA", Account, StringComparison.Ordinal)));
    }

    [Fact]
    public void SeveralObjectsOfOneEventAreSeveralRows() =>
        Assert.Equal(2, Of("GatewayUserOrder", $$"""[[{{Order}},{"action":2,"data":{{Order}}}]]""").Count);

    [Fact]
    public void AnEntryThatCannotBeReadIsReportedAndHidesNoOther()
    {
        ConcurrentQueue<string> lines = Of("GatewayUserTrade", $$"""[[{"id":1},{{Trade}},"text"]]""");

        Assert.Equal(["unreadable: the trade has no orderId", "trade 3004000001 of 3425000009 Sell 1 at 29423.0 fee 0.61", "unreadable: the trade is a String, expected an object"], lines);
    }

    [Theory]
    [InlineData("GatewayUserOrder", "[]")]
    [InlineData("GatewayUserOrder", "[7]")]
    [InlineData("GatewayUserOrder", "null")]
    public void AnEventWithoutAnObjectIsAGapAndNotNothing(string target, string arguments) => Assert.StartsWith("unreadable", Assert.Single(Of(target, arguments)), StringComparison.Ordinal);

    [Fact]
    public void WhatIsNotTheGatewaysIsLeftToSignalR()
    {
        var events = new Lines();
        var records = new UserRecords(events);
        foreach (string record in (string[])["""{"type":6}""", """{"type":3,"invocationId":"1","result":null}""", """{"type":1,"target":"SomethingNew","arguments":[]}""", """{"type":1}"""])
        {
            Assert.False(records.TryConsume(Encoding.UTF8.GetBytes(record), 0), record);
        }
        Assert.True(records.TryConsume("""{"type":1,"target":"GatewayLogout","arguments":[{"a":1},2]}"""u8, 0));
        Assert.Equal(["logout"], events.All);
    }

    [Fact]
    public async Task EveryConnectionSubscribesToAllFourBeforeItCountsAsAStream()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using var run = new Run(gateway);

        await run.Until(() => run.Ups == 1);
        Assert.Equal(["SubscribeAccounts", "SubscribeOrders 1001", "SubscribePositions 1001", "SubscribeTrades 1001"], gateway.Hub.Calls);
        gateway.Hub.Abort();
        await run.Until(() => run.Ups == 2);

        Assert.Equal((2, 4), (gateway.HubCount, gateway.Hub.Calls.Count));
        Assert.Equal((true, 1), (run.Connection.IsConnected, run.Connection.Reconnects));
        Assert.True(run.Downs >= 1);
    }

    [Fact]
    public async Task ASubscriptionThatFailsIsTriedAgainAndThenTheConnectionMadeAnew()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        int refused = 0;
        gateway.RefuseSubscription = method => method == "SubscribeTrades" && Interlocked.Increment(ref refused) <= 4 ? "not now" : null;
        await using var run = new Run(gateway);

        await run.Until(() => run.Ups == 1);

        Assert.Equal((2, 5), (gateway.HubCount, refused));
    }

    [Fact]
    public async Task ALogoutTakesAnotherTokenAndWaitsAMoment()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using var run = new Run(gateway);
        await run.Until(() => run.Ups == 1);
        DateTimeOffset before = gateway.Time.GetUtcNow();

        await gateway.Hub.SendRecord("""{"type":1,"target":"GatewayLogout","arguments":["elsewhere"]}""");
        await run.Until(() => run.Ups == 2);

        Assert.NotEqual(gateway.Hubs[0].Token, gateway.Hubs[1].Token);
        Assert.True(gateway.Time.GetUtcNow() - before >= TimeSpan.FromSeconds(2), $"came back after {gateway.Time.GetUtcNow() - before}");
    }

    [Fact]
    public async Task AGatewayThatIsDownForHoursIsTriedForEver()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        int attempts = 0;
        gateway.AcceptsToken = _ => Interlocked.Increment(ref attempts) > 40;
        await using var run = new Run(gateway);

        await run.Until(() => run.Ups == 1, TimeSpan.FromSeconds(5));

        Assert.True(attempts > 40, $"{attempts} attempts");
    }

    [Fact]
    public async Task EventsReachTheirReaderInTheOrderOfTheWire()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using var run = new Run(gateway);
        await run.Until(() => run.Ups == 1);

        for (int filled = 0; filled < 20; filled++)
        {
            string order = Order.Replace("\"fillVolume\":0", $"\"fillVolume\":{filled}", StringComparison.Ordinal).Replace("\"size\":1", "\"size\":20", StringComparison.Ordinal);
            await gateway.Hub.SendRecord($$"""{"type":1,"target":"GatewayUserOrder","arguments":[{"action":1,"data":{{order}}}]}""");
        }
        await run.Until(() => run.Events.All.Count == 20);

        Assert.Equal(Enumerable.Range(0, 20).Select(filled => $"order 3425000002 Open {filled}/20 stop 29398.5 tag tw-1-2"), run.Events.All);
    }

    private static ConcurrentQueue<string> Of(string target, string arguments)
    {
        var events = new Lines();
        Assert.True(new UserRecords(events).TryConsume(Encoding.UTF8.GetBytes($$"""{"type":1,"target":"{{target}}","arguments":{{arguments}}}"""), 0));
        return events.All;
    }

    private sealed class Lines : IUserEvents
    {
        public ConcurrentQueue<string> All { get; } = new();

        public Action LoggedOut { get; set; } = () => { };

        public void On(OrderRow row) => Add($"order {row.Id} {row.Status} {row.FillVolume}/{row.Size} stop {row.StopPrice} tag {row.CustomTag}");

        public void On(TradeRow row) => Add($"trade {row.Id} of {row.OrderId} {row.Side} {row.Size} at {row.Price} fee {row.Fee}");

        public void On(PositionRow row) => Add($"position {row.Quantity} at {row.AveragePrice}");

        public void On(AccountRow row) => Add($"account {row.Id} {row.Balance} {(row.CanTrade ? "can" : "cannot")} trade");

        public void OnUnreadable(string what) => Add($"unreadable: {what}");

        public void OnLogout()
        {
            Add($"logout");
            LoggedOut();
        }

        private void Add(FormattableString line) => All.Enqueue(FormattableString.Invariant(line));
    }

    /// <summary>A user connection to a scripted gateway under its clock.</summary>
    private sealed class Run : IAsyncDisposable
    {
        private readonly ScriptedGateway _gateway;
        private readonly ProjectXLogin _login;
        private readonly CancellationTokenSource _stop = new();
        private readonly HttpClient _http = new();
        private readonly Task _running;
        private int _ups;
        private int _downs;

        public Run(ScriptedGateway gateway)
        {
            _gateway = gateway;
            _login = new(FeedRun.Options(gateway) with { UserHub = new(gateway.Address, "/hubs/user") }, gateway.Time);
            IHub Hub() => new SignalRHub(_login.Options.UserHub, _login.Options.Hub, new UserRecords(Events), null, gateway.Time, _login.Logs);
            Connection = new(Hub, 1001, _login.Session, new Background(), _login.Options, _login.Chance, gateway.Time, _login.Log)
            {
                Up = () => Interlocked.Increment(ref _ups),
                Down = _ => Interlocked.Increment(ref _downs),
            };
            Events.LoggedOut = Connection.LogOut;
            _running = Connection.RunAsync(_stop.Token);
        }

        public Lines Events { get; } = new();

        public UserConnection Connection { get; }

        public int Ups => Volatile.Read(ref _ups);

        public int Downs => Volatile.Read(ref _downs);

        public async Task Until(Func<bool> condition, TimeSpan? step = null)
        {
            CancellationToken patience = ScriptedGateway.Patience;
            while (!condition())
            {
                if (_running.IsFaulted) await _running;
                patience.ThrowIfCancellationRequested();
                _gateway.Time.Advance(step ?? TimeSpan.FromMilliseconds(50));
                for (int trips = 0; trips < 3; trips++) (await _http.GetAsync(new Uri(_gateway.Address, "/pulse"), patience)).Dispose();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAny(_running).WaitAsync(ScriptedGateway.Patience);
            _login.Dispose();
            _http.Dispose();
            _stop.Dispose();
        }
    }
}
