using System.CommandLine;
using Tradewind.App.Configuration;
using Tradewind.App.Grammar;
using Tradewind.App.Running;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.UserCode;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>The options that say on which market and under which terms a strategy is tried; the same for every command that does.</summary>
internal sealed class BacktestOptions
{
    private readonly Option<string> _data = Opt.Text("--data", "FILE", "A recording, or CSV (gzip'd or not) of bars, trades or quotes with a header line.");
    private readonly Option<string[]> _legs = Opt.Texts("--leg", "SYMBOL=FILE", "A further instrument and its data, for a strategy that trades more than one; once for each.");
    private readonly InstrumentOptions _instrument = new(isSymbolRequired: true);
    private readonly Option<string> _timeframe = Opt.Text("--timeframe", "LENGTH", "Length of the bars: the file's own by default, 1m for trades and quotes.");
    private readonly Option<string> _from = Opt.Text("--from", "ISO", "Leaves out what begins earlier: a date (midnight UTC) or a time with an offset.");
    private readonly Option<string> _to = Opt.Text("--to", "ISO", "Leaves out what begins then or later.");
    private readonly Option<string> _cash = Opt.Text("--cash", "MONEY", "Money at the start (100000).");
    private readonly Option<string> _quantity = Opt.Text("--quantity", "UNITS", "Units of each position (1).");
    private readonly Option<string> _sizing = Opt.Text("--sizing", "METHOD|CONFIG", "In place of --quantity: fixed-fractional, kelly or volatility with its defaults, or a configuration file whose sizing section applies.");
    private readonly Option<string> _commission = Opt.Text("--commission", "MONEY", "Per unit of each fill (0); below zero is a rebate.");
    private readonly Option<string> _slippage = Opt.Text("--slippage-ticks", "TICKS", "Ticks by which market and stop orders fill worse (0).");
    private readonly Option<string> _fill = Opt.Text("--fill", "MODEL", "next-open (default), this-close or intrabar.");
    private readonly Option<string> _latency = Opt.Text("--latency", "MS", "Milliseconds from a decision until its order can fill (0).");
    private readonly Option<bool> _short = Opt.Flag("--short", "Allows short positions; without it a wish to be short means flat.");
    private readonly Option<string> _risk = Opt.Text("--risk", "CONFIG|none", "A configuration file whose risk section applies, or none; without it only buying power is checked.");
    private readonly Option<string> _rounds = Opt.Text("--call-rounds", "N", "Rounds of loops and functions that one call of a strategy file may take (100000000).");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _data, _legs, _timeframe, _from, _to, _cash, _quantity, _sizing, _commission, _slippage, _fill, _latency, _short, _risk, _rounds }) command.Options.Add(option);
        _instrument.AddTo(command);
    }

    /// <summary>What they say; what is wrong with them is collected in <paramref name="given"/>.</summary>
    public BacktestPlan Read(Given given, Surroundings around)
    {
        string data = given.Required(_data);
        var plan = new
        {
            Instrument = _instrument.Read(given),
            Legs = ReadLegs(given),
            Timeframe = given.Timeframe(_timeframe),
            From = given.Time(_from),
            To = given.Time(_to),
            Cash = given.Amount(_cash, 0m, 1e15m, isMinimumAllowed: false),
            Sizing = ReadSizing(given, around),
            Commission = given.Amount(_commission, -1_000_000m, 1_000_000m),
            Slippage = given.Whole(_slippage, 0, 1_000_000),
            Fill = given.Choice(_fill, Composition.FillModels.Keys),
            Latency = given.Amount(_latency, 0m, 86_400_000m),
            Rules = ReadRules(given, around),
            CallRounds = given.Whole(_rounds, CallMeter.FewestRounds, CallMeter.MostRounds),
        };
        if (plan.From is { } from && plan.To is { } to && from >= to) given.Refuse($"--to: found {to}, expected a time after --from {from}.");
        var defaults = new BacktestPlan { DataFile = data, Instrument = plan.Instrument, Rules = plan.Rules };
        return defaults with
        {
            Legs = plan.Legs,
            Timeframe = plan.Timeframe,
            From = plan.From,
            To = plan.To,
            Cash = plan.Cash ?? defaults.Cash,
            Sizing = plan.Sizing ?? defaults.Sizing,
            Commission = plan.Commission ?? defaults.Commission,
            SlippageTicks = plan.Slippage ?? defaults.SlippageTicks,
            FillModel = plan.Fill ?? defaults.FillModel,
            Latency = TimeSpan.FromMicroseconds((double)((plan.Latency ?? 0m) * 1000m)),
            AllowShort = given.Flag(_short),
            CallRounds = plan.CallRounds ?? defaults.CallRounds,
        };
    }

    private SizingSettings? ReadSizing(Given given, Surroundings around)
    {
        decimal? quantity = given.Amount(_quantity, 0m, 1e12m, isMinimumAllowed: false);
        if (given.Text(_sizing) is not { } sizing) return quantity is { } units ? new() { Quantity = units } : null;
        if (quantity is not null) given.Refuse("--quantity: found together with --sizing, expected one of both; a sizing section may name a Quantity.");
        if (Composition.Sizings.ContainsKey(sizing)) return new() { Method = sizing };
        if (File.Exists(around.PathOf(sizing))) return given.Try(() => Settings.ReadChecked(sizing, around).Sizing);
        given.Refuse($"--sizing: found \"{sizing}\", which is neither a file nor one of {string.Join(", ", Composition.Sizings.Keys)}{NearestNames.Suggestion(sizing, Composition.Sizings.Keys)}.");
        return null;
    }

    private List<LegPlan> ReadLegs(Given given)
    {
        List<LegPlan> legs = [];
        foreach (string text in given.Texts(_legs))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            (string symbol, string file) = equals < 0 ? ("", "") : (text[..equals].Trim(), text[(equals + 1)..].Trim());
            if (symbol.Length == 0 || file.Length == 0) given.Refuse($"--leg: found \"{text}\", expected SYMBOL=FILE, for example NQ=nq.csv.gz.");
            else if (legs.Exists(known => known.Symbol.Equals(symbol, StringComparison.OrdinalIgnoreCase))) given.Refuse($"--leg: {symbol} is given twice; give each instrument once.");
            else legs.Add(new(symbol, file));
        }
        return legs;
    }

    /// <summary>Makes the rules of a run: each has its own, because a rule may count.</summary>
    private Func<IReadOnlyList<IRiskRule>> ReadRules(Given given, Surroundings around)
    {
        if (given.Text(_risk) is not { } risk) return () => [new BuyingPower()];
        if (risk == "none") return () => [];
        var shelf = new StrategyShelf(null);
        RiskSettings? settings = given.Try(() => EngineFactory.Pin(Settings.ReadChecked(risk, around).Risk, shelf, around));
        if (settings is not null) given.Try(() => Composition.Rules(settings, shelf));
        return () => Composition.Rules(settings!, shelf);
    }
}
