using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>A fill of which the hub says nothing: the snapshot against the stream, every 5 s while orders work and every 30 s otherwise, finds it.</summary>
public sealed class MissedFillTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Lost = [TimeSpan.FromSeconds(-1)];

    [Theory]
    [Trait("fault", "F17")]
    [InlineData(1)]
    [InlineData(2)]
    public void AMissedFillIsFoundWithinTenSecondsAndBookedOnceWhereverItFallsBetweenTwoComparisons(int quantity)
    {
        for (int tenth = 0; tenth < 120; tenth++)
        {
            SyncRun run = Synced();
            OrderId order = run.Send(quantity: 2m);
            run.Advance(1 + tenth * 0.1);
            List<object> lost = LoseAll(run);
            VenueFill fill = run.Fill(order, quantity);

            Assert.True(run.RunUntil(() => run.Booked(order).Filled == quantity, Limit), $"not within {Limit.TotalSeconds} s, {tenth / 10.0} s after the order");
            HearItAfterAll(run, lost);
            run.Advance(60);
            BookedOnce(run, order, fill);
        }
    }

    [Fact]
    [Trait("fault", "F17")]
    public void AMissedFillIsFoundWithinTenSecondsThoughOneComparisonFails()
    {
        SyncRun run = Synced();
        OrderId order = run.Send(quantity: 2m);
        run.Advance(1);
        LoseAll(run);
        VenueFill fill = run.Fill(order, 1m);
        HashSet<SyncQuery> failed = [];
        run.Rest = request => failed.Add(request.Query) ? RestFault.Failure : null;

        Assert.True(run.RunUntil(() => run.Booked(order).Filled == 1m, Limit));
        Assert.Contains(SyncQuery.OpenOrders, failed);
        run.Advance(60);
        BookedOnce(run, order, fill);
    }

    [Fact]
    [Trait("fault", "F17")]
    public void AMissedFillIsFoundWithinTenSecondsAmongFillsThatDoNotCease()
    {
        SyncRun run = Synced();
        OrderId busy = run.Send(quantity: 1000m), quiet = run.Send(quantity: 2m);
        run.Advance(1);
        string number = run.AtVenue(quiet).VenueId;
        run.Wire = row => row is VenueFill fill && fill.VenueOrderId == number || row is VenueOrder order && order.VenueId == number || row is VenuePosition ? Lost : [];
        VenueFill missed = run.Fill(quiet, 1m);
        Timestamp end = run.Now + Limit;
        while (run.Booked(quiet).Filled == 0m && run.Now < end)
        {
            run.Fill(busy, 1m);
            run.Advance(0.1);
        }

        Assert.Equal(1m, run.Booked(quiet).Filled);
        run.Wire = _ => [];
        run.Advance(60);
        BookedOnce(run, quiet, missed);
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 30)]
    public void TheSnapshotIsComparedEveryFiveSecondsWhileAnOrderWorksAndEveryThirtyOtherwise(bool works, int seconds)
    {
        SyncRun run = Synced();
        if (works) run.Send();
        run.Advance(2);
        int Asked(SyncQuery query) => run.Requests.Count(request => request.Query == query);
        (int Orders, int Positions) before = (Asked(SyncQuery.OpenOrders), Asked(SyncQuery.Positions));
        run.Advance(600);

        Assert.InRange(Asked(SyncQuery.OpenOrders) - before.Orders, 600 / seconds - 2, 600 / seconds + 1);
        Assert.InRange(Asked(SyncQuery.Positions) - before.Positions, 600 / seconds - 2, 600 / seconds + 1);
    }

    private static SyncRun Synced()
    {
        var run = new SyncRun();
        Assert.True(run.RunUntilSynced());
        return run;
    }

    /// <summary>From now on the hub is silent; what it would have said is kept.</summary>
    private static List<object> LoseAll(SyncRun run)
    {
        List<object> lost = [];
        run.Wire = row =>
        {
            lost.Add(row);
            return Lost;
        };
        return lost;
    }

    private static void HearItAfterAll(SyncRun run, List<object> lost)
    {
        run.Wire = _ => [];
        foreach (object row in lost) run.Deliver(row);
    }

    private static void BookedOnce(SyncRun run, OrderId order, VenueFill fill)
    {
        Assert.Equal((fill.Quantity, 0), (run.Booked(order).Filled, run.Booked(order).LateFills));
        Assert.Equal(fill.Quantity, run.Books.Booked(fill.ExecutionId));
        Assert.Equal(AccountState.Synced, run.Books.State);
        Assert.Empty(run.Books.Adjustments);
        Assert.Empty(run.Books.Complaints);
        Assert.Empty(Truth.Differences(run, false));
    }
}
