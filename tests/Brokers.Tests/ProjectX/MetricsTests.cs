using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tradewind.Brokers.ProjectX;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>What somebody who listens to the meter learns.</summary>
public sealed class MetricsTests
{
    private const string Es = "CON.F.US.EP.U26";

    [Fact]
    public async Task TheMeterTellsOfMessagesDropsReconnectsCallsAndAges()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        ConcurrentDictionary<string, double> values = new();
        using MeterListener listener = Listen(run.Feed, values);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        await gateway.Broadcast("Trades", "GatewayTrade", Es, """{"price":-5000,"volume":1,"type":0}""");
        await gateway.Hub.SendRecord("rubbish");
        await run.Until(() => run.Feed.Health.Unreadable == 1 && values.ContainsKey("projectx.dropped ES NotPositive"), market);
        gateway.Hub.Abort();
        await run.Until(() => run.Feed.Health.Reconnects == 1 && run.IsLive(0), market);

        listener.RecordObservableInstruments();

        Assert.Equal(run.Feed.Health.Messages, values["projectx.messages"]);
        Assert.Equal(1, values["projectx.unreadable"]);
        Assert.Equal(1, values["projectx.reconnects"]);
        Assert.Equal(1, values["projectx.dropped ES NotPositive"]);
        Assert.True(values.ContainsKey("projectx.rest.duration /api/History/retrieveBars Success"));
        Assert.Equal(0, values["projectx.rest.in_flight"]);
        Assert.InRange(values["projectx.age ES"], 0, 5);
        Assert.True(values["projectx.trades.covered"] > 0);
    }

    private static MeterListener Listen(ProjectXFeed feed, ConcurrentDictionary<string, double> values)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter, feed.Metrics.Meter)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => values.AddOrUpdate(Name(instrument, tags), value, (_, before) => instrument.IsObservable ? value : before + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => values[Name(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => values[Name(instrument, tags)] = value);
        listener.Start();
        return listener;
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string name = instrument.Name;
        foreach (KeyValuePair<string, object?> tag in tags) name += " " + tag.Value;
        return name;
    }
}
