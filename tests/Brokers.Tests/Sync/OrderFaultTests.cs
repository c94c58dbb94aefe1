using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;
using static Tradewind.Core.Engine.BrokerEventKind;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>The faults of orders on their way and of their rows, one by one: F1 to F6 of the fault catalogue.</summary>
public sealed class OrderFaultTests
{
    private readonly SyncRun _run = new();

    public OrderFaultTests() => Assert.True(_run.RunUntilSynced());

    [Fact]
    [Trait("fault", "F1")]
    public void AnOrderWhoseReplyIsLostIsLookedUpAndAdopted()
    {
        _run.Wire = _ => [TimeSpan.FromSeconds(-1)];

        OrderId order = _run.Send(fault: SendFault.ReplyLost);
        _run.Advance(1.9);
        Assert.Empty(_run.Booked(order).Told);
        _run.Advance(0.5);

        Assert.Equal([SubmitInDoubt, Accepted], _run.Booked(order).Told);
        Assert.Equal(_run.AtVenue(order).VenueId, _run.Booked(order).VenueId);
        Assert.Equal(1, _run.Venue.Placed["tw-s1-1"]);
        Assert.Equal(AccountState.Synced, _run.Books.State);
    }

    [Fact]
    [Trait("fault", "F1")]
    public void ARowOfTheStreamInTimeLeavesNoDoubt()
    {
        OrderId order = _run.Send(fault: SendFault.ReplyLost);
        _run.Advance(5);

        Assert.Equal([Accepted], _run.Booked(order).Told);
    }

    [Fact]
    [Trait("fault", "F2")]
    public void AnOrderThatNeverArrivedIsAbsentAfterTwoLookUpsAndTwoListsASecondApart()
    {
        OrderId order = _run.Send(fault: SendFault.RequestLost);
        _run.Advance(2.01);
        Timestamp doubtedAt = _run.Now;
        Assert.True(_run.RunUntil(() => _run.Booked(order).End == Absent, TimeSpan.FromSeconds(10)));

        Assert.Equal([SubmitInDoubt, Absent], _run.Booked(order).Told);
        Assert.Equal(2, _run.Requests.Count(request => request.Query == SyncQuery.OneOrder && request.ClientId == "tw-s1-1"));
        Assert.InRange(_run.Now - doubtedAt, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
    }

    [Fact]
    [Trait("fault", "F2")]
    public void NothingIsProvenAbsentWhileTheStreamIsDown()
    {
        OrderId order = _run.Send(fault: SendFault.RequestLost);
        _run.Down();
        _run.Advance(60);
        Assert.DoesNotContain(Absent, _run.Booked(order).Told);

        _run.Up();
        _run.Advance(5);

        Assert.Equal(Absent, _run.Booked(order).End);
    }

    [Fact]
    [Trait("fault", "F2")]
    [Trait("fault", "F25")]
    public void FailedLookUpsProveNothing()
    {
        _run.Rest = request => request.Query == SyncQuery.OneOrder ? RestFault.Failure : null;
        OrderId order = _run.Send(fault: SendFault.RequestLost);
        _run.Advance(120);
        Assert.Equal([SubmitInDoubt], _run.Booked(order).Told);

        _run.Rest = _ => null;
        Assert.True(_run.RunUntil(() => _run.Booked(order).End == Absent, TimeSpan.FromSeconds(5)));
    }

    /// <summary>The first sending may still be on its way, however certain it is that the second never left.</summary>
    [Fact]
    [Trait("fault", "F2")]
    public void AnOrderWhoseSecondSendingNeverLeftIsInDoubtAndNotCalledNeverSent()
    {
        OrderIntent intent = _run.Intent();
        OrderId order = _run.Send(in intent, SendFault.RequestLost);
        Assert.True(_run.RunUntil(() => _run.Booked(order).End == Absent, TimeSpan.FromSeconds(10)));

        SendInVain(in intent);
        Assert.Equal([SubmitInDoubt, Absent, SubmitInDoubt], _run.Booked(order).Told);
        VenueDesk.Place(_run.Venue, in intent);
        _run.Advance(5);

        Assert.Equal([SubmitInDoubt, Absent, SubmitInDoubt, Accepted], _run.Booked(order).Told);
    }

    [Fact]
    public void AnOrderThatNeverLeftIsOver()
    {
        OrderIntent intent = _run.Intent();
        _run.Books.Orders.TryAdd(intent.Order, new(intent));
        SendInVain(in intent);
        _run.Advance(10);

        Assert.Equal([NotSent], _run.Booked(intent.Order).Told);
    }

    private void SendInVain(in OrderIntent intent)
    {
        _run.Booked(intent.Order).End = None;
        _run.Sync.Sending(in intent, _run.Now);
        _run.Sync.OnSent(intent.Order, VenueAnswer.NotSent("no connection"), _run.Now);
        _run.Take();
    }

    [Fact]
    [Trait("fault", "F2")]
    public void AnAbsentOrderMayBeSentOnceMoreAndNoOtherMay()
    {
        OrderIntent intent = _run.Intent();
        OrderId order = _run.Send(in intent, SendFault.RequestLost);
        Assert.Throws<InvalidOperationException>(() => _run.Sync.Sending(in intent, _run.Now));
        Assert.True(_run.RunUntil(() => _run.Booked(order).End == Absent, TimeSpan.FromSeconds(10)));

        _run.Send(in intent);
        _run.Advance(1);

        Assert.Equal([SubmitInDoubt, Absent, Accepted], _run.Booked(order).Told);
        Assert.Throws<InvalidOperationException>(() => _run.Sync.Sending(in intent, _run.Now));
    }

    [Theory]
    [Trait("fault", "F3")]
    [InlineData(0.5)]
    [InlineData(10)]
    [InlineData(60)]
    public void AReplyAfterTheTimeoutAndAfterTheLookUpChangesNothing(double seconds)
    {
        OrderId order = _run.Send(fault: new(TimeSpan.FromSeconds(0.02), TimeSpan.FromSeconds(2 + seconds), TimeSpan.FromSeconds(2)));
        _run.Advance(1);
        _run.Fill(order, 1m);
        _run.Advance(70);

        Assert.Equal([Accepted], _run.Booked(order).Told);
        Assert.Equal(Filled, _run.Booked(order).End);
        Assert.Empty(_run.Books.Complaints);
    }

    [Fact]
    [Trait("fault", "F3")]
    public void AnOrderThatArrivesAfterItWasProvenAbsentIsFound()
    {
        OrderId order = _run.Send(fault: new(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(2)));
        _run.Advance(7);
        Assert.Equal(Absent, _run.Booked(order).End);
        _run.Advance(3);

        Assert.Equal([SubmitInDoubt, Absent, Found], _run.Booked(order).Told);
        _run.Fill(order, 1m);
        _run.Advance(1);
        Assert.Equal(1m, _run.Booked(order).Filled);
    }

    [Fact]
    [Trait("fault", "F4")]
    public void AFillBeforeTheReplyIsBookedToItsOrder()
    {
        OrderId order = _run.Send(fault: new(TimeSpan.FromSeconds(0.02), TimeSpan.FromSeconds(1), null));
        _run.Advance(0.1);
        _run.Fill(order, 1m);
        _run.Advance(0.1);
        Assert.Equal(1m, _run.Booked(order).Filled);
        _run.Advance(2);

        Assert.Equal([Accepted], _run.Booked(order).Told);
        Assert.Empty(_run.Books.External);
    }

    [Fact]
    [Trait("fault", "F4")]
    public void AFillThatComesBeforeAnyOtherWordOfItsOrderWaitsForTheVenueToSayWhoseItIs()
    {
        _run.Wire = row => row is VenueOrder ? [TimeSpan.FromSeconds(-1)] : [];
        OrderId order = _run.Send(fault: SendFault.ReplyLost);
        _run.Advance(0.1);
        _run.Fill(order, 1m);
        Assert.True(_run.RunUntil(() => _run.Booked(order).Filled == 1m, TimeSpan.FromSeconds(2)));

        Assert.Empty(_run.Books.External);
        Assert.Equal([Accepted], _run.Booked(order).Told);
    }

    [Fact]
    [Trait("fault", "F5")]
    public void ADayOfExecutionsToldAgainIsBookedOnce()
    {
        List<object> day = [];
        _run.Wire = row =>
        {
            day.Add(row);
            return [];
        };
        for (int i = 0; i < 50; i++)
        {
            OrderId order = _run.Send(i % 3 == 0 ? Side.Sell : Side.Buy, 2m);
            _run.Advance(0.2);
            _run.Fill(order, 1m);
            _run.Fill(order, 1m);
        }
        _run.Advance(1);
        int inputs = _run.Books.Log.Count;

        foreach (object row in day.Where(row => row is VenueFill or VenueOrder)) _run.Deliver(row);
        _run.Advance(3);

        Assert.Equal(inputs, _run.Books.Log.Count);
        Assert.Empty(Truth.Differences(_run, false));
    }

    [Fact]
    [Trait("fault", "F6")]
    public void RowsOfAnOrderInAnyOrderLeadToTheSameEnd()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var run = new SyncRun();
            Assert.True(run.RunUntilSynced());
            var chance = new Random(seed);
            run.Wire = _ => [TimeSpan.FromSeconds(chance.NextDouble() * 0.4)];
            OrderId order = run.Send(quantity: 3m);
            run.Advance(0.1);
            run.Fill(order, 1m);
            run.Fill(order, 1m);
            run.Venue.End(run.AtVenue(order).VenueId, VenueOrderState.Canceled);
            run.Advance(5);

            Assert.Equal([Accepted, Canceled], run.Booked(order).Told);
            Assert.Equal(2m, run.Booked(order).Filled);
            Assert.Equal(0, run.Booked(order).LateFills);
            Assert.Empty(run.Books.Complaints);
        }
    }
}
