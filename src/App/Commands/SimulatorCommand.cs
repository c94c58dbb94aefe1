using System.CommandLine;
using System.Text;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Market;
using Tradewind.Gateway.Quirks;
using Tradewind.Storage;
using Command = System.CommandLine.Command;

namespace Tradewind.App.Commands;

/// <summary>The gateway simulator alone, until Ctrl-C, which is its normal end.</summary>
internal sealed class SimulatorCommand
{
    public const string Name = "simulator";
    public const string Purpose = "Runs only the gateway simulator: REST and hubs of a ProjectX gateway on 127.0.0.1.";

    private readonly Option<string> _port = Opt.Text("--port", "PORT", "TCP port on 127.0.0.1; 0, the default, takes a free one.");
    private readonly Option<string> _seed = Opt.Text("--seed", "N", "Names the made-up market (1): the same seed gives the same market.");
    private readonly Option<string> _speed = Opt.Text("--speed", "FACTOR", "Market seconds per real second (1), as 10 or 10x; max is as fast as the slowest client takes it.");
    private readonly Option<string> _replay = Opt.Text("--replay", "FILE", "Plays a recording or a CSV file of trades or quotes instead of the made-up market.");
    private readonly Option<string> _symbol = Opt.Text("--symbol", "SYMBOL", "What the file of --replay is of; a recording says it itself.");
    private readonly Option<string> _symbols = Opt.Text("--symbols", "ES,NQ,CL", "What the made-up market trades; all it knows where left out.");
    private readonly Option<string> _rate = Opt.Text("--rate", "N", "Messages per second of the made-up market, all symbols together and evenly spaced, for load tests.");
    private readonly Option<string> _user = Opt.Text("--user", "NAME", "Login name (demo).");
    private readonly Option<string> _key = Opt.Text("--key", "KEY", "API key (demo).");
    private readonly Option<string> _tokenLife = Opt.Text("--token-life", "SECONDS", "How long a token lives (86400).");
    private readonly Option<string[]> _account = Opt.Texts("--account", "RULES", "An account (practice): 50k, 100k or 150k, and KEY=VALUE parts as brackets=auto-oco, dll=1000 or max=5, with commas between. Repeatable: the ids are 1001, 1002, … unless id= says otherwise.");
    private readonly Option<string> _state = Opt.Text("--state", "FILE", "Keeps accounts, orders, tags, positions and trades across restarts, and goes on at the market's time. Without it all is forgotten.");
    private readonly Option<bool> _noLimits = Opt.Flag("--no-rate-limits", "Counts no requests: for tests that log in more often than a person would.");
    private readonly Option<string[]> _fault = SimulatorFaults.Option();
    private readonly Option<string> _schedule = Opt.Text("--fault-schedule", "FILE", "Faults and quirks by time: a JSON object a line, as {\"at\":10,\"fault\":\"hub-drop\"} or {\"at\":10,\"quirk\":\"one-session\",\"until\":60}.");
    private readonly Option<string[]> _quirk = Opt.Texts("--quirk", "NAME", "A way in which the original may differ, as one-session; all are listed below. Repeatable.");

    public static Command Create(Surroundings around) => new SimulatorCommand().Build(around);

    private TradewindCommand Build(Surroundings around)
    {
        var command = new TradewindCommand(Name, Purpose, "tradewind simulator --port 5055", "tradewind simulator --replay es-trades.twr --speed 20")
        {
            Remarks =
            [
                .. Enum.GetValues<FaultKind>().Select(fault => $"Fault {fault.NameOf()}: {fault.EffectOf()}."),
                .. Enum.GetValues<Quirk>().Select(quirk => $"Quirk {quirk.NameOf()}: {quirk.EffectOf()}."),
            ],
        };
        foreach (Option option in new Option[] { _port, _seed, _speed, _replay, _symbol, _symbols, _rate, _user, _key, _tokenLife, _account, _state, _noLimits, _fault, _schedule, _quirk }) command.Options.Add(option);
        command.SetAction(parsed => RunAsync(Read(new Given(parsed)) with { Schedule = parsed.GetValue(_schedule) is { } path ? ScheduleOf(around.PathOf(path)) : [], StateFile = parsed.GetValue(_state) is { } state ? around.PathOf(state) : null }, parsed.GetValue(_symbol), around).GetAwaiter().GetResult());
        return command;
    }

    private GatewayOptions Read(Given given)
    {
        GatewayOptions defaults = new();
        double speed = defaults.Speed;
        if (given.Text(_speed) is { } text && !GatewayOptions.TryParseSpeed(text, out speed)) given.Refuse($"{_speed.Name}: found \"{text}\", expected a number above 0, as 10 or 0.5x, or max.");
        GatewayOptions options = defaults with
        {
            Port = given.Whole(_port, 0, 65_535) ?? defaults.Port,
            Seed = given.Seed(_seed) ?? defaults.Seed,
            Speed = speed,
            ReplayFile = given.Text(_replay),
            Symbols = given.Names(_symbols) ?? defaults.Symbols,
            Rate = given.Whole(_rate, 1, 200_000),
            UserName = given.Text(_user) ?? defaults.UserName,
            ApiKey = given.Text(_key) ?? defaults.ApiKey,
            TokenLifetime = given.Whole(_tokenLife, 1, 31_536_000) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.TokenLifetime,
            Accounts = AccountsOf(given),
            Injections = SimulatorFaults.Read(given, _fault),
            Quirks = QuirksOf(given),
            RateLimits = !given.Flag(_noLimits),
        };
        if (given.Has(_symbol) && options.ReplayFile is null) given.Refuse($"{_symbol.Name} says what the file of {_replay.Name} is of; give both or none.");
        given.ThrowIfFaulty();
        return options;
    }

    private IReadOnlyList<AccountOptions> AccountsOf(Given given)
    {
        IReadOnlyList<AccountOptions> accounts = AccountText.ReadAll(given.Texts(_account), out IReadOnlyList<string> faults);
        foreach (string fault in faults) given.Refuse($"{_account.Name}: {fault}");
        return accounts;
    }

    private List<Quirk> QuirksOf(Given given)
    {
        var quirks = new List<Quirk>();
        foreach (string text in given.Texts(_quirk))
        {
            if (QuirkTable.TryFind(text, out Quirk quirk)) quirks.Add(quirk);
            else given.Refuse($"{_quirk.Name}: The quirk \"{text}\" is not known; expected one of {string.Join(", ", QuirkTable.Names)}.");
        }
        return quirks;
    }

    /// <exception cref="InputException">The file cannot be read.</exception>
    private static IReadOnlyList<ScheduledChange> ScheduleOf(string path)
    {
        using var text = new StringReader(Encoding.UTF8.GetString(InputFile.ReadAll(path)));
        return FaultSchedule.Read(text, path);
    }

    private static async Task<int> RunAsync(GatewayOptions options, string? symbol, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop(patience: null);
        using MarketDataFile? file = options.ReplayFile is { } path ? MarketDataFile.Open(around.PathOf(path), new() { Symbol = symbol }) : null;
        await using GatewayServer server = GatewayServer.Create(options, _ => RecordingOf(file!, symbol), around.Time);
        try
        {
            await server.StartAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        around.Output.WriteLine(server.BaseAddress);
        around.Output.Flush();
        around.Say($"The gateway simulator is ready: REST under {server.BaseAddress}api/, hubs under {server.BaseAddress}hubs/, login {options.UserName}. Ctrl-C ends it.");
        await server.MarketEnd.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (server.MarketEnd.IsFaulted) await server.MarketEnd.ConfigureAwait(false);
        if (!stop.IsCancellationRequested)
        {
            around.Say("The recording has ended; history stays reachable. Ctrl-C ends the simulator.");
            await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static Recording RecordingOf(MarketDataFile file, string? symbol)
    {
        Instrument instrument = new InstrumentTerms(symbol, null, null, null, IsRequired: true).Find(file);
        return new(file.Path, [instrument], () => Inputs(file));
    }

    private static IEnumerable<Input> Inputs(MarketDataFile file)
    {
        for (int i = 0; i < file.Bars.Length; i++) yield return new(0, in file.Bars.Span[i]);
        for (int i = 0; i < file.Trades.Length; i++) yield return new(0, in file.Trades.Span[i]);
        for (int i = 0; i < file.Quotes.Length; i++) yield return new(0, in file.Quotes.Span[i]);
    }
}
