using System.Diagnostics;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A strategy that never returns because a library does not cannot be interrupted, but it is said, and Ctrl-C still ends the program. What does not end in the strategy's own code is ended by counting.</summary>
public sealed class HangingStrategyTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task ABacktestSaysWhereItStandsStillAndIsEndedByForce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        _program.File("bars.csv", Samples.Bars(50));
        _program.File("Hanger.cs", """
            public sealed class Hanger : Strategy
            {
                private int _bars;

                protected override void OnBar(in Bar bar)
                {
                    if (++_bars == 7) _bars = Enumerable.InfiniteSequence(1, 0).Max();
                }
            }
            """);
        using Process backtest = _program.Start("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "Hanger.cs");
        using var limit = new CancellationTokenSource(Generous);

        Assert.Contains("a strategy has not returned from the event after 2024-03-05T15:06:00Z", await backtest.StandardError.ReadLineAsync(limit.Token), StringComparison.Ordinal);

        await Launcher.Signal(backtest, "TERM");
        Ran ended = await Launcher.EndOf(backtest);
        Assert.Equal(130, ended.ExitCode);
        Assert.Contains("did not end within 2 s of the request and was ended by force", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ALoopOfItsOwnEndsWithItsLineAndTheSameNumbersInEveryRun()
    {
        _program.File("bars.csv", Samples.Bars(50));
        _program.File("Hanger.cs", """
            public sealed class Hanger : Strategy
            {
                private int _bars;

                protected override void OnBar(in Bar bar)
                {
                    if (++_bars == 7)
                        while (_bars > 0) _bars = 7;
                }
            }
            """);

        Ran ran = _program.Run("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "Hanger.cs", "--call-rounds", "20000", "--json", "-");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("hanger was suspended: it failed with EndlessCallException: the loop at Hanger.cs:8 was still going round when all 20,000 rounds of this call were spent", ran.Error, StringComparison.Ordinal);
    }
}
