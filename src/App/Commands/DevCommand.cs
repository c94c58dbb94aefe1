using System.CommandLine;
using Tradewind.App.Commands.Backtesting;
using Tradewind.App.Commands.Developing;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

/// <summary>The command line of the inner loop; <see cref="DevLoop"/> does the work.</summary>
internal sealed class DevCommand
{
    public const string Name = "dev";
    public const string Purpose = "Watches a strategy file: each save is compiled, backtested and compared with the run before.";

    private readonly Argument<string> _file = Opt.Argument("FILE", "The strategy's .cs file; FILE.cs:NAME where it holds several.");
    private readonly BacktestOptions _market = new();
    private readonly Option<string[]> _set = StrategyOptions.Set();

    public static Command Create(Surroundings around) => new DevCommand().Build(around);

    private TradewindCommand Build(Surroundings around)
    {
        var command = new TradewindCommand(Name, Purpose,
            "tradewind dev strategies/ThreeBarBreakout.cs --data es.csv.gz --symbol ES",
            "tradewind dev strategies/ThreeBarBreakout.cs --data es.twr --set Bars=5 --commission 2.5")
        {
            Remarks = ["Ctrl-C is the normal end: exit code 0. What does not compile is said with its place, and the loop goes on with the next save."],
        };
        command.Arguments.Add(_file);
        command.Options.Add(_set);
        _market.AddTo(command);
        command.SetAction(parsed => Execute(new Given(parsed), around));
        return command;
    }

    private int Execute(Given given, Surroundings around)
    {
        StrategyReference reference = StrategyReference.Parse(given.Required(_file));
        if (reference.File is null || !reference.File.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)) given.Refuse($"FILE: found \"{reference.File ?? reference.Name}\", expected a .cs file, for example strategies/My.cs.");
        BacktestPlan plan = _market.Read(given, around);
        IReadOnlyList<KeyValuePair<string, string>> parameters = given.Pairs(_set);
        given.ThrowIfFaulty();
        return DevLoop.Run(plan, new ChosenStrategy(reference, parameters), around);
    }
}
