using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>A venue whose list of open orders never has an order that each look-up of it shows.</summary>
public sealed class ContradictionTests
{
    private static readonly VenueOrder Row = new("V-3", "tw-a-3", 0, Side.Buy, OrderType.Limit, 1m, 0m, null, 4900m, 0m, VenueOrderState.Working, SyncRun.Start);

    private readonly List<Timestamp> _lookUps = [];
    private readonly AccountSynchroniser _sync;
    private Timestamp _now = SyncRun.Start + TimeSpan.FromSeconds(60);
    private bool _isListed;

    public ContradictionTests()
    {
        var intent = new OrderIntent(new(3), "tw-a-3", 0, Side.Buy, OrderType.Limit, 1m, 4900m, 0m, SyncRun.Start);
        _sync = new(new SyncOptions(), new AccountMemory { Orders = [new(intent, "V-3")], ExecutionsSince = SyncRun.Start }, _now);
    }

    [Fact]
    public void ItIsAskedAtGrowingPausesAndNeverNoMore()
    {
        _sync.StreamUp(_now);
        Pass(TimeSpan.FromMinutes(2));

        Assert.InRange(_lookUps.Count, 12, 24);
        Assert.All(_lookUps.Zip(_lookUps.Skip(1)).TakeLast(8), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(16)));
    }

    [Fact]
    public void OnceItWasListedTheNextListWithoutItIsLookedIntoAtOnce()
    {
        _sync.StreamUp(_now);
        Pass(TimeSpan.FromMinutes(2));
        _isListed = true;
        Pass(TimeSpan.FromSeconds(30));
        _lookUps.Clear();
        _isListed = false;

        Timestamp before = _now;
        Pass(TimeSpan.FromSeconds(12));

        Assert.InRange(_lookUps[0] - before, TimeSpan.Zero, new SyncOptions().CompareWorking + TimeSpan.FromSeconds(1));
        Assert.InRange(_lookUps.Count, 3, 6);
    }

    [Fact]
    public void QuestionsThatAreNeverAnsweredAreSaidOnceWithTheReason()
    {
        List<string> said = [];
        _sync.StreamUp(_now);
        for (int i = 0; i < 600; i++, _now += TimeSpan.FromMilliseconds(100))
        {
            _sync.OnTime(_now);
            while (_sync.TryTakeRequest(out SyncRequest request))
            {
                if (request.Query == SyncQuery.FillsSince) _sync.OnFailure(in request, "Trade/search answered with a web page.", _now);
                else Answer(in request);
            }
            while (_sync.TryTakeInput(out Input input)) if (input.Text is { } text) said.Add(text);
        }

        Assert.Single(said, text => text.Contains("FillsSince", StringComparison.Ordinal) && text.EndsWith("Trade/search answered with a web page.", StringComparison.Ordinal));
    }

    private void Pass(TimeSpan time)
    {
        for (Timestamp end = _now + time; _now < end; _now += TimeSpan.FromMilliseconds(100))
        {
            _sync.OnTime(_now);
            int asked = 0;
            while (_sync.TryTakeRequest(out SyncRequest request))
            {
                Assert.True(++asked < 20, $"it asks without end: {request}");
                Answer(in request);
            }
            while (_sync.TryTakeInput(out _)) { }
        }
    }

    private void Answer(in SyncRequest request)
    {
        switch (request.Query)
        {
            case SyncQuery.FillsSince: _sync.OnFills(in request, [], _now); break;
            case SyncQuery.Positions: _sync.OnPositions(in request, [], _now); break;
            case SyncQuery.Account: _sync.OnAccount(in request, new(1_000_000m, true), _now); break;
            case SyncQuery.OpenOrders: _sync.OnOrders(in request, _isListed ? [Row] : [], _now); break;
            default:
                if (request.Query == SyncQuery.OneOrder) _lookUps.Add(_now);
                _sync.OnOrders(in request, [Row], _now);
                break;
        }
    }
}
