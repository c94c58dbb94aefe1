using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Storage.Sqlite;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Sqlite;

/// <summary>What a wish says of targets and moving stops stands in the story of each order that follows from it.</summary>
public sealed class WishTermsTests : IDisposable
{
    private static readonly Timestamp Started = Timestamp.FromUtc(2024, 1, 2);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void TheEntryAndItsStopAreExplainedByTheTermsOfTheWish()
    {
        var engine = new Engine(new() { Instruments = [EngineRun.Coin] });
        engine.Add(new Scaler(), 0, Timeframe.OneMinute, "scaler");
        SqliteStore store = SqliteStore.Open(_directory["a.db"]);
        List<Order> orders = [];
        using (RunRecorder recorder = store.Record(new("r", "paper", "demo", Started, "0.1.0+abc", """{"strategies":[]}""", "sessions/r.twj"), new([EngineRun.Coin.Symbol], ["scaler"])))
        {
            long sequence = 0;
            void Give(Input input)
            {
                Output[] outputs = engine.Process(in input).ToArray();
                recorder.Record(++sequence, outputs);
                orders.AddRange(outputs.Where(output => output.Kind == OutputKind.OrderSubmitted).Select(output => output.Order));
            }

            Give(new Input(0, new Bar(Started, Started + TimeSpan.FromMinutes(1), 100, 100, 100, 100, 1)));
            Give(new Input(engine.Now, new BrokerEvent(BrokerEventKind.Filled, orders[0].Id, 1, 1m, 100m)));
            recorder.Complete(Started + TimeSpan.FromHours(1), sequence, engine.OutputHash, TimeSpan.FromSeconds(60));
        }
        using RunQueries ask = store.Ask();
        Assert.Equal([OrderPurpose.Target, OrderPurpose.StopLoss, OrderPurpose.TakeProfit], orders.Select(order => order.Purpose));
        foreach (Order order in orders)
        {
            string text = ask.Explain("r", order.Id.Value)!.Events.Single(said => said.Kind == "SignalRaised").Text;
            Assert.Equal("Buy (test): 25% at 110.00, the stop trails by 5 points: kept by the engine", text);
        }
    }

    private sealed class Scaler : Strategy
    {
        protected override void OnBar(in Bar bar) =>
            Emit(new Wish(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Points(5)), Targets = [ProfitTarget.Part(110, 0.25)] });
    }
}
