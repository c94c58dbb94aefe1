using System.Text.Json;
using System.Text.Json.Serialization;
using Tradewind.App.Commands;
using Tradewind.App.Grammar;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.Simulation;
using Tradewind.Simulation.Fees;
using Tradewind.Strategies;
using Tradewind.UserCode;

namespace Tradewind.App.Running;

/// <summary>Everything that decides what an engine does. It stands at the head of each journal, so that a replay builds the same engine.</summary>
public sealed record RunSettings
{
    /// <summary>What is traded, by symbol; at least one.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = ["ES", "NQ", "CL"];

    /// <summary>Length of the bars that the strategies act on.</summary>
    public string Timeframe { get; init; } = "5s";

    /// <summary>Each runs on each symbol.</summary>
    public IReadOnlyList<StrategyChoice> Strategies { get; init; } =
    [
        new() { Name = "moving-average-cross" },
        new() { Name = "macd-crossover" },
        new() { Name = "bollinger-reversion" },
    ];

    /// <summary><c>projectx</c> trades an account of the gateway, <c>paper</c> in this process. Empty, as in journals of before there was a choice, it is paper to a replay.</summary>
    public string Broker { get; init; } = "";

    /// <summary>Name or number of the gateway's account; empty takes the only one that can trade, at a simulator alone. In a journal the one that was traded.</summary>
    public string Account { get; init; } = "";

    /// <summary>Who keeps an entry's stop and target until it fills: <c>engine</c>, <c>native</c> for the gateway, <c>auto</c> for the gateway where the account allows it.</summary>
    public string Brackets { get; init; } = BracketNames.Engine;

    /// <summary>Who moves a trailing stop of a fixed number of ticks: <c>engine</c>, or <c>native</c> for the gateway.</summary>
    public string TrailingStops { get; init; } = TrailingNames.Engine;

    /// <summary>Names the account across sessions: broker, gateway and number. The program sets it in the journal; the next session of the account goes on from this one.</summary>
    public string Ledger { get; init; } = "";

    /// <summary>Who holds what an earlier session left to strategies that run no more. The program sets them in the journal.</summary>
    public IReadOnlyList<CaretakerChoice> Caretakers { get; init; } = [];

    /// <summary>Money on paper at the start, above 0. With an account of the gateway the program sets it to the account's balance.</summary>
    public decimal Cash { get; init; } = 150_000m;

    public bool AllowShort { get; init; } = true;

    /// <summary><c>consensus</c> or <c>netting</c>.</summary>
    public string Combiner { get; init; } = "consensus";

    /// <summary>Share of all weights that a winner needs under <c>consensus</c>, above 0 and at most 1.</summary>
    public double MinimumConsensus { get; init; } = 0.5;

    /// <summary>Seconds that a strategy may take for one call, 0.001 to 60; one that took longer is suspended.</summary>
    public double StrategyBudgetSeconds { get; init; } = 1;

    /// <summary>Threads for strategies beside the engine's own, 0 to 64; they are used where many strategies, or two heavy ones, act on one series.</summary>
    public int StrategyWorkers { get; init; }

    /// <summary>Rounds of loops and functions that one call of code of the user's own may take, 10,000 to 2,000,000,000; a call that takes more fails, at the same round in a replay.</summary>
    public int CallRounds { get; init; } = CallMeter.DefaultRounds;

    public SizingSettings Sizing { get; init; } = new();

    public RiskSettings Risk { get; init; } = new();

    public PaperSettings Paper { get; init; } = new();

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary><see cref="Timeframe"/> as a length; of minutes where it cannot be read, which <see cref="Faults"/> says.</summary>
    [JsonIgnore]
    internal Timeframe BarLength => Core.Model.Timeframe.TryParse(Timeframe, out Timeframe length) ? length : Core.Model.Timeframe.OneMinute;

    [JsonIgnore]
    internal bool IsPaper => Broker != BrokerName.ProjectX;

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="InputException">The text is no settings of this version.</exception>
    public static RunSettings FromJson(string json, string where)
    {
        try
        {
            return JsonSerializer.Deserialize<RunSettings>(json, Format) ?? throw new InputException($"{where}: the settings are empty.");
        }
        catch (JsonException fault)
        {
            throw new InputException($"{where}: the settings cannot be read ({fault.Message}); they were written by another version of Tradewind.");
        }
    }

    /// <summary>Everything that is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (Symbols.Count == 0) faults.Add("Symbols: at least one instrument is needed, for example ES.");
        foreach (string symbol in Symbols.Where(symbol => !Instruments.TryFind(symbol, out _)))
        {
            faults.Add($"Symbols: there is no instrument \"{symbol}\"{NearestNames.Suggestion(symbol, Instruments.All.Select(known => known.Symbol))}.");
        }
        if (Repeated.In(Symbols) is { } twice) faults.Add($"Symbols: {twice} is listed twice; expected each once.");
        if (!Core.Model.Timeframe.TryParse(Timeframe, out Timeframe bars)) faults.Add($"Timeframe: found \"{Timeframe}\"; expected a length like 5s, 1m or 1h, at least 1 of them.");
        else if (BarBuilder.Refusal(bars) is { } refusal) faults.Add($"Timeframe: {refusal}");
        if (Strategies.Count == 0) faults.Add("Strategies: at least one is needed.");
        for (int i = 0; i < Strategies.Count; i++)
        {
            if (Strategies[i].Fault() is { } fault) faults.Add($"Strategies.{i}: {fault}");
            foreach (string symbol in Strategies[i].Symbols.Except(Symbols, StringComparer.OrdinalIgnoreCase)) faults.Add($"Strategies.{i}.Symbols: {symbol} is not among Symbols{NearestNames.Suggestion(symbol, Symbols)}; add it there, or name one of {string.Join(", ", Symbols)}.");
        }
        if (Broker is not ("" or BrokerName.Paper or BrokerName.ProjectX)) faults.Add($"Broker: found \"{Broker}\"; expected {BrokerName.ProjectX} or {BrokerName.Paper}.");
        if (!BracketNames.All.ContainsKey(Brackets)) faults.Add($"Brackets: found \"{Brackets}\"; expected {string.Join(", ", BracketNames.All.Keys)}.");
        if (!TrailingNames.All.Contains(TrailingStops, StringComparer.OrdinalIgnoreCase)) faults.Add($"TrailingStops: found \"{TrailingStops}\"; expected {string.Join(" or ", TrailingNames.All)}.");
        if (Cash <= 0m) faults.Add($"Cash: found {Cash}; expected money above 0.");
        if (!Composition.Combiners.ContainsKey(Combiner)) faults.Add($"Combiner: found \"{Combiner}\"; expected {string.Join(" or ", Composition.Combiners.Keys)}.");
        if (!(MinimumConsensus > 0 && MinimumConsensus <= 1)) faults.Add($"MinimumConsensus: found {MinimumConsensus}; expected a number above 0 and at most 1.");
        if (!(StrategyBudgetSeconds >= 0.001 && StrategyBudgetSeconds <= 60)) faults.Add($"StrategyBudgetSeconds: found {StrategyBudgetSeconds}; expected seconds from 0.001 to 60.");
        if (StrategyWorkers is < 0 or > 64) faults.Add($"StrategyWorkers: found {StrategyWorkers}; expected 0 to 64.");
        if (CallRounds is < CallMeter.FewestRounds or > CallMeter.MostRounds) faults.Add($"CallRounds: found {CallRounds}; expected {CallMeter.FewestRounds} to {CallMeter.MostRounds}.");
        faults.AddRange(Sizing.Faults());
        faults.AddRange(Risk.Faults());
        faults.AddRange(Paper.Faults());
        return faults;
    }
}

/// <summary>Holds a position and its protective orders, and wishes nothing.</summary>
public sealed record CaretakerChoice(string Name, string Symbol);

/// <summary>The names of brokers in settings.</summary>
internal static class BrokerName
{
    public const string Paper = "paper";
    public const string ProjectX = "projectx";
}

/// <summary>A strategy by its name, with what is set differently from its defaults.</summary>
public sealed record StrategyChoice
{
    public string Name { get; init; } = "";

    /// <summary>Its name in the session, where one strategy trades a symbol with two sets of parameters; empty for the strategy's own.</summary>
    public string As { get; init; } = "";

    /// <summary>Hash of a file's text when the session began. The program sets it in the journal; a replay compiles that text.</summary>
    public string Source { get; init; } = "";

    /// <summary>Parameter to value, as on the command line.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What it trades, of the session's symbols; none means each of them.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Higher ones are asked first; null for the strategy's own.</summary>
    public int? Priority { get; init; }

    internal bool Trades(string symbol) => Symbols.Count == 0 || Symbols.Contains(symbol, StringComparer.OrdinalIgnoreCase);

    [JsonIgnore]
    internal StrategyReference Reference => StrategyReference.Parse(Name);

    /// <summary>Its name in the session.</summary>
    internal string NameOf(StrategySettings configured) => As.Length > 0 ? As : configured.Description.Name;

    /// <exception cref="ArgumentException">There is no such strategy, or its parameters are wrong.</exception>
    /// <exception cref="InputException">Its file cannot be used.</exception>
    internal StrategySettings Configure(StrategyShelf shelf) => Reference is { File: { } file } reference
        ? shelf.Open(file, reference.Name, Source, Parameters)
        : StrategyLibrary.BuiltIn.Find(Name).Configure(Parameters);

    /// <summary>What is wrong with it; null where nothing is.</summary>
    internal string? Fault()
    {
        if (!As.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')) return $"found the name \"{As}\" in As, expected letters, digits and dashes, for example fast-cross.";
        if (string.IsNullOrWhiteSpace(Name)) return "the name is missing; add one that tradewind strategies list shows.";
        if (Reference.File is { } file) return file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? null : $"found \"{file}\"; a session takes names of strategies list and .cs files.";
        try
        {
            StrategyLibrary.BuiltIn.Find(Name).Configure(Parameters);
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message;
        }
    }
}

/// <summary>The limits of the risk gate.</summary>
public sealed record RiskSettings
{
    /// <summary>Most units in one order.</summary>
    public decimal MaxOrderQuantity { get; init; } = 5m;

    /// <summary>Most units long or short in one instrument.</summary>
    public decimal MaxPosition { get; init; } = 3m;

    /// <summary>Most notional per unit of equity.</summary>
    public decimal MaxExposure { get; init; } = 20m;

    /// <summary>Most orders in a minute; a fifth is kept for orders that protect or close.</summary>
    public int MaxOrdersPerMinute { get; init; } = 60;

    /// <summary>Oldest market data that an entry may rest on, in seconds.</summary>
    public double MaxDataAgeSeconds { get; init; } = 15;

    /// <summary>How far the market may be from the price that was decided on when a market order is sent, as a share of that price.</summary>
    public decimal MaxSlippage { get; init; } = 0.005m;

    /// <summary>The same order is not sent twice within this time, in seconds.</summary>
    public double DuplicateWindowSeconds { get; init; } = 1;

    /// <summary>No new risk so long before the session's close; outside the session there is none anyway.</summary>
    public double QuietMinutesBeforeClose { get; init; }

    /// <summary>Drawdown from the peak, as a fraction, from which no new risk is taken.</summary>
    public decimal MaxDrawdown { get; init; } = 0.1m;

    /// <summary>How long a position may stand without the protective stop that the venue confirmed, in seconds; then it is closed.</summary>
    public double ProtectionSeconds { get; init; } = 2;

    /// <summary>Rules of the user's own, from files; asked after the limits above.</summary>
    public IReadOnlyList<RiskRuleChoice> Rules { get; init; } = [];

    internal IEnumerable<string> Faults()
    {
        for (int i = 0; i < Rules.Count; i++)
        {
            if (Rules[i].Fault() is { } fault) yield return $"Risk.Rules.{i}: {fault}";
        }
        if (!(ProtectionSeconds >= 0.1 && ProtectionSeconds <= 600)) yield return $"Risk.ProtectionSeconds: found {ProtectionSeconds}; expected 0.1 to 600.";
        if (MaxOrderQuantity <= 0m) yield return $"Risk.MaxOrderQuantity: found {MaxOrderQuantity}; expected units above 0.";
        if (MaxPosition <= 0m) yield return $"Risk.MaxPosition: found {MaxPosition}; expected units above 0.";
        if (MaxExposure <= 0m) yield return $"Risk.MaxExposure: found {MaxExposure}; expected a multiple above 0.";
        if (MaxOrdersPerMinute is < 1 or > 10_000) yield return $"Risk.MaxOrdersPerMinute: found {MaxOrdersPerMinute}; expected 1 to 10000.";
        if (!(MaxDataAgeSeconds > 0 && MaxDataAgeSeconds <= 86_400)) yield return $"Risk.MaxDataAgeSeconds: found {MaxDataAgeSeconds}; expected above 0 and at most 86400.";
        if (MaxSlippage is <= 0m or > 1m) yield return $"Risk.MaxSlippage: found {MaxSlippage}; expected a share above 0 and at most 1.";
        if (!(DuplicateWindowSeconds > 0 && DuplicateWindowSeconds <= 3600)) yield return $"Risk.DuplicateWindowSeconds: found {DuplicateWindowSeconds}; expected above 0 and at most 3600.";
        if (!(QuietMinutesBeforeClose >= 0 && QuietMinutesBeforeClose <= 1440)) yield return $"Risk.QuietMinutesBeforeClose: found {QuietMinutesBeforeClose}; expected 0 to 1440.";
        if (MaxDrawdown is <= 0m or >= 1m) yield return $"Risk.MaxDrawdown: found {MaxDrawdown}; expected a fraction above 0 and below 1.";
    }
}

/// <summary>What trading on paper costs.</summary>
public sealed record PaperSettings
{
    /// <summary>Commission per unit and fill, 0 or more.</summary>
    public decimal Commission { get; init; } = 2.25m;

    /// <summary>Ticks by which market and stop orders fill worse, 0 to 100.</summary>
    public int SlippageTicks { get; init; }

    [JsonIgnore]
    internal VenueOptions Venue => new() { Fees = new PerUnit(Commission), SlippageTicks = SlippageTicks };

    internal IEnumerable<string> Faults()
    {
        if (Commission < 0m) yield return $"Paper.Commission: found {Commission}; expected 0 or more.";
        if (SlippageTicks is < 0 or > 100) yield return $"Paper.SlippageTicks: found {SlippageTicks}; expected 0 to 100.";
    }
}

/// <summary>A risk rule of a file, with what is set differently from its defaults.</summary>
public sealed record RiskRuleChoice
{
    /// <summary>A <c>.cs</c> file, or <c>FILE.cs:Class</c> where it holds several.</summary>
    public string Name { get; init; } = "";

    /// <summary>Hash of the file's text when the session began. The program sets it in the journal; a replay compiles that text.</summary>
    public string Source { get; init; } = "";

    /// <summary>Property of its options to value.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    internal StrategyReference Reference => StrategyReference.Parse(Name);

    /// <exception cref="InputException">Its file cannot be used.</exception>
    internal IRiskRule Create(StrategyShelf shelf) => shelf.CreateRule(Reference.File!, Reference.Name, Source, Parameters);

    /// <summary>What is wrong with it; null where nothing is.</summary>
    internal string? Fault() => Reference.File is { } file && file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? null : $"found \"{Name}\", expected a .cs file with a risk rule, for example risk-rules/MyRule.cs.";
}
