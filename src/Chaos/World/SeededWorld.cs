using Tradewind.Chaos.Checks;
using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.World;

/// <summary>A market, a venue, wires and the trading program in one thread under virtual time. The seed decides everything: faults come, stop, and then all must come right.</summary>
public sealed class SeededWorld : IVenueListener
{
    private static readonly Timestamp Start = Timestamp.FromUtc(2026, 3, 2, 15);

    private readonly WorldOptions _options;
    private readonly Agenda _agenda = new(Start);
    private readonly FaultMix _mix;
    private readonly Measures _measures = new();
    private readonly OracleVenue _venue;
    private readonly PushLine _stream;
    private readonly Answers _answers;
    private readonly TradingProgram _program;
    private readonly Rulebook _rules;
    private readonly MarketMaker _market;
    private readonly People _people;
    private readonly Instrument[] _instruments;
    private readonly List<Restless> _strategies = [];
    private ulong _hash;

    /// <param name="log">Hears a line of each thing that happens to orders and the account; null for nobody.</param>
    public SeededWorld(WorldOptions options, Action<string>? log = null)
    {
        _options = options;
        _mix = FaultMix.Of(options.Seed, options.Without);
        _instruments =
        [
            .. new Instrument[]
            {
                new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginPerUnit = 500m },
                new("NQ", AssetClass.Future, 0.25m, 20m, ContinuousCalendar.Instance) { MarginPerUnit = 500m },
            }.Take(options.Instruments),
        ];
        string session = "chaos";
        _stream = new(_agenda, Chance(Part.Stream), _mix);
        _venue = new(_agenda, Chance(Part.Venue), _mix, _instruments, this);
        _answers = new(_agenda, Chance(Part.Stream), _mix, _venue);
        _rules = new(_agenda, _mix, _venue, _stream, session, _measures);
        var requests = new Requests(_agenda, Chance(Part.Requests), _mix);
        _program = new(_agenda, Chance(Part.Program), _mix, requests, _stream, _venue, _answers, Build, log is null ? _rules : new WorldLog(_agenda, _rules, log), session, options.HasGateway);
        _market = new(_agenda, Chance(Part.Market), Chance(Part.Feed), _mix, _venue, _program, options);
        requests.OnToken = OnToken;
        _stream.Mended = _program.Reconnect;
        _program.OnStarted = _market.Greet;
        _people = new(_agenda, Chance(Part.People), _mix, _venue, _answers, _stream, _program, _instruments);
    }

    /// <inheritdoc cref="SeededWorld(WorldOptions, Action{string})"/>
    public static SeedResult Run(WorldOptions options, Action<string>? log = null) => new SeededWorld(options, log).Run();

    public void OnOrder(TrueOrder order) => _stream.OnOrder(order);

    public void OnFill(in VenueFill fill)
    {
        _measures.Fills++;
        _stream.OnFill(in fill);
    }

    public void OnPosition(in VenuePosition position) => _stream.OnPosition(in position);

    public void OnAccount(in VenueAccount account) => _stream.OnAccount(in account);

    private SeedResult Run()
    {
        try
        {
            Live();
        }
#pragma warning disable CA1031 // Whatever the program throws is what these worlds look for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _rules.OnFailure(failure);
        }
        _program.End();
        _measures.Restarts = _program.Restarts;
        return new(_options, _mix.Kinds, _rules.Violations, _measures, _mix.Strikes, _hash ^ _program.Engine.OutputHash, _agenda.Happened);
    }

    private void Live()
    {
        _program.Start();
        _market.Open();
        _people.Begin();
        Timestamp heals = Start + _options.Chaos, ends = heals + _options.Settle;
        Pass(heals);
        _mix.Heal();
        _people.Heal();
        Pass(ends - TimeSpan.FromMinutes(1));
        // A last pause of all decisions, so that nothing is under way when program and venue are compared.
        _program.Hear(new Input(default, new Command(CommandKind.Stop)));
        Pass(ends - TimeSpan.FromSeconds(30));
        _market.Close();
        Pass(ends);
        _rules.AtEnd(_program, Build(), _strategies);
    }

    /// <summary>The venue closes the stream of a token that has expired.</summary>
    private void OnToken(bool isValid)
    {
        if (!isValid) _stream.Disconnect("the token has expired");
        else _program.Reconnect();
    }

    private void Pass(Timestamp end)
    {
        while (_agenda.Step(end)) _hash = (_hash ^ (ulong)_agenda.Now.Nanoseconds) * 0x9E3779B97F4A7C15;
    }

    private Chance Chance(Part part) => new(_options.Seed, part);

    private Engine Build()
    {
        var engine = new Engine(new EngineOptions
        {
            Instruments = _instruments,
            StartingCash = 1_000_000m,
            AllowShort = true,
            StartsSynced = false,
            Sizing = new FixedQuantity(1m),
            Rules = [new MaxOrderQuantity(10m), new MaxPosition(6m), new BuyingPower(), new OrderRate(600, TimeSpan.FromMinutes(1)), new DuplicateOrder(TimeSpan.FromSeconds(1)), new StaleData(TimeSpan.FromSeconds(15))],
        });
        _strategies.Clear();
        for (int i = 0; i < _instruments.Length; i++)
        {
            for (int k = 0; k < _options.Strategies; k++) engine.Add(Add(i, k), i, Timeframe.Seconds(5), $"restless-{i}-{k}");
        }
        return engine;
    }

    private Restless Add(int instrument, int index)
    {
        bool isOdd = instrument == 0 && index == 0;
        _strategies.Add(new(index + 10 * instrument + (int)(_options.Seed % 1000), isOdd && _mix.Has(FaultKind.StrategyThrows), isOdd && _mix.Has(FaultKind.StrategyFloods)));
        return _strategies[^1];
    }
}
