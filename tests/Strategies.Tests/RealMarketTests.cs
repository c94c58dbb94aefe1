using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation;
using Tradewind.Simulation.Statistics;
using Tradewind.Storage;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>Every strategy on every file of real data: it runs to the end, and its books close.</summary>
public sealed class RealMarketTests
{
    // Of the long ones the first part is enough to meet everything that real data have: halts, gaps, holidays, odd ticks.
    private const int MostRecords = 60_000;

    private static readonly (string File, string Symbol)[] Files =
    [
        ("aapl-1d.csv.gz", "AAPL"), ("btcusd-1m-2018-04.csv.gz", "BTCUSD"), ("es-1m-2013.csv.gz", "ES"), ("eurusd-quotes-2014-05-02.csv.gz", "EURUSD"),
        ("gc-trades-2013-10-07.csv.gz", "GC"), ("spy-1d-1998-2021.csv.gz", "SPY"), ("spy-1m-2013-10.csv.gz", "SPY"),
    ];

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../shared/data"));

    public static TheoryData<string, string> All => new(Files.Select(each => (each.File, each.Symbol)));

    [Theory]
    [MemberData(nameof(All))]
    public void EveryStrategyRunsOverIt(string file, string symbol)
    {
        string path = Path.Combine(Folder, file);
        Assert.SkipUnless(File.Exists(path), "the real market data is not there: it is expected in ../shared/data beside the repository");
        using var data = MarketDataFile.Open(path, new() { Symbol = symbol });
        Instrument instrument = Instruments.TryFind(symbol, out Instrument? found) ? found : throw new InvalidOperationException(symbol);
        int traded = 0;
        foreach (StrategyDescription strategy in StrategyLibrary.BuiltIn.All)
        {
            Engine engine = Run(strategy, data, instrument);
            for (int i = 0; i < engine.StrategyCount; i++) Assert.True(engine.Strategy(i).LastError is null, $"{strategy.Name}: {engine.Strategy(i).LastError}");
            decimal booked = Enumerable.Range(0, engine.StrategyCount).Sum(i => engine.Strategy(i).Counters.RealizedPnl - engine.Strategy(i).Counters.Fees);
            Assert.Equal(engine.Account.Cash - engine.Account.StartingCash, booked);
            if (engine.Strategy(0).Counters.RoundTrips > 0) traded++;
        }
        Assert.True(traded >= 9, $"only {traded} strategies ever traded on {file}");
    }

    /// <summary>The account that the commands begin with, at the defaults: buying power has nothing to deny, and there are trades to judge.</summary>
    [Theory]
    [InlineData("es-1m-2013.csv.gz", "ES")]
    [InlineData("spy-1m-2013-10.csv.gz", "SPY")]
    [InlineData("spy-1d-1998-2021.csv.gz", "SPY")]
    [InlineData("btcusd-1m-2018-04.csv.gz", "BTCUSD")]
    public void TheTurtleSizesItsUnitsSoThatTheAccountCarriesThem(string file, string symbol)
    {
        string path = Path.Combine(Folder, file);
        Assert.SkipUnless(File.Exists(path), "the real market data is not there: it is expected in ../shared/data beside the repository");
        using var data = MarketDataFile.Open(path, new() { Symbol = symbol });
        Instrument instrument = Instruments.TryFind(symbol, out Instrument? found) ? found : throw new InvalidOperationException(symbol);
        var engine = new Engine(new EngineOptions { Instruments = [instrument], StartingCash = 100_000m, AllowShort = true, Rules = [new BuyingPower()] });
        engine.Add(StrategyLibrary.BuiltIn.Find("turtle").Configure([]).Create(instrument), 0, data.Timeframe ?? Timeframe.OneMinute, "turtle");
        var backtest = new Backtest(engine, new VenueOptions());

        backtest.Run(0, data.Bars.Span);

        Assert.Equal(0, backtest.Tally.DeniedOrders);
        Assert.InRange(engine.Strategy(0).Counters.RoundTrips, 40, 2000);
    }

    private static Engine Run(StrategyDescription strategy, MarketDataFile data, Instrument instrument)
    {
        // The pair trades the file against itself, an hour of bars behind.
        Instrument shadow = Markets.Nq;
        bool isPair = strategy.Name == "pairs";
        var engine = new Engine(new EngineOptions { Instruments = isPair ? [instrument, shadow] : [instrument], StartingCash = 10_000_000m, AllowShort = true, Rules = [new BuyingPower()] });
        Timeframe timeframe = data.Timeframe ?? Timeframe.OneMinute;
        engine.Add(strategy.Configure([]).Create(instrument), 0, timeframe, strategy.Name);
        var backtest = new Backtest(engine, new VenueOptions());
        int count = Math.Min(MostRecords, data.Count);
        if (data.Kind == MarketDataKind.Trades) backtest.Run(0, data.Trades.Span[..count]);
        else if (data.Kind == MarketDataKind.Quotes) backtest.Run(0, data.Quotes.Span[..count], timeframe);
        else if (!isPair) backtest.Run(0, data.Bars.Span[..count]);
        else RunPair(backtest, data.Bars.Span[..count]);
        Assert.True(BacktestResult.Of(engine, backtest.Tally).Events > 0);
        return engine;
    }

    private static void RunPair(Backtest backtest, ReadOnlySpan<Bar> bars)
    {
        for (int i = 60; i < bars.Length; i++)
        {
            backtest.OnBar(0, in bars[i]);
            backtest.OnBar(1, bars[i - 60] with { Start = bars[i].Start, End = bars[i].End });
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
