using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;
using static Tradewind.Core.Engine.BrokerEventKind;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>A row of the stream calls more of an order filled than any list of executions has: only what the venue says again when it is asked about the order is believed.</summary>
public sealed class ClaimTests
{
    private readonly SyncRun _run = new();

    public ClaimTests() => Assert.True(_run.RunUntilSynced());

    /// <summary>Of an order to buy 2 that works and of which nothing is filled.</summary>
    public static TheoryData<string, Func<VenueOrder, VenueOrder>> TooMuch => new()
    {
        { "a part", row => row with { Filled = 1m, AveragePrice = 5000m } },
        { "all of it, and it works", row => row with { Filled = 2m } },
        { "all of it", row => row with { Filled = 2m, State = VenueOrderState.Filled } },
        { "all of it, without saying how much", row => row with { State = VenueOrderState.Filled } },
        { "a part, and canceled", row => row with { Filled = 1m, State = VenueOrderState.Canceled } },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void OneRowInventsNoPositionAndEndsNoOrder(string what, Func<VenueOrder, VenueOrder> claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        OrderId order = Working();
        _run.Deliver(claim(_run.AtVenue(order)));
        _run.Advance(20);
        Assert.Equal((what, None, 0m, AccountState.Synced), (what, _run.Booked(order).End, _run.Books.Net.GetValueOrDefault(0), _run.Books.State));
        Assert.Contains(_run.Books.Notices, notice => notice.Contains("says 0 when it is asked", StringComparison.Ordinal));

        _run.Fill(order, 2m);
        _run.Advance(5);
        Assert.Equal((what, Filled, 2m), (what, _run.Booked(order).End, _run.Books.Net[0]));
        Assert.Empty(Truth.Differences(_run, false));
    }

    [Fact]
    public void OfAnOrderThatFilledInPartOneRowInventsNoRest()
    {
        OrderId order = Working();
        _run.Fill(order, 1m);
        _run.Advance(1);
        _run.Deliver(_run.AtVenue(order) with { Filled = 2m, State = VenueOrderState.Filled });
        _run.Advance(20);
        Assert.Equal((None, 1m, 0L), (_run.Booked(order).End, _run.Books.Net[0], _run.Sync.Counts.SyntheticFills));
        Assert.Empty(Truth.Differences(_run, false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void WhatTheOrderStandsByIsBookedWithinTenSecondsThoughNoListEverHasTheExecution(int quantity)
    {
        OrderId order = Working();
        _run.Venue.Hidden = () => TimeSpan.FromDays(1);
        int before = _run.Requests.Count;
        _run.Fill(order, quantity);

        Assert.True(_run.RunUntil(() => _run.Booked(order).Filled == quantity, TimeSpan.FromSeconds(10)));
        SyncQuery[] asked = [.. _run.Requests.Skip(before).Select(request => request.Query).Where(query => query is SyncQuery.FillsSince or SyncQuery.OneOrder)];
        Assert.Equal([SyncQuery.FillsSince, SyncQuery.FillsSince, SyncQuery.OneOrder], asked);
        _run.Advance(20);
        Assert.Equal((quantity, AccountState.Synced), (_run.Books.Net[0], _run.Books.State));
        Assert.Empty(_run.Books.Complaints);
    }

    [Fact]
    public void OneLookUpThatLagsBehindTakesNothingBack()
    {
        OrderId order = Working();
        _run.Venue.Hidden = () => TimeSpan.FromDays(1);
        bool isOld = true;
        _run.Rest = request =>
        {
            if (request.Query != SyncQuery.OneOrder || !isOld) return null;
            isOld = false;
            return new(Age: TimeSpan.FromSeconds(5));
        };
        _run.Fill(order, 2m);
        _run.Advance(10);
        Assert.Equal((false, Filled, 2m, AccountState.Synced), (isOld, _run.Booked(order).End, _run.Books.Net[0], _run.Books.State));
    }

    [Fact]
    public void WhatTheOrderStandsByInPartIsBookedInPart()
    {
        OrderId order = Working();
        _run.Venue.Hidden = () => TimeSpan.FromDays(1);
        _run.Fill(order, 1m);
        _run.Deliver(_run.AtVenue(order) with { Filled = 2m });
        _run.Advance(10);
        Assert.Equal((None, 1m, AccountState.Synced), (_run.Booked(order).End, _run.Books.Net[0], _run.Books.State));
    }

    [Fact]
    public void LookUpsThatDoNotHaveTheOrderTakeTheClaimBackOnlyAfterLong()
    {
        OrderId order = Working();
        _run.Rest = request => request.Query is SyncQuery.OneOrder or SyncQuery.OrdersSince or SyncQuery.OpenOrders ? new(IsEmpty: true) : null;
        _run.Deliver(_run.AtVenue(order) with { Filled = 1m });
        _run.Advance(10);
        Assert.Equal(AccountState.Syncing, _run.Books.State);
        Assert.Equal(None, _run.Booked(order).End);
        _run.Advance(30);
        Assert.Equal(0m, _run.Books.Net.GetValueOrDefault(0));
        Assert.Equal(0, _run.Sync.Counts.SyntheticFills);
    }

    private OrderId Working()
    {
        OrderId order = _run.Send(quantity: 2m);
        _run.Advance(1);
        Assert.Equal([Accepted], _run.Booked(order).Told);
        return order;
    }
}
