using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An indicator of trades sees in the engine the trades of each bar, no more and no fewer.</summary>
public sealed class TradeIndicatorTests
{
    [Fact]
    public void ATimeBarEndsBeforeTheTradeThatShowsItsEnd()
    {
        Assert.Equal([3, 3 - 7], DeltasOf(Timeframe.OneMinute, (0, 5), (10, -2), (60, -7), (125, 11)));
    }

    [Fact]
    public void ABarOfTradesContainsTheTradeThatFillsIt()
    {
        Assert.Equal([5 - 2, 5 - 2 - 7 + 11], DeltasOf(new Timeframe(TimeframeKind.Trades, 2), (0, 5), (10, -2), (60, -7), (125, 11)));
    }

    private static List<double> DeltasOf(Timeframe timeframe, params (int Second, int Signed)[] trades)
    {
        var strategy = new Watcher();
        var engine = new Core.Engine.Engine(Bench.Options());
        engine.Add(strategy, 0, timeframe);
        foreach ((int second, int signed) in trades)
        {
            engine.Process(0, new Trade(Bench.Start + TimeSpan.FromSeconds(second), 5000, Math.Abs(signed), signed > 0 ? Aggressor.Buyer : Aggressor.Seller));
        }
        return strategy.Deltas;
    }

    private sealed class Watcher : Strategy
    {
        private readonly CumulativeDelta _delta;

        public Watcher() => _delta = Use(new CumulativeDelta());

        public List<double> Deltas { get; } = [];

        protected override void OnBar(in Bar bar) => Deltas.Add(_delta.Value);
    }
}
