using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Simulation;
using Tradewind.Simulation.Fees;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>A change of these hashes is a change of what a strategy does on the same market; the commit that makes it says why.</summary>
public sealed class PinnedHashTests
{
    [Theory]
    [InlineData("moving-average-cross", "74ad5e98e0e0a3c4 794 trades")]
    [InlineData("macd-crossover", "c07e465a0903c074 1599 trades")]
    [InlineData("bollinger-reversion", "7b193e6e14298ceb 223 trades")]
    [InlineData("turtle", "f4db39a0c8495ccd 598 trades")]
    [InlineData("grid", "d9db348804f8f6bc 263 trades")]
    [InlineData("multi-strategy", "79d77498133fabd6 1446 trades")]
    [InlineData("voting", "3ad776ab5dba3ea5 843 trades")]
    [InlineData("weighted", "ed0a76710aaef104 731 trades")]
    [InlineData("pairs", "1b4fa733d18bc1f9 578 trades")]
    [InlineData("do-nothing", "cdc1f925d39aa23d 0 trades")]
    [InlineData("rsi-reversion", "0adc7c47e13a9357 363 trades")]
    [InlineData("momentum-breakout", "254dda6924c24575 432 trades")]
    [InlineData("trend-following", "f626bdafa7821132 330 trades")]
    [InlineData("parabolic-sar", "c26717ee0b78e8e0 1882 trades")]
    [InlineData("supertrend", "5b6b52b1a7bbe876 608 trades")]
    [InlineData("ichimoku", "49571e847de12187 811 trades")]
    [InlineData("volatility-breakout", "272d7d6c61a00f38 693 trades")]
    [InlineData("atr-trailing-stop", "3d4e76b860f99a88 787 trades")]
    [InlineData("opening-range-breakout", "c48aa1b46e2a2392 25 trades")]
    [InlineData("vwap-reversion", "0bcfcbc4e1a11098 108 trades")]
    public void ABacktestOnTheGeneratedMarketHasItsHash(string name, string hash)
    {
        (Engine engine, Backtest backtest) = Run(name);
        Assert.Equal(hash, $"{engine.OutputHash:x16} {backtest.Tally.Trades.Count} trades");
    }

    private static (Engine, Backtest) Run(string name)
    {
        var engine = new Engine(new EngineOptions { Instruments = [Markets.Es, Markets.Nq], StartingCash = 1_000_000m, AllowShort = true });
        engine.Add(StrategyLibrary.BuiltIn.Find(name).Configure([]).Create(Markets.Es), 0, Timeframe.OneMinute, name);
        var backtest = new Backtest(engine, new VenueOptions { Fees = new PerUnit(2.25m) });
        if (name != "pairs") backtest.Run(0, Markets.Generated());
        else foreach ((int instrument, Bar bar) in Markets.Together(Markets.Generated("ES"), Markets.Generated("NQ"))) backtest.OnBar(instrument, in bar);
        return (engine, backtest);
    }
}
