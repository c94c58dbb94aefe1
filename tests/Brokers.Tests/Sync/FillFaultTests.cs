using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;
using static Tradewind.Core.Engine.BrokerEventKind;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>The faults of fills, one by one: F17 to F22 of the fault catalogue.</summary>
public sealed class FillFaultTests
{
    private static readonly TimeSpan[] Lost = [TimeSpan.FromSeconds(-1)];

    private readonly SyncRun _run = new();

    public FillFaultTests() => Assert.True(_run.RunUntilSynced());

    private OrderId Working(decimal quantity = 1m, Side side = Side.Buy)
    {
        OrderId order = _run.Send(side, quantity);
        _run.Advance(1);
        return order;
    }

    [Fact]
    [Trait("fault", "F17")]
    public void AMissingExecutionIsFoundByTheOrdersOwnRow()
    {
        OrderId order = Working(2m);
        _run.Wire = row => row is VenueFill ? Lost : [];
        _run.Fill(order, 1m);
        _run.Advance(1);

        Assert.Equal(1m, _run.Booked(order).Filled);
    }

    [Fact]
    [Trait("fault", "F17")]
    public void AMissingExecutionIsFoundByThePositionsRow()
    {
        OrderId order = Working(2m);
        _run.Wire = row => row is VenuePosition ? [] : Lost;
        _run.Fill(order, 1m);
        _run.Advance(1);

        Assert.Equal(1m, _run.Booked(order).Filled);
    }

    [Fact]
    [Trait("fault", "F17")]
    public void AnEventOfWhichNothingComesIsFoundByTheNextComparison()
    {
        OrderId order = Working(2m);
        _run.Wire = _ => Lost;
        VenueFill fill = _run.Fill(order, 2m);
        Assert.True(_run.RunUntil(() => _run.Booked(order).Filled == 2m, TimeSpan.FromSeconds(7)));

        Assert.InRange(_run.Now - fill.Time, TimeSpan.Zero, TimeSpan.FromSeconds(7));
        Assert.Empty(Truth.Differences(_run, false));
    }

    [Fact]
    [Trait("fault", "F18")]
    public void FillsDuringADisconnectAreBookedBeforeTheAccountIsSynced()
    {
        OrderId first = Working(2m), second = Working(1m, Side.Sell);
        _run.Down();
        Assert.Equal(AccountState.Unsynced, _run.Books.State);
        _run.Fill(first, 1m);
        _run.Fill(second, 1m);
        _run.Advance(1);
        _run.Up();
        Assert.Equal(AccountState.Syncing, _run.Books.State);
        Timestamp upAt = _run.Now;
        Assert.True(_run.RunUntilSynced());

        Assert.InRange(_run.Now - upAt, TimeSpan.Zero, TimeSpan.FromSeconds(0.2));
        Assert.Equal((1m, 1m), (_run.Booked(first).Filled, _run.Booked(second).Filled));
        Assert.Empty(Truth.Differences(_run, false));
    }

    [Fact]
    [Trait("fault", "F18")]
    public void AGapWithoutAWordIsAGapAllTheSame()
    {
        _run.Up();

        Assert.Equal(AccountState.Syncing, _run.Books.State);
        Assert.True(_run.RunUntilSynced(0.2));
    }

    [Fact]
    [Trait("fault", "F19")]
    public void AnOrderThatIsCanceledAfterAPartEndsOnceThePartIsBooked()
    {
        OrderId order = Working(3m);
        _run.Wire = row => row is VenueFill ? [TimeSpan.FromSeconds(0.2)] : [];
        _run.Fill(order, 1m);
        _run.Cancel(order);
        _run.Advance(1);

        Assert.Equal([Accepted, Canceled], _run.Booked(order).Told);
        Assert.Equal((1m, 0), (_run.Booked(order).Filled, _run.Booked(order).LateFills));
    }

    [Fact]
    [Trait("fault", "F20")]
    public void AnExecutionOfAnUnknownOrderIsBookedAsNobodysOnceTheVenueHasBeenAsked()
    {
        _run.Wire = row => row is VenueOrder ? Lost : [];
        VenueFill fill = _run.Venue.TradeByHand(0, Side.Sell, 2m, 5000m);
        Assert.True(_run.RunUntil(() => _run.Books.Booked(fill.ExecutionId) == -2m, TimeSpan.FromSeconds(3)));

        Assert.Equal(-2m, _run.Books.External[0]);
        Assert.Single(_run.Requests, request => request.Query == SyncQuery.OneOrder && request.VenueId == fill.VenueOrderId);
    }

    [Fact]
    [Trait("fault", "F20")]
    public void AnExecutionThatWasNobodysMovesToItsOrderOnceItIsKnown()
    {
        OrderIntent intent = _run.Intent();
        _run.Books.Orders.Add(intent.Order, new(intent));
        _run.Sync.Sending(in intent, _run.Now);
        VenueOrder row = _run.Venue.Place(null, 0, Side.Buy, OrderType.Limit, 1m, 5000m);
        _run.Venue.Fill(row.VenueId, 1m, 5000m);
        _run.Advance(1);
        Assert.Equal(1m, _run.Books.External[0]);
        _run.Sync.OnSent(intent.Order, VenueAnswer.Taken(row.VenueId), _run.Now);
        _run.Take();

        Assert.Equal((0m, 1m, 1m), (_run.Books.External[0], _run.Booked(intent.Order).Filled, _run.Books.Net[0]));
    }

    [Fact]
    [Trait("fault", "F21")]
    public void MoreThanWasOrderedIsPassedOn()
    {
        OrderId order = Working(1m);
        _run.Fill(order, 3m);
        _run.Advance(1);

        Assert.Equal((3m, 3m), (_run.Booked(order).Filled, _run.Books.Net[0]));
        Assert.Equal(AccountState.Synced, _run.Books.State);
    }

    [Fact]
    [Trait("fault", "F22")]
    public void AnExecutionTakenBackIsReversedWhoeverItWasOf()
    {
        OrderId order = Working(2m);
        VenueFill ours = _run.Fill(order, 1m), theirs = _run.Venue.TradeByHand(1, Side.Sell, 2m, 100m);
        _run.Advance(1);
        _run.Venue.Void(ours.ExecutionId);
        _run.Venue.Void(theirs.ExecutionId);
        _run.Advance(1);

        Assert.Equal((0m, 0m, 0m), (_run.Booked(order).Filled, _run.Books.Net[0], _run.Books.Net[1]));
        Assert.Empty(Truth.Differences(_run, false));
    }

    [Fact]
    [Trait("fault", "F22")]
    public void AnExecutionTakenBackWhileTheStreamWasDownIsFoundBySweeping()
    {
        OrderId order = Working(2m);
        VenueFill fill = _run.Fill(order, 1m);
        _run.Advance(1);
        _run.Down();
        _run.Venue.Void(fill.ExecutionId);
        _run.Up();
        _run.Advance(5);

        Assert.Equal((0m, AccountState.Synced), (_run.Booked(order).Filled, _run.Books.State));
    }
}
