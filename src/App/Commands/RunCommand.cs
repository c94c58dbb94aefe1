using System.CommandLine;
using Tradewind.App.Configuration;
using Tradewind.App.Grammar;
using Tradewind.App.Running;
using Tradewind.App.Terminal;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Gateway;

namespace Tradewind.App.Commands;

internal sealed class RunCommand
{
    public const string Name = "run";
    public const string Purpose = "The main job: streams, decides, checks risk and trades; without a word at a built-in simulator.";

    private readonly Option<string> _config = Opt.Text("--config", "FILE", $"Settings of the session; {Settings.DefaultFile} where it exists.");
    private readonly Option<string> _symbols = Opt.Text("--symbols", "ES,NQ,CL", "What to trade.");
    private readonly Option<string> _timeframe = Opt.Text("--timeframe", "5s", "Length of the bars that the strategies act on.");
    private readonly Option<string> _gateway = Opt.Text("--gateway", "URL", "A ProjectX gateway in place of the built-in simulator, TRADEWIND_PROJECTX_URL where left out; credentials from TRADEWIND_PROJECTX_USER and TRADEWIND_PROJECTX_KEY.");
    private readonly Option<string> _account = Opt.Text("--account", "NAME", "Name or number of the account to trade; needed at a gateway that is no simulator.");
    private readonly Option<bool> _paper = Opt.Flag("--paper", "Trades on paper in this process instead of an account of the gateway.");
    private readonly Option<bool> _live = Opt.Flag("--live", "Lets an account be traded that is more than practice.");
    private readonly Option<bool> _marketTime = Opt.Flag("--market-time", "Follows the time in the market data instead of this computer's: for a --gateway that is a simulator or a replay.");
    private readonly Option<string> _seed = Opt.Text("--seed", "N", "Seed of the simulated market, 1 where left out.");
    private readonly Option<string> _speed = Opt.Text("--speed", "N", "Market seconds per real second of the simulator.");
    private readonly Option<string[]> _fault = SimulatorFaults.Option();
    private readonly Option<string> _port = Opt.Text("--port", "N", "Port of the API and the status page, 5000 where left out; 0 takes a free one.");
    private readonly Option<string> _data = Opt.Text("--data-dir", "FOLDER", "Where the database and the journals go, ./data where left out.");
    private readonly Option<string> _reserve = Opt.Text("--journal-reserve", "MIB", "Disk space held ready for the journal, 64 where left out. When the disk is full, trading pauses with half of it left.");
    private readonly Option<string> _for = Opt.Text("--for", "10m", "Ends the session after this time; otherwise it runs until Ctrl-C.");
    private readonly Option<bool> _verify = Opt.Flag("--verify", "With --for and a simulator: when the time is over the faults stop, and engine, database and simulator are compared; exit code 3 where they differ.");
    private readonly Option<bool> _flatten = Opt.Flag("--flatten-on-stop", "Ctrl-C closes all positions; otherwise they stay with their protective stops.");
    private readonly Option<bool> _takeOver = Opt.Flag("--take-over", "Takes the account and the data folder from a session that has them and does not answer; what it still wants to send is refused.");
    private readonly Option<bool> _fresh = Opt.Flag("--fresh", "Takes nothing over from the last session: what an account holds belongs to no strategy then, and what was held on paper or at the built-in simulator is gone.");

    public static Command Create(Surroundings around) => new RunCommand().Build(around);

    /// <summary>What the program does without any word.</summary>
    public static int RunDefault(Surroundings around) => Run(Settings.ReadChecked(null, around), new RunOptions { DataFolder = around.PathOf("data") }, around);

    /// <summary>The gateway that the environment names; null where it names none.</summary>
    public static Uri? GatewayOf(Surroundings around) => around.Variable(ProjectXOptions.UrlVariable) is { Length: > 0 } ? ProjectXOptions.FromEnvironment(around.Variable).Url : null;

    private TradewindCommand Build(Surroundings around)
    {
        var command = new TradewindCommand(Name, Purpose, "tradewind run", "tradewind run --symbols ES,MNQ --timeframe 1m", "tradewind run --speed 10 --seed 7", "tradewind run --gateway https://api.topstepx.com --account PRAC-V2-1-2")
        {
            _config, _symbols, _timeframe, _gateway, _account, _paper, _live, _marketTime, _seed, _speed, _fault, _port, _data, _reserve, _for, _verify, _flatten, _takeOver, _fresh,
        };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            RunOptions options = OptionsOf(given, around);
            string[]? wanted = given.Names(_symbols);
            if (given.Timeframe(_timeframe) is { } bars && BarBuilder.Refusal(bars) is { } refusal) given.Refuse($"{_timeframe.Name}: {refusal}");
            given.ThrowIfFaulty();
            RunSettings settings = Settings.ReadChecked(given.Text(_config), around);
            if (wanted is not null) settings = settings with { Symbols = wanted };
            if (given.Text(_timeframe) is { } length) settings = settings with { Timeframe = length };
            if (given.Text(_account) is { } name) settings = settings with { Account = name };
            if (given.Flag(_paper)) settings = settings with { Broker = BrokerName.Paper };
            return Run(settings, options, around);
        });
        return command;
    }

    private RunOptions OptionsOf(Given given, Surroundings around)
    {
        var options = new RunOptions
        {
            DataFolder = around.PathOf(given.Text(_data) ?? "data"),
            Gateway = given.Address(_gateway),
            Live = given.Flag(_live),
            MarketTime = given.Flag(_marketTime),
            Seed = given.Seed(_seed) ?? 1,
            Speed = Speed(given, _speed),
            Faults = SimulatorFaults.Read(given, _fault),
            Port = given.Whole(_port, 0, 65_535) ?? 5000,
            JournalReserve = given.Whole(_reserve, 1, 65_536) ?? 64,
            Length = Length(given, _for),
            Verify = given.Flag(_verify),
            FlattenOnStop = given.Flag(_flatten),
            TakeOver = given.Flag(_takeOver),
            Fresh = given.Flag(_fresh),
        };
        if (given.Flag(_paper) && (given.Has(_account) || options.Live)) given.Refuse($"{_paper.Name} trades no account; leave {(options.Live ? _live.Name : _account.Name)} out, or {_paper.Name}.");
        if (options.Verify && options.Length is null) given.Refuse($"{_verify.Name} needs {_for.Name}: the comparison is made when the time is over.");
        if (options.Verify && given.Flag(_paper)) given.Refuse($"{_verify.Name} compares with the simulator's account, and {_paper.Name} trades none; leave one of the two out.");
        if (options.Faults.Count > 0 && (options.Gateway ?? GatewayOf(around)) is { } other) given.Refuse($"{_fault.Name} is for the built-in simulator, and {other} is another gateway; leave one of the two out.");
        return options;
    }

    private static int Run(RunSettings settings, RunOptions options, Surroundings around)
    {
        // Ctrl-C is the normal end; what does not end within five seconds is ended.
        CancellationToken stop = around.WatchForStop(TimeSpan.FromSeconds(5));
        RunSettings whole = settings.Broker.Length > 0 ? settings : settings with { Broker = BrokerName.ProjectX };
        try
        {
            return new RunSession(whole, options with { Gateway = options.Gateway ?? GatewayOf(around) }, around).RunAsync(stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            around.Say("Stopped before the session began.");
            return ExitCode.Done;
        }
    }

    private static TimeSpan? Length(Given given, Option<string> option)
    {
        if (given.Text(option) is not { } text) return null;
        if (Timeframe.TryParse(text, out Timeframe length) && length.Kind == TimeframeKind.Time) return TimeSpan.FromTicks(length.Amount / 100);
        given.Refuse($"{option.Name}: found \"{text}\", expected a time like 30s, 10m or 8h.");
        return null;
    }

    private static double Speed(Given given, Option<string> option)
    {
        if (given.Text(option) is not { } text) return 1;
        if (GatewayOptions.TryParseSpeed(text, out double speed)) return speed;
        given.Refuse($"{option.Name}: found \"{text}\", expected a number above 0, like 10, or max.");
        return 1;
    }
}
