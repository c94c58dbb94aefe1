using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A user's own file in the commands that take a strategy.</summary>
public sealed class UserStrategyTests : IDisposable
{
    private const string Cross = """
        public sealed class OwnCross(OwnCross.Options options) : Strategy
        {
            private readonly double[] _closes = new double[1000];
            private int _count;

            protected override void OnBar(in Bar bar)
            {
                _closes[_count++ % _closes.Length] = bar.Close;
                if (_count < options.Slow) return;
                if (Mean(options.Fast) > Mean(options.Slow)) Buy("above"); else Sell("below");
            }

            private double Mean(int length)
            {
                double sum = 0;
                for (int i = _count - length; i < _count; i++) sum += _closes[i % _closes.Length];
                return sum / length;
            }

            public sealed record Options
            {
                [Range(1, 900)] public int Fast { get; init; } = 10;
                [Range(1, 900)] public int Slow { get; init; } = 30;
            }
        }
        """;

    private readonly Launcher _program = new();

    public UserStrategyTests()
    {
        _program.File("bars.csv", Samples.Bars(2000));
        Directory.CreateDirectory(_program.PathOf("strategies"));
        _program.File("strategies/OwnCross.cs", Cross);
    }

    public void Dispose() => _program.Dispose();

    /// <summary>The same rule written twice, once here with plain arrays and once in the library, trades the same.</summary>
    [Fact]
    public void AFileTradesLikeTheSameRuleOfTheLibrary()
    {
        JsonElement own = Backtest("strategies/OwnCross.cs").Succeeds().Json(), library = Backtest("moving-average-cross").Succeeds().Json();

        Assert.Equal("own-cross", own.GetProperty("strategy").GetProperty("name").GetString());
        Assert.True(library.GetProperty("trades").GetInt32() > 10);
        foreach (string figure in new[] { "trades", "fills", "netProfit", "maxDrawdown", "grossLoss" }) Assert.Equal(library.GetProperty(figure).GetRawText(), own.GetProperty(figure).GetRawText());
    }

    [Fact]
    public void AParameterOfAFileIsSetAndChecked()
    {
        Assert.Equal(12, Backtest("strategies/OwnCross.cs", "--set", "Fast=12").Succeeds().Json().GetProperty("strategy").GetProperty("parameters").GetProperty("Fast").GetInt32());
        Backtest("strategies/OwnCross.cs", "--set", "Fast=901").Refuses(2, "own-cross: Fast must be a whole number between 1 and 900, found 901");
        Backtest("strategies/OwnCross.cs", "--set", "Fats=9").Refuses(2, "there is no parameter Fats; near names: Fast");
    }

    [Fact]
    public void AFileThatDoesNotCompileIsRefusedWithItsPlace()
    {
        _program.File("strategies/Broken.cs", Cross.Replace("if (_count < options.Slow) return;", "if (_count < options.Slwo) return;", StringComparison.Ordinal));

        Backtest("strategies/Broken.cs").Refuses(2, "strategies/Broken.cs:9:30: \"Slwo\" in \"if (_count < options.Slwo) return;\"", "(CS1061)");
    }

    [Fact]
    public void AFileThatBreaksARuleIsRefused()
    {
        _program.File("strategies/Clock.cs", Cross.Replace("_closes[_count++ % _closes.Length] = bar.Close;", "_closes[_count++ % _closes.Length] = DateTime.UtcNow.Ticks;", StringComparison.Ordinal));

        Backtest("strategies/Clock.cs").Refuses(2, "strategies/Clock.cs:8:46: \"DateTime.UtcNow\"", "use Now, the time of what is being processed (TW0001)");
    }

    [Theory]
    [InlineData("strategies/None.cs", "strategies/None.cs: there is no such file")]
    [InlineData("strategies/OwnCross.cs:own-corss", "there is no strategy \"own-corss\" in it; near names: own-cross")]
    [InlineData("none.dll:Own", "none.dll: there is no such file")]
    public void AFileThatIsNotThereIsRefused(string strategy, string expected) => Backtest(strategy).Refuses(2, expected);

    [Fact]
    public void AStrategyThatThrowsFailsTheBacktestAndNamesItsLine()
    {
        _program.File("strategies/Thrower.cs", Cross.Replace("_count++ % _closes.Length", "_count++", StringComparison.Ordinal));

        Ran ran = Backtest("strategies/Thrower.cs");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("own-cross was suspended: it failed with IndexOutOfRangeException: ", ran.Error, StringComparison.Ordinal);
        Assert.Contains("Thrower.cs:8)", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileIsToldOfTheEndAndDisposedOnce()
    {
        string log = _program.PathOf("log.txt");
        _program.File("strategies/Ending.cs", $$"""
            #pragma warning disable TW0004 // The test wants to see it from outside.
            public sealed class Ending : Strategy, IDisposable
            {
                protected override void OnBar(in Bar bar) { }
                protected override void OnStop() => System.IO.File.AppendAllText("{{log}}", "stop ");
                public void Dispose() { System.IO.File.AppendAllText("{{log}}", "dispose "); throw new InvalidOperationException("not so easy"); }
            }
            """);

        Ran ran = Backtest("strategies/Ending.cs").Succeeds();

        Assert.Equal("stop dispose ", File.ReadAllText(log));
        Assert.Contains("ending failed while it was disposed (InvalidOperationException: not so easy).", ran.Error, StringComparison.Ordinal);
    }

    private Ran Backtest(string strategy, params string[] more) => _program.Run(["backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", strategy, "--json", "-", .. more]);
}
