using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>What a program that was started again knows of its requests, and what it tells its engine of them.</summary>
public sealed class RecallTests
{
    [Fact]
    public void AModificationThatACancelCameAfterIsAnsweredTooOnceTheOrderIsFilledAsItWas()
    {
        // Asked to grow from 1 to 2, then to go; the venue filled the one that it was for.
        var intent = new OrderIntent(new(3), "tw-a-3", 0, Side.Sell, OrderType.Stop, 1m, 0m, 4990m, SyncRun.Start);
        OrderTerms asked = new(Side.Sell, OrderType.Stop, TimeInForce.Gtc, OrderPurpose.StopLoss, 2m, 0m, 4991m);
        var memory = new AccountMemory
        {
            Orders = [new(intent, "V-3", Asked: OrderDoubt.Cancel, AskedTerms: asked)],
            Executions = [new(7, new(3), 0, -1m, 4990m, 0m, SyncRun.Start + TimeSpan.FromSeconds(1))],
            ExecutionsSince = SyncRun.Start,
        };

        BrokerEventKind[] told = Told(memory, new("V-3", "tw-a-3", 0, Side.Sell, OrderType.Stop, 1m, 1m, 4990m, 0m, 4990m, VenueOrderState.Filled, SyncRun.Start + TimeSpan.FromSeconds(1)));

        Assert.Contains(BrokerEventKind.ModifyRejected, told);
    }

    /// <summary>The engine takes such an order for one that may never have arrived, and only its acceptance tells it otherwise.</summary>
    [Fact]
    public void AnOrderThatWasToGoBeforeItWasAcceptedIsAcceptedOnceTheVenueShowsIt()
    {
        var intent = new OrderIntent(new(3), "tw-a-3", 0, Side.Sell, OrderType.Stop, 1m, 0m, 4990m, SyncRun.Start);
        var memory = new AccountMemory { Orders = [new(intent, null, Asked: OrderDoubt.Cancel)], ExecutionsSince = SyncRun.Start };

        BrokerEventKind[] told = Told(memory, new("V-3", "tw-a-3", 0, Side.Sell, OrderType.Stop, 1m, 0m, null, 0m, 4990m, VenueOrderState.Working, SyncRun.Start + TimeSpan.FromSeconds(1)));

        Assert.Equal(BrokerEventKind.Accepted, told.First());
    }

    /// <summary>Everything that the engine hears of the order in ten seconds, while the venue answers each question with this row.</summary>
    private static BrokerEventKind[] Told(AccountMemory memory, VenueOrder row)
    {
        List<BrokerEventKind> told = [];
        int asked = 0;
        Timestamp now = SyncRun.Start + TimeSpan.FromSeconds(60);
        var sync = new AccountSynchroniser(new SyncOptions(), memory, now);
        sync.StreamUp(now);
        for (int step = 0; step < 100; step++)
        {
            while (sync.TryTakeRequest(out SyncRequest request))
            {
                Assert.True(++asked < 1000, $"it asks without end: {request}");
                Answer(sync, request, row, now);
            }
            while (sync.TryTakeInput(out Input input)) if (input.Kind == InputKind.Broker) told.Add(input.Broker.Kind);
            now += TimeSpan.FromMilliseconds(100);
            sync.OnTime(now);
        }
        return [.. told];
    }

    private static void Answer(AccountSynchroniser sync, SyncRequest request, VenueOrder row, Timestamp now)
    {
        switch (request.Query)
        {
            case SyncQuery.FillsSince: sync.OnFills(in request, [], now); break;
            case SyncQuery.Positions: sync.OnPositions(in request, [], now); break;
            case SyncQuery.Account: sync.OnAccount(in request, new(1_000_000m, true), now); break;
            case SyncQuery.OpenOrders: sync.OnOrders(in request, row.State.IsLive() ? [row] : [], now); break;
            default: sync.OnOrders(in request, [row], now); break;
        }
    }
}
