using System.CommandLine;
using Tradewind.App.Commands.Backtesting;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

/// <summary>The command line of a backtest; <see cref="BacktestRun"/> does the work.</summary>
internal sealed class BacktestCommand
{
    public const string Name = "backtest";
    public const string Purpose = "Runs a strategy over history and says what it would have earned.";

    private readonly StrategyOptions _strategy = new();
    private readonly BacktestOptions _market = new();
    private readonly Option<string> _json = Opt.Text("--json", "FILE|-", "Writes the result as JSON; - is standard output, and nothing else is printed there then.");
    private readonly Option<string> _report = Opt.Text("--report", "FILE.html", "Writes an HTML report.");
    private readonly Option<string> _trades = Opt.Text("--trades", "FILE.csv", "Writes the closed round trips as CSV.");

    public static Command Create(Surroundings around) => new BacktestCommand().Build(around);

    private TradewindCommand Build(Surroundings around)
    {
        _report.Hidden = true;
        var command = new TradewindCommand(Name, Purpose,
            "tradewind backtest --data es.csv.gz --symbol ES --strategy moving-average-cross --set Fast=10 --set Slow=30",
            "tradewind backtest --data es.csv.gz --symbol ES --strategy strategies/ThreeBarBreakout.cs",
            "tradewind backtest --data es.csv.gz --symbol ES --leg SPY=spy.csv.gz --strategy pairs --set Other=SPY --short",
            "tradewind backtest --data es.twr --strategy macd-crossover --timeframe 5m --short --commission 2.5 --json result.json")
        {
            Remarks =
            [
                "Trades are closed round trips, after fees. Win rate: those that earned money over those that earned or lost it.",
                "CAGR, Calmar, Sharpe and Sortino are figures for a year and say little below 30 days of data.",
                "docs/backtest.md defines every figure of the table and of --json.",
            ],
        };
        _strategy.AddTo(command);
        _market.AddTo(command);
        foreach (Option option in new Option[] { _json, _report, _trades }) command.Options.Add(option);
        command.SetAction(parsed => Execute(new Given(parsed), around));
        return command;
    }

    private int Execute(Given given, Surroundings around)
    {
        ChosenStrategy strategy = _strategy.Read(given, around);
        if (given.Has(_report)) given.Refuse("--report is not built yet; --json and --trades write the figures and the round trips.");
        BacktestPlan plan = _market.Read(given, around);
        string[] data = [plan.DataFile, .. plan.Legs.Select(leg => leg.File)];
        plan = plan with { JsonFile = given.Result(_json, around, data), TradesFile = given.Result(_trades, around, data) };
        given.ThrowIfFaulty();
        return BacktestRun.Execute(plan, strategy, around);
    }
}
