using System.CommandLine;
using System.CommandLine.Help;
using Tradewind.App.Commands;
using Tradewind.App.Commands.Operating;
using Tradewind.App.Terminal;

namespace Tradewind.App.Grammar;

/// <summary>All commands. Only the one that is asked for is made with its options: the others cost a name, so that the program starts fast.</summary>
internal static class CommandTree
{
    public static readonly Option<bool> NoColor = new("--no-color") { Recursive = true, Description = "No colours; NO_COLOR in the environment does the same." };

    private static readonly Entry[] Entries =
    [
        new(RunCommand.Name, RunCommand.Purpose, RunCommand.Create),
        new(SimulatorCommand.Name, SimulatorCommand.Purpose, SimulatorCommand.Create),
        new(BacktestCommand.Name, BacktestCommand.Purpose, BacktestCommand.Create),
        new(DevCommand.Name, DevCommand.Purpose, DevCommand.Create),
        new(DataCommand.Name, DataCommand.Purpose, DataCommand.Create),
        new(IndicatorsCommand.Name, IndicatorsCommand.Purpose, IndicatorsCommand.Create),
        new(StrategiesCommand.Name, StrategiesCommand.Purpose, StrategiesCommand.Create),
        new(ReplayCommand.Name, ReplayCommand.Purpose, ReplayCommand.Create),
        new(ExplainCommand.Name, ExplainCommand.Purpose, ExplainCommand.Create),
        new(StatusCommand.Name, StatusCommand.Purpose, StatusCommand.Create),
        new(PositionsCommand.Name, PositionsCommand.Purpose, PositionsCommand.Create),
        new(OrdersCommand.Name, OrdersCommand.Purpose, OrdersCommand.Create),
        new(OperatorCommand.Pause, OperatorCommand.PausePurpose, OperatorCommand.CreatePause),
        new(OperatorCommand.Resume, OperatorCommand.ResumePurpose, OperatorCommand.CreateResume),
        new(OperatorCommand.Flatten, OperatorCommand.FlattenPurpose, OperatorCommand.CreateFlatten),
        new(OperatorCommand.Kill, OperatorCommand.KillPurpose, OperatorCommand.CreateKill),
        new(ChaosCommand.Name, ChaosCommand.Purpose, ChaosCommand.Create),
        new(BrokerCommand.Name, BrokerCommand.Purpose, BrokerCommand.Create),
        new(DoctorCommand.Name, DoctorCommand.Purpose, DoctorCommand.Create),
        new(VersionCommand.Name, VersionCommand.Purpose, VersionCommand.Create),
    ];

    private static readonly string[] NotBuilt = ["optimize", "worker"];

    private static readonly string[] RootOptions = ["--no-color", "--help", "--version"];

    private sealed record Entry(string Name, string Purpose, Func<Surroundings, Command> Create);

    /// <summary>Options without a command are those of the main job.</summary>
    public static IReadOnlyList<string> WithDefault(IReadOnlyList<string> arguments) =>
        arguments.Count > 0 && arguments[0].StartsWith("--", StringComparison.Ordinal) && !RootOptions.Contains(arguments[0]) ? [RunCommand.Name, .. arguments] : arguments;

    public static Command Create(IReadOnlyList<string> arguments, Surroundings around)
    {
        string? wanted = arguments.FirstOrDefault(word => !word.StartsWith('-'));
        var root = new TradewindCommand("tradewind", "A real-time trading system: streams market data, decides, checks risk, trades on paper, and can explain and replay it all.",
            "tradewind                                              # paper trading on a simulated gateway",
            "tradewind backtest --data es.csv.gz --symbol ES --strategy moving-average-cross",
            "tradewind strategies list")
        {
            Remarks = ["Exit codes: 0 done, 1 failed, 2 wrong input, 3 a check found a difference, 130 stopped by Ctrl-C."],
        };
        root.Options.Add(NoColor);
        root.Options.Add(new HelpOption("--help", "-h", "-?") { Recursive = true, Description = "Shows this.", Action = new HelpText(around) });
        root.Options.Add(new Option<bool>("--version") { Description = "Shows the version.", Action = new VersionText(around) });
        foreach (Entry entry in Entries) root.Subcommands.Add(entry.Name == wanted ? entry.Create(around) : new Command(entry.Name, entry.Purpose));
        if (NotBuilt.Contains(wanted)) root.Subcommands.Add(NotBuiltCommand.Create(wanted!, around));
        if (wanted is null) root.SetAction(_ => RunCommand.RunDefault(around));
        return root;
    }
}
