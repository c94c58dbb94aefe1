using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;
using static Tradewind.Core.Engine.BrokerEventKind;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>The faults of cancels, modifications, numbers and states, one by one: F7 to F16 of the fault catalogue.</summary>
public sealed class OrderChangeFaultTests
{
    private readonly SyncRun _run = new();

    public OrderChangeFaultTests() => Assert.True(_run.RunUntilSynced());

    [Fact]
    [Trait("fault", "F7")]
    public void ACancelThatComesTooLateEndsWithTheFillAndNotWithARefusal()
    {
        _run.Wire = _ => [TimeSpan.FromSeconds(0.3)];
        OrderId order = _run.Send();
        _run.Advance(1);
        _run.Fill(order, 1m);
        _run.Cancel(order);
        _run.Advance(3);

        Assert.Equal([Accepted], _run.Booked(order).Told);
        Assert.Equal(Filled, _run.Booked(order).End);
    }

    [Fact]
    [Trait("fault", "F7")]
    public void ARefusedCancelOfAnOrderThatWorksIsToldAfterOneLookUp()
    {
        OrderId order = _run.Send();
        _run.Advance(1);
        _run.Sync.Canceling(order, _run.Now);
        _run.Sync.OnCancelSent(order, VenueAnswer.Refused("Follower accounts cannot cancel orders."), _run.Now);
        _run.Take();
        _run.Advance(1);

        Assert.Equal([Accepted, CancelRejected], _run.Booked(order).Told);
        Assert.Contains("Follower", _run.Booked(order).Text, StringComparison.Ordinal);
        Assert.Single(_run.Requests, request => request.Query == SyncQuery.OneOrder);
    }

    [Fact]
    [Trait("fault", "F8")]
    public void ACancelOfAnOrderThatItsExecutionsEndedSaysThatNothingIsLeft()
    {
        OrderId order = _run.Send();
        _run.Advance(1);
        _run.Fill(order, 1m);
        _run.Advance(1);
        Assert.Equal(Filled, _run.Booked(order).End);

        // An engine that took an overfill for the proof of a larger size still counts on a rest.
        _run.Sync.Canceling(order, _run.Now);
        Assert.True(_run.Sync.TryTakeInput(out Input told));
        Assert.Equal((Canceled, order), (told.Broker.Kind, told.Broker.Order));
    }

    [Fact]
    [Trait("fault", "F8")]
    public void ACancelWithoutAnAnswerIsInDoubtUntilTheVenueShowsThatItHadNoEffect()
    {
        OrderId order = _run.Send();
        _run.Advance(1);
        _run.Cancel(order, SendFault.RequestLost);
        _run.Advance(6);

        Assert.Equal([Accepted, CancelInDoubt, CancelRejected], _run.Booked(order).Told);
        Assert.Equal(VenueOrderState.Working, _run.AtVenue(order).State);
    }

    [Fact]
    [Trait("fault", "F8")]
    public void ACancelThatArrivedWithoutAnAnswerEndsTheOrderEvenIfNoRowOfItComes()
    {
        OrderId order = _run.Send();
        _run.Advance(1);
        _run.Wire = _ => [TimeSpan.FromSeconds(-1)];
        _run.Cancel(order, SendFault.ReplyLost);
        _run.Advance(3);

        Assert.Equal([Accepted, CancelInDoubt, Canceled], _run.Booked(order).Told);
    }

    [Fact]
    [Trait("fault", "F8")]
    public void AFillWhileAModificationIsInFlightIsBookedAndTheTermsAreSettledByALookUp()
    {
        OrderId order = _run.Send(quantity: 2m);
        _run.Advance(1);
        _run.Wire = row => row is VenueFill ? [] : [TimeSpan.FromSeconds(-1)];
        _run.Modify(order, 3m, 5001m, SendFault.ReplyLost);
        _run.Advance(0.1);
        _run.Fill(order, 1m);
        _run.Advance(4);

        Assert.Equal([Accepted, ModifyInDoubt, Modified], _run.Booked(order).Told);
        Assert.Equal((1m, 3m), (_run.Booked(order).Filled, _run.Booked(order).Quantity));
    }

    [Fact]
    [Trait("fault", "F8")]
    public void AModificationThatNeverArrivedIsRefusedAfterTwoLookUps()
    {
        OrderId order = _run.Send(quantity: 2m);
        _run.Advance(1);
        _run.Modify(order, 3m, 5001m, SendFault.RequestLost);
        _run.Advance(5);

        Assert.Equal([Accepted, ModifyInDoubt, ModifyRejected], _run.Booked(order).Told);
    }

    [Fact]
    [Trait("fault", "F8")]
    public void WhereBothWereInVainTheModificationIsSettledBeforeTheCancelLetsTheEngineAskAnew()
    {
        OrderId order = _run.Send(quantity: 2m);
        _run.Advance(1);
        _run.Modify(order, 3m, 5001m, SendFault.RequestLost);
        _run.Cancel(order, SendFault.RequestLost);
        _run.Advance(6);

        BrokerEventKind[] told = [.. _run.Booked(order).Told];
        Assert.Equal([ModifyRejected, CancelRejected], told.Where(kind => kind is ModifyRejected or CancelRejected));
    }

    [Fact]
    [Trait("fault", "F8")]
    public void OfTwoOrdersUnderOneClientIdTheSecondIsCanceled()
    {
        OrderId order = _run.Send();
        _run.Advance(1);
        VenueOrder twin = _run.Venue.Place("tw-s1-1", 0, Side.Buy, OrderType.Limit, 1m, 5001m);
        _run.Advance(5);

        Assert.Equal(VenueOrderState.Canceled, _run.Venue.Order(twin.VenueId).State);
        Assert.Equal(VenueOrderState.Working, _run.Venue.Order(_run.Booked(order).VenueId!).State);
        Assert.Contains(_run.Books.Notices, notice => notice.Contains("second order", StringComparison.Ordinal));
        Assert.Equal(None, _run.Booked(order).End);
    }

    [Fact]
    [Trait("fault", "F8")]
    [Trait("fault", "F33")]
    public void AnOrderThatGoesOnUnderANewNumberAfterAModificationIsFollowedThere()
    {
        OrderId order = _run.Send(quantity: 2m);
        _run.Advance(1);
        string old = _run.AtVenue(order).VenueId;
        _run.Modify(order, 2m, 5003m, SendFault.RequestLost);
        _run.Venue.End(old, VenueOrderState.Canceled);
        VenueOrder next = _run.Venue.Place("tw-s1-1", 0, Side.Buy, OrderType.Limit, 2m, 5003m);
        _run.Advance(5);
        _run.Venue.Fill(next.VenueId, 2m, 5003m);
        _run.Advance(1);

        Assert.Equal(2m, _run.Booked(order).Filled);
        Assert.DoesNotContain(Canceled, _run.Booked(order).Told);
        Assert.Contains(Modified, _run.Booked(order).Told);
    }

    [Fact]
    [Trait("fault", "F12")]
    public void AnOrderNumberThatTheVenueUsesAgainBelongsToItsNewOrder()
    {
        OrderId first = _run.Send();
        _run.Advance(1);
        string number = _run.AtVenue(first).VenueId;
        _run.Fill(first, 1m);
        _run.Advance(1);
        OrderIntent intent = _run.Intent(Side.Sell, 2m);
        _run.Books.Orders.Add(intent.Order, new(intent));
        _run.Sync.Sending(in intent, _run.Now);
        _run.Venue.Place(intent.ClientId, 0, Side.Sell, OrderType.Limit, 2m, 5000m, venueId: number);
        _run.Sync.OnSent(intent.Order, VenueAnswer.Taken(number), _run.Now);
        _run.Advance(1);
        _run.Venue.Fill(number, 1m, 5000m);
        _run.Advance(1);

        Assert.Equal((1m, 1m), (_run.Booked(first).Filled, _run.Booked(intent.Order).Filled));
        Assert.Empty(_run.Books.External);
    }

    [Fact]
    [Trait("fault", "F12")]
    public void NumbersOfAnEarlierVenueSessionSayNothing()
    {
        _run.Up("monday");
        OrderId order = _run.Send(quantity: 2m);
        _run.Advance(1);
        string number = _run.AtVenue(order).VenueId;
        _run.Up("tuesday");
        _run.Deliver(new VenueFill(77, number, 0, Side.Buy, 1m, 5000m, 0m, _run.Now));
        Assert.Equal(0m, _run.Booked(order).Filled);
        _run.Advance(1);

        // The venue still shows the order under this number, and with our client id: then it is ours.
        Assert.Equal(1m, _run.Booked(order).Filled);
    }

    [Fact]
    [Trait("fault", "F13")]
    public void ARefusalKeepsTheVenuesWordsAlthoughTheStreamHasNone()
    {
        OrderIntent intent = _run.Intent();
        _run.Books.Orders.Add(intent.Order, new(intent));
        _run.Sync.Sending(in intent, _run.Now);
        VenueOrder row = _run.Venue.Place(intent.ClientId, 0, Side.Buy, OrderType.Limit, 1m, 5000m, state: VenueOrderState.Rejected);
        _run.Advance(0.1);
        Assert.Empty(_run.Booked(intent.Order).Told);
        _run.Sync.OnSent(intent.Order, VenueAnswer.Refused("Invalid limit price. Price is not aligned to tick size.", row.VenueId), _run.Now);
        _run.Take();

        Assert.Equal([Rejected], _run.Booked(intent.Order).Told);
        Assert.Contains("tick size", _run.Booked(intent.Order).Text, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("fault", "F14")]
    [InlineData(VenueOrderState.Canceled, Canceled)]
    [InlineData(VenueOrderState.Expired, Expired)]
    [InlineData(VenueOrderState.Rejected, Rejected)]
    public void AnEndThatTheVenueMakesIsToldAlsoWhenItsRowIsLost(VenueOrderState state, BrokerEventKind told)
    {
        OrderId order = _run.Send();
        _run.Advance(1);
        _run.Wire = _ => [TimeSpan.FromSeconds(-1)];
        _run.Venue.End(_run.AtVenue(order).VenueId, state);
        _run.Advance(7);

        Assert.Equal([Accepted, told], _run.Booked(order).Told);
    }

    [Fact]
    [Trait("fault", "F15")]
    public void AClientIdInUseProvesThatTheOrderArrived()
    {
        OrderIntent intent = _run.Intent();
        _run.Books.Orders.Add(intent.Order, new(intent));
        _run.Sync.Sending(in intent, _run.Now);
        _run.Wire = _ => [TimeSpan.FromSeconds(-1)];
        _run.Venue.Place(intent.ClientId, 0, Side.Buy, OrderType.Limit, 1m, 5000m);
        _run.Sync.OnSent(intent.Order, VenueAnswer.IdInUse("Specified custom tag is already in use."), _run.Now);
        _run.Take();
        _run.Advance(1);

        Assert.Equal([SubmitInDoubt, Accepted], _run.Booked(intent.Order).Told);
    }

    [Fact]
    [Trait("fault", "F16")]
    public void AStateThatNobodyKnowsIsADoubtAndNeverAnEnd()
    {
        OrderId order = _run.Send();
        _run.Advance(1);
        _run.Venue.End(_run.AtVenue(order).VenueId, VenueOrderState.Unknown);
        _run.Advance(30);
        Assert.Equal([Accepted, SubmitInDoubt], _run.Booked(order).Told);
        Assert.Single(_run.Books.Notices, notice => notice.Contains("not known", StringComparison.Ordinal));
        Assert.Equal(AccountState.Synced, _run.Books.State);

        _run.Venue.End(_run.AtVenue(order).VenueId, VenueOrderState.Working);
        _run.Advance(1);

        Assert.Equal([Accepted, SubmitInDoubt, Accepted], _run.Booked(order).Told);
    }
}
