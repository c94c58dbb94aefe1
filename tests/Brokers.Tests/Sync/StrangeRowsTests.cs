using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;
using static Tradewind.Core.Engine.BrokerEventKind;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>Rows of the account stream that can be read and make no sense, one by one: nothing of them is believed against the venue's own lists, and nothing breaks.</summary>
public sealed class StrangeRowsTests
{
    private readonly SyncRun _run = new();

    public StrangeRowsTests() => Assert.True(_run.RunUntilSynced());

    /// <summary>Of an order to buy 2 at 5000 that works.</summary>
    public static TheoryData<string, Func<VenueOrder, VenueOrder>> Orders => new()
    {
        { "its time goes back by a day", row => row with { Updated = row.Updated - TimeSpan.FromDays(1) } },
        { "its time is a year ahead", row => row with { Updated = row.Updated + TimeSpan.FromDays(365) } },
        { "it has no time", row => row with { Updated = default } },
        { "its price is off the grid", row => row with { LimitPrice = 5000.13m } },
        { "it has no price", row => row with { LimitPrice = 0m } },
        { "its price is below zero", row => row with { LimitPrice = -1m } },
        { "its size is nothing", row => row with { Quantity = 0m } },
        { "its size is another", row => row with { Quantity = 7m } },
        { "less than nothing of it is filled", row => row with { Filled = -1m } },
        { "its kind is not known", row => row with { Type = null } },
        { "its kind is another", row => row with { Type = OrderType.Stop, StopPrice = 4000m } },
        { "its instrument is not known", row => row with { Instrument = -1 } },
        { "its side is the other one", row => row with { Side = Side.Sell } },
        { "it has no client id", row => row with { ClientId = null } },
        { "it hangs on an order that nobody knows", row => row with { Parent = "9223372036854775807" } },
        { "it waits again", row => row with { State = VenueOrderState.Pending } },
        { "it is held back", row => row with { State = VenueOrderState.Suspended } },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void ARowThatMakesNoSenseLeavesTheOrderAtWork(string what, Func<VenueOrder, VenueOrder> damage)
    {
        ArgumentNullException.ThrowIfNull(damage);
        OrderId order = Working();
        for (int i = 0; i < 2; i++) _run.Deliver(damage(_run.AtVenue(order)));
        _run.Advance(20);
        Assert.Equal((what, None, 0m), (what, _run.Booked(order).End, _run.Books.Net.GetValueOrDefault(0)));
        AssertUsable();
        _run.Fill(order, 2m);
        _run.Advance(5);
        Assert.Equal((what, Filled, 2m), (what, _run.Booked(order).End, _run.Books.Net[0]));
        AssertUsable();
    }

    [Fact]
    public void AStateThatNobodyKnowsIsADoubtAndAnAlarmUntilTheVenueSaysOneThatSomebodyDoes()
    {
        OrderId order = Working();
        _run.Deliver(_run.AtVenue(order) with { State = VenueOrderState.Unknown });
        Assert.Equal(SubmitInDoubt, _run.Booked(order).Told[^1]);
        Assert.Contains(_run.Books.Notices, notice => notice.Contains("not known here", StringComparison.Ordinal));
        _run.Advance(10);
        Assert.Equal(Accepted, _run.Booked(order).Told[^1]);
        AssertUsable();
    }

    /// <summary>Of an execution of 1 at 5000.</summary>
    public static TheoryData<string, Func<VenueFill, VenueFill>> Fills => new()
    {
        { "its time goes back by an hour", fill => fill with { Time = fill.Time - TimeSpan.FromHours(1) } },
        { "its time is a year ahead", fill => fill with { Time = fill.Time + TimeSpan.FromDays(365) } },
        { "it has no time", fill => fill with { Time = default } },
        { "its number is above 2^31", fill => fill with { ExecutionId = 9_000_000_000 } },
        { "its fee is a rebate", fill => fill with { Fee = -0.5m } },
    };

    [Theory]
    [MemberData(nameof(Fills))]
    public void AnExecutionThatIsOddIsBookedOnceHoweverOftenItIsTold(string what, Func<VenueFill, VenueFill> damage)
    {
        ArgumentNullException.ThrowIfNull(damage);
        OrderId order = Working();
        VenueFill first = _run.Fill(order, 1m);
        _run.Advance(1);
        VenueFill odd = damage(_run.Fill(order, 1m));
        foreach (VenueFill told in new[] { odd, first, odd, first, odd }) _run.Deliver(told);
        Assert.Equal((what, 2m, 0m), (what, _run.Books.Net[0], _run.Books.External.GetValueOrDefault(0)));
        Assert.Empty(_run.Books.Complaints);
    }

    [Fact]
    public void APriceOffTheGridIsBookedAsTheVenueSaysIt()
    {
        OrderId order = Working();
        _run.Fill(order, 2m, 4999.13m);
        _run.Advance(5);
        Assert.Equal(4999.13m, _run.Books.Remembered.Single().Price);
        AssertUsable();
    }

    [Fact]
    public void WhereTheVenuesTrailingStopStandsIsSaidOnceAndOldRowsDoNotTakeItBack()
    {
        OrderId order = _run.Send(_run.Intent(Side.Sell, 1m, OrderType.Stop, stop: 4990m));
        _run.Advance(1);
        // The first may be further away, because the market moved meanwhile; then it comes nearer only, whatever is told late, twice or without a price.
        foreach (decimal price in new[] { 4989m, 4992m, 4992m, 4991m, 0m, 4995m, 4989m }) _run.Deliver(_run.AtVenue(order) with { IsTrailing = true, StopPrice = price });
        Assert.Equal([4989m, 4992m, 4995m], _run.Booked(order).StopMoves);
        Assert.DoesNotContain(_run.Books.Notices, notice => notice.Contains("other terms", StringComparison.Ordinal));
    }

    [Fact]
    public void AMoveOfTheVenuesTrailingStopThatTheStreamDidNotTellIsFoundInTheList()
    {
        OrderId order = _run.Send(_run.Intent(Side.Sell, 1m, OrderType.Stop, stop: 4990m));
        _run.Advance(1);
        _run.Wire = _ => [TimeSpan.FromSeconds(-1)];
        _run.Venue.Change(_run.AtVenue(order).VenueId, row => row with { IsTrailing = true, StopPrice = 4993m });
        _run.Advance(10);
        Assert.Equal([4993m], _run.Booked(order).StopMoves);
        AssertUsable();
    }

    private OrderId Working()
    {
        OrderId order = _run.Send(quantity: 2m);
        _run.Advance(1);
        Assert.Equal([Accepted], _run.Booked(order).Told);
        return order;
    }

    private void AssertUsable()
    {
        Assert.Empty(_run.Books.Complaints);
        Assert.Equal(AccountState.Synced, _run.Books.State);
    }
}
