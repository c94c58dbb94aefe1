using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Brackets;
using Tradewind.Brokers.ProjectX.Contracts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>What is known of the stops and targets that the gateway made, by its own rows.</summary>
public sealed class LegBookTests
{
    private const string Tag = "tw-1-1";

    private readonly LegBook _book = new(new InstrumentMap([], new ContractDirectory(null!, live: false, NullLogger.Instance)), null, new FakeTimeProvider());
    private readonly BracketedEntry _entry;

    public LegBookTests()
    {
        _book.Leaving(Tag, 0, WireSide.Buy, 0, hasStop: true, hasTarget: false);
        _book.Read(new(1, 1001, "A", default, null, WireOrderStatus.Filled, WireOrderType.Market, WireSide.Buy, 3, null, null, 3, 5000m, Tag, null));
        _book.Read(Stop(WireOrderStatus.Open, filled: 0));
        _entry = _book.EntryFor(0, WireSide.Sell, 0)!;
    }

    [Fact]
    public void AnExecutionOfALegCountsOnceHoweverOftenItIsTold()
    {
        foreach (long id in new[] { 7L, 7L, 8L, 7L, 8L }) _book.See(Trade(id));
        Assert.Equal(2, _entry.Legs.Single().Told);
        _book.See(Trade(9));
        Assert.Equal(3, _entry.Legs.Single().Told);
    }

    [Fact]
    public void ALegIsOpenUntilEachOfItsExecutionsWasTold()
    {
        _book.Claim(_entry.Legs.Single(), "tw-1-2");
        _book.Read(Stop(WireOrderStatus.Filled, filled: 3));
        foreach (long id in new[] { 7L, 7L, 7L, 8L }) _book.See(Trade(id));
        Assert.NotNull(_book.EntryFor(0, WireSide.Sell, 0));
        _book.See(Trade(9));
        Assert.Null(_book.EntryFor(0, WireSide.Sell, 0));
    }

    [Fact]
    public void WhatALaterRowOfALegCallsFilledIsPassedOnThoughAnEarlierOneCalledMore()
    {
        _book.Claim(_entry.Legs.Single(), "tw-1-2");
        Assert.Equal(2m, _book.Read(Stop(WireOrderStatus.Open, filled: 2))!.Value.Filled);
        VenueOrder later = _book.Read(Stop(WireOrderStatus.Open, filled: 0))!.Value;
        Assert.Equal((0m, "tw-1-2", "2"), (later.Filled, later.ClientId, later.VenueId));
    }

    private static OrderRow Stop(WireOrderStatus status, long filled) =>
        new(2, 1001, "A", default, null, status, WireOrderType.Stop, WireSide.Sell, 3, null, 4990m, filled, null, Tag + "-SL", 1);

    private static TradeRow Trade(long id) => new(id, 1001, 2, "A", default, WireSide.Sell, 1, 4990m, 0m, false);
}
