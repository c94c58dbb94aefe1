using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Storage.Sqlite;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Sqlite;

/// <summary>An execution and its orders stand in the story of each of them.</summary>
public sealed class ExecutionStoryTests : IDisposable
{
    private static readonly Timestamp Started = Timestamp.FromUtc(2024, 1, 2);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void EachChildNamesItsParentAndTheParentItsChildren()
    {
        var engine = new Engine(new() { Instruments = [EngineRun.Coin] });
        engine.Add(new Slicer(), 0, Timeframe.OneMinute, "slicer");
        SqliteStore store = SqliteStore.Open(_directory["a.db"]);
        List<Order> orders = [];
        using (RunRecorder recorder = store.Record(new("r", "paper", "demo", Started, "0.1.0+abc", """{"strategies":[]}""", "sessions/r.twj"), new([EngineRun.Coin.Symbol], ["slicer"])))
        {
            long sequence = 0;
            void Give(Input input)
            {
                Output[] outputs = engine.Process(in input).ToArray();
                recorder.Record(++sequence, outputs);
                orders.AddRange(outputs.Where(output => output.Kind == OutputKind.OrderSubmitted).Select(output => output.Order));
            }

            for (int minute = 0; minute < 3; minute++)
            {
                Timestamp start = Started + TimeSpan.FromMinutes(minute);
                Give(new Input(0, new Bar(start, start + TimeSpan.FromMinutes(1), 100, 100, 100, 100, 1)));
                foreach (Order order in engine.Market(0).Working.ToArray()) Give(new Input(engine.Now, new BrokerEvent(BrokerEventKind.Filled, order.Id, order.Id.Value, order.RemainingQuantity, 100m)));
            }
            recorder.Complete(Started + TimeSpan.FromHours(1), sequence, engine.OutputHash, TimeSpan.FromSeconds(60));
        }
        using RunQueries ask = store.Ask();
        long parent = orders[0].Parent;
        Assert.Equal([parent, parent], orders.Select(order => order.Parent));
        foreach (Order order in orders)
        {
            ExecutionStory execution = ask.Explain("r", order.Id.Value)!.Execution!;
            Assert.Equal(orders.Select(each => each.Id.Value), execution.Children.Select(child => child.Id));
            Assert.Equal(
                [$"execution {parent}: Buy 4, twap over 00:02:00 in 2 slices", $"execution {parent}: Buy 4, is filled"],
                execution.Events.Select(said => said.Text));
        }
        Assert.Equal(2, ask.Execution("r", parent)!.Children.Count);
        Assert.Null(ask.Execution("r", 999));
    }

    private sealed class Slicer : Strategy
    {
        protected override void OnBar(in Bar bar) => Emit(new Wish(SignalAction.Buy, "test") { Quantity = 4, Execution = new Twap(TimeSpan.FromMinutes(2), 2) });
    }
}
