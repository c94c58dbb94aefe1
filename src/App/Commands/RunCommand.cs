using System.CommandLine;
using Tradewind.App.Configuration;
using Tradewind.App.Grammar;
using Tradewind.App.Running;
using Tradewind.App.Terminal;
using Tradewind.Brokers.ProjectX;
using Tradewind.Gateway;

namespace Tradewind.App.Commands;

internal static class RunCommand
{
    public const string Name = "run";
    public const string Purpose = "The main job: streams, decides, checks risk and trades; without a word at a built-in simulator.";

    public static Command Create(Surroundings around)
    {
        Option<string> config = Opt.Text("--config", "FILE", $"Settings of the session; {Settings.DefaultFile} where it exists.");
        Option<string> symbols = Opt.Text("--symbols", "ES,NQ,CL", "What to trade.");
        Option<string> timeframe = Opt.Text("--timeframe", "5s", "Length of the bars that the strategies act on.");
        Option<string> gateway = Opt.Text("--gateway", "URL", "A ProjectX gateway in place of the built-in simulator, TRADEWIND_PROJECTX_URL where left out; credentials from TRADEWIND_PROJECTX_USER and TRADEWIND_PROJECTX_KEY.");
        Option<string> account = Opt.Text("--account", "NAME", "Name or number of the account to trade; needed at a gateway that is no simulator.");
        Option<bool> paper = Opt.Flag("--paper", "Trades on paper in this process instead of an account of the gateway.");
        Option<bool> live = Opt.Flag("--live", "Lets an account be traded that is more than practice.");
        Option<bool> marketTime = Opt.Flag("--market-time", "Follows the time in the market data instead of this computer's: for a --gateway that is a simulator or a replay.");
        Option<string> seed = Opt.Text("--seed", "N", "Seed of the simulated market, 1 where left out.");
        Option<string> speed = Opt.Text("--speed", "N", "Market seconds per real second of the simulator.");
        Option<string[]> fault = SimulatorFaults.Option();
        Option<string> port = Opt.Text("--port", "N", "Port of the API and the status page, 5000 where left out; 0 takes a free one.");
        Option<string> data = Opt.Text("--data-dir", "FOLDER", "Where the database and the journals go, ./data where left out.");
        Option<string> reserve = Opt.Text("--journal-reserve", "MIB", "Disk space held ready for the journal, 64 where left out. When the disk is full, trading pauses with half of it left.");
        Option<bool> flatten = Opt.Flag("--flatten-on-stop", "Ctrl-C closes all positions; otherwise they stay with their protective stops.");
        Option<bool> takeOver = Opt.Flag("--take-over", "Takes the account and the data folder from a session that has them and does not answer; what it still wants to send is refused.");
        var command = new TradewindCommand(Name, Purpose, "tradewind run", "tradewind run --symbols ES,MNQ --timeframe 1m", "tradewind run --speed 10 --seed 7")
        {
            config, symbols, timeframe, gateway, account, paper, live, marketTime, seed, speed, fault, port, data, reserve, flatten, takeOver,
        };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            var options = new RunOptions
            {
                DataFolder = around.PathOf(given.Text(data) ?? "data"),
                Gateway = given.Address(gateway),
                Live = given.Flag(live),
                Faults = SimulatorFaults.Read(given, fault),
                MarketTime = given.Flag(marketTime),
                Seed = (ulong)(given.Whole(seed, 0, int.MaxValue) ?? 1),
                Speed = Speed(given, speed),
                Port = given.Whole(port, 0, 65_535) ?? 5000,
                JournalReserve = given.Whole(reserve, 1, 65_536) ?? 64,
                FlattenOnStop = given.Flag(flatten),
                TakeOver = given.Flag(takeOver),
            };
            string[]? wanted = given.Names(symbols);
            if (given.Flag(paper) && (given.Has(account) || given.Flag(live))) given.Refuse($"{paper.Name} trades no account; leave {(given.Flag(live) ? live.Name : account.Name)} out, or {paper.Name}.");
            if (options.Faults.Count > 0 && (options.Gateway ?? GatewayOf(around)) is { } real) given.Refuse($"{fault.Name} is for the built-in simulator, and {real} is another gateway; leave one of the two out.");
            given.ThrowIfFaulty();
            RunSettings settings = Settings.ReadChecked(given.Text(config), around);
            if (wanted is not null) settings = settings with { Symbols = wanted };
            if (given.Text(timeframe) is { } length) settings = settings with { Timeframe = length };
            if (given.Text(account) is { } name) settings = settings with { Account = name };
            if (given.Flag(paper)) settings = settings with { Broker = BrokerName.Paper };
            return Run(settings, options, around);
        });
        return command;
    }

    /// <summary>What the program does without any word.</summary>
    public static int RunDefault(Surroundings around) => Run(Settings.ReadChecked(null, around), new RunOptions { DataFolder = around.PathOf("data") }, around);

    private static int Run(RunSettings settings, RunOptions options, Surroundings around)
    {
        // Ctrl-C is the normal end; what does not end within five seconds is ended.
        CancellationToken stop = around.WatchForStop(TimeSpan.FromSeconds(5));
        try
        {
            new RunSession(settings.Broker.Length > 0 ? settings : settings with { Broker = BrokerName.ProjectX }, options with { Gateway = options.Gateway ?? GatewayOf(around) }, around).RunAsync(stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            around.Say("Stopped before the session began.");
        }
        return ExitCode.Done;
    }

    /// <summary>The gateway that the environment names; null where it names none.</summary>
    public static Uri? GatewayOf(Surroundings around) => around.Variable(ProjectXOptions.UrlVariable) is { Length: > 0 } ? ProjectXOptions.FromEnvironment(around.Variable).Url : null;

    private static double Speed(Given given, Option<string> option)
    {
        if (given.Text(option) is not { } text) return 1;
        if (GatewayOptions.TryParseSpeed(text, out double speed)) return speed;
        given.Refuse($"{option.Name}: found \"{text}\", expected a number above 0, like 10, or max.");
        return 1;
    }
}
