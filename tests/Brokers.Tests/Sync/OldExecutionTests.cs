using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>Executions are forgotten a week after they were taken in, but not those of an order that still works: its executions are asked for from its beginning on.</summary>
public sealed class OldExecutionTests
{
    private static readonly Timestamp Start = SyncRun.Start + TimeSpan.FromSeconds(60);

    [Fact]
    public void OneOfAnOrderThatWorksForWeeksIsBookedOnce()
    {
        var intent = new OrderIntent(new(3), "tw-a-3", 0, Side.Buy, OrderType.Limit, 5m, 4900m, 0m, SyncRun.Start);
        var sync = new AccountSynchroniser(new SyncOptions(), new AccountMemory { Orders = [new(intent, "V-3")], ExecutionsSince = SyncRun.Start }, Start);
        List<long> booked = [];
        VenueFill first = new(101, "V-3", 0, Side.Buy, 1m, 4900m, 0m, Start);
        sync.StreamUp(Start);

        foreach ((VenueFill fill, int day) in (ReadOnlySpan<(VenueFill, int)>)[(first, 0), (first with { ExecutionId = 102, Time = Start + TimeSpan.FromDays(8) }, 8), (first, 8), (first, 16)])
        {
            sync.On(in fill, Start + TimeSpan.FromDays(day));
            while (sync.TryTakeInput(out Input input)) if (input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.Filled) booked.Add(input.Broker.ExecutionId);
        }

        Assert.Equal([101, 102], booked);
    }
}
