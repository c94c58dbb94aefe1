using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Live;

namespace Tradewind.App.Tests;

public sealed class StatusBoardTests
{
    private static readonly Timestamp Noon = Timestamp.FromUtc(2026, 8, 19, 17);

    [Fact]
    public void IndicatorsOfAStrategyWithTwoInstrumentsNameTheirs()
    {
        RunView view = ViewOf(new Averages("NQ"), new Averages(null));

        Assert.Equal(["ES sma(20)"], view.Strategies.Single(row => row.Name == "first").Indicators.Select(indicator => indicator.Name));
        Assert.Equal(["sma(20)"], view.Strategies.Single(row => row.Name == "second").Indicators.Select(indicator => indicator.Name));
    }

    [Fact]
    public void AWarningFromOutsideTheEngineStandsAmongTheAlerts()
    {
        RunView view = ViewOf(new Averages(null), new Averages(null));

        Assert.Contains(view.Alerts, alert => alert.Text == "The disk is nearly full.");
    }

    private static RunView ViewOf(Strategy first, Strategy second)
    {
        var engine = new Engine(new EngineOptions { Instruments = [Find("ES"), Find("NQ")] });
        engine.Add(first, 0, Timeframe.OneMinute, "first");
        engine.Add(second, 0, Timeframe.OneMinute, "second");
        var board = new StatusBoard(engine);
        board.Warn("The disk is nearly full.");
        var timer = Input.Timer(Noon);
        board.On(1, in timer, engine.Process(in timer));
        return board.View!;
    }

    private static Instrument Find(string symbol) => Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new ArgumentException(symbol);

    private sealed class Averages : Strategy
    {
        public Averages(string? leg)
        {
            Use(new Sma(20));
            if (leg is not null) UseLeg(leg);
        }

        protected override void OnBar(in Bar bar)
        {
        }
    }
}
