using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;
using static Tradewind.Core.Engine.BrokerEventKind;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>The faults of positions and of what the account may, one by one: F23 to F29 of the fault catalogue.</summary>
public sealed class PositionFaultTests
{
    private static readonly TimeSpan[] Lost = [TimeSpan.FromSeconds(-1)];

    private readonly SyncRun _run = new();

    public PositionFaultTests() => Assert.True(_run.RunUntilSynced());

    private OrderId Working(decimal quantity = 1m, Side side = Side.Buy)
    {
        OrderId order = _run.Send(side, quantity);
        _run.Advance(1);
        return order;
    }

    [Fact]
    [Trait("fault", "F23")]
    public void AManualTradeIsNobodysAndAManualOrderIsNoticedOnce()
    {
        VenueOrder byHand = _run.Venue.Place(null, 0, Side.Buy, OrderType.Limit, 2m, 4900m);
        _run.Advance(60);
        _run.Venue.Fill(byHand.VenueId, 2m, 4900m);
        _run.Advance(1);

        Assert.Equal(2m, _run.Books.External[0]);
        Assert.Single(_run.Books.Notices);
        Assert.Equal(AccountState.Synced, _run.Books.State);
        Assert.DoesNotContain(_run.Requests, request => request.Query is SyncQuery.OneOrder or SyncQuery.CancelStray);
    }

    [Fact]
    [Trait("fault", "F24")]
    public void APositionThatNothingExplainsIsAdoptedAtTheVenuesPriceAndOnlyThenIsTheAccountSynced()
    {
        _run.Venue.Move(0, 3m, 5012.25m);
        _run.Advance(0.6);
        Assert.Equal(AccountState.Syncing, _run.Books.State);
        Assert.True(_run.RunUntilSynced());

        AccountEvent adjusted = Assert.Single(_run.Books.Adjustments);
        Assert.Equal((3m, 5012.25m), (adjusted.Quantity, adjusted.Price));
        Assert.Equal(3m, _run.Sync.NetOf(0));
    }

    [Fact]
    [Trait("fault", "F25")]
    public void AnEmptyListOfOrdersEndsNone()
    {
        OrderId order = Working();
        _run.Rest = request => request.Query == SyncQuery.OpenOrders ? new(IsEmpty: true) : null;
        _run.Advance(60);

        Assert.Equal([Accepted], _run.Booked(order).Told);
        Assert.Equal(AccountState.Synced, _run.Books.State);
    }

    [Fact]
    [Trait("fault", "F25")]
    public void AnEmptyListOfPositionsOfTenSecondsFlattensNothing()
    {
        OrderId order = Working();
        _run.Fill(order, 1m);
        _run.Advance(40);
        _run.Rest = request => request.Query == SyncQuery.Positions ? new(IsEmpty: true) : null;
        Assert.True(_run.RunUntil(() => _run.Books.State == AccountState.Syncing, TimeSpan.FromSeconds(31)));
        _run.Advance(10);
        _run.Rest = _ => null;
        Assert.True(_run.RunUntilSynced());

        Assert.Equal(1m, _run.Books.Net[0]);
        Assert.Empty(_run.Books.Adjustments);
    }

    [Fact]
    [Trait("fault", "F25")]
    public void AnOldPageOfPositionsChangesNothing()
    {
        _run.Rest = request => request.Query == SyncQuery.Positions ? new(Age: TimeSpan.FromSeconds(3)) : null;
        for (int i = 0; i < 20; i++)
        {
            OrderId order = Working(1m, i % 2 == 0 ? Side.Buy : Side.Sell);
            _run.Fill(order, 1m);
            _run.Advance(2);
        }

        Assert.Empty(_run.Books.Adjustments);
        Assert.Equal(0m, _run.Books.Net[0]);
    }

    [Fact]
    [Trait("fault", "F25")]
    public void AnOrderThatTheVenueHasLostEndsAfterTwoListsAndTwoLookUps()
    {
        OrderId order = Working();
        string number = _run.AtVenue(order).VenueId;
        _run.Rest = request => request.Query is SyncQuery.OpenOrders || request.VenueId == number ? new(IsEmpty: true) : null;
        _run.Advance(10);

        Assert.Equal([Accepted, Canceled], _run.Booked(order).Told);
    }

    [Fact]
    [Trait("fault", "F25")]
    public void ACutListSaysNothingAboutWhatItLacks()
    {
        OrderId order = Working();
        _run.Rest = request => request.Query is SyncQuery.OpenOrders ? new(Rows: 0) : null;
        _run.Advance(30);

        Assert.Equal([Accepted], _run.Booked(order).Told);
        Assert.DoesNotContain(_run.Requests, request => request.Query == SyncQuery.OneOrder);
    }

    [Fact]
    [Trait("fault", "F28")]
    public void AReplyThatIsOlderThanTheStreamInventsNothing()
    {
        OrderId order = Working(4m);
        _run.Rest = request => request.Query is SyncQuery.Positions or SyncQuery.OpenOrders ? new(Delay: TimeSpan.FromSeconds(2)) : null;
        for (int i = 0; i < 4; i++)
        {
            _run.Advance(1.7);
            _run.Fill(order, 1m);
        }
        _run.Advance(10);

        Assert.Equal([Accepted], _run.Booked(order).Told);
        Assert.Equal((4m, 4m), (_run.Booked(order).Filled, _run.Books.Net[0]));
        Assert.Empty(_run.Books.Adjustments);
        Assert.Single(_run.Books.States, AccountState.Synced);
    }

    [Fact]
    [Trait("fault", "F28")]
    public void ABurstOfFillsDelaysTheComparisonButNotForEver()
    {
        OrderId order = Working(1000m);
        int before = _run.Requests.Count(request => request.Query == SyncQuery.Positions);
        for (int i = 0; i < 200; i++)
        {
            _run.Fill(order, 1m);
            _run.Advance(0.1);
        }

        Assert.InRange(_run.Requests.Count(request => request.Query == SyncQuery.Positions) - before, 1, 3);
        Assert.Equal(200m, _run.Books.Net[0]);
        Assert.Single(_run.Books.States, AccountState.Synced);
    }

    [Fact]
    [Trait("fault", "F29")]
    public void ARestrictedAccountIsAskedAboutOnceAMinuteAndFreedAgain()
    {
        _run.Venue.Set(new(40_000m, false));
        _run.Advance(1);
        Assert.Equal(AccountState.Restricted, _run.Books.State);
        int before = _run.Requests.Count(request => request.Query == SyncQuery.Account);
        for (int i = 0; i < 600; i++)
        {
            OrderIntent intent = _run.Intent();
            _run.Books.Orders.Add(intent.Order, new(intent));
            _run.Sync.Sending(in intent, _run.Now);
            _run.Sync.OnSent(intent.Order, VenueAnswer.Refused("The account is locked."), _run.Now);
            _run.Advance(1);
        }
        Assert.InRange(_run.Requests.Count(request => request.Query == SyncQuery.Account) - before, 9, 10);

        _run.Wire = _ => Lost;
        _run.Venue.Set(new(40_000m, true));
        Assert.True(_run.RunUntilSynced(62));
        Assert.Equal(40_000m, _run.Books.Balance);
    }
}
