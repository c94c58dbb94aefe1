using System.CommandLine;
using Tradewind.App.Grammar;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Commands;

/// <summary>The options by which commands name an instrument or describe an unknown one.</summary>
internal sealed class InstrumentOptions(bool isSymbolRequired)
{
    private readonly Option<string> _symbol = Opt.Text("--symbol", "SYMBOL", "What the data are of; known are " + string.Join(", ", Instruments.All.Select(each => each.Symbol)) + ". A recording says it itself.");
    private readonly Option<string> _pointValue = Opt.Text("--point-value", "MONEY", "Money per unit when the price rises by 1; needed for an unknown symbol, otherwise in place of the known one.");
    private readonly Option<string> _tickSize = Opt.Text("--tick-size", "PRICE", "Smallest price step; needed for an unknown symbol, otherwise in place of the known one.");
    private readonly Option<string> _assetClass = Opt.Text("--asset-class", "CLASS", "future, equity, forex or crypto: decides margin and trading hours of an unknown symbol.");

    public void AddTo(Command command)
    {
        command.Options.Add(_symbol);
        command.Options.Add(_pointValue);
        command.Options.Add(_tickSize);
        command.Options.Add(_assetClass);
    }

    public InstrumentTerms Read(Given given)
    {
        string? symbol = given.Text(_symbol);
        decimal? pointValue = given.Amount(_pointValue, 0m, 1_000_000_000m, isMinimumAllowed: false);
        decimal? tickSize = given.Amount(_tickSize, 0m, 1_000_000m, isMinimumAllowed: false);
        AssetClass? assetClass = given.Choice(_assetClass, Enum.GetNames<AssetClass>().Select(name => name.ToLowerInvariant())) is { } name ? Enum.Parse<AssetClass>(name, ignoreCase: true) : null;
        if (symbol is not null && string.IsNullOrWhiteSpace(symbol)) given.Refuse("--symbol is empty; name what the data are of, for example --symbol ES.");
        return new(symbol, pointValue, tickSize, assetClass, isSymbolRequired);
    }
}

/// <summary>What the command line says of an instrument.</summary>
internal sealed record InstrumentTerms(string? Symbol, decimal? PointValue, decimal? TickSize, AssetClass? AssetClass, bool IsRequired)
{
    /// <summary>The instrument, once the file was asked too.</summary>
    /// <exception cref="InputException">Nobody says what the data are of, or the symbol is unknown and not described.</exception>
    public Instrument Find(MarketDataFile file)
    {
        if ((Symbol ?? file.Symbol) is { } symbol) return Find(symbol);
        if (IsRequired) throw new InputException($"--symbol is missing: {file.Path} does not say what it holds; add --symbol, for example --symbol ES.");
        // Only its hours matter here: bars are cut at midnight UTC.
        return new Instrument("DATA", Core.Model.AssetClass.Crypto, 0.00000001m, 1m, ContinuousCalendar.Instance);
    }

    public Instrument Find(string symbol)
    {
        if (Instruments.TryFind(symbol, out Instrument? known)) return PointValue is null && TickSize is null && AssetClass is null ? known : Override(known);
        if (TickSize is { } tickSize && PointValue is { } pointValue) return Describe(symbol.ToUpperInvariant(), tickSize, pointValue);
        throw new InputException($"--symbol: \"{symbol}\" is not in the table of instruments{NearestNames.Suggestion(symbol, Instruments.All.Select(each => each.Symbol))}; describe it with --tick-size and --point-value.");
    }

    /// <summary>The instrument of a leg: what the options say of the data's own does not change a known one, and describes an unknown one too.</summary>
    /// <exception cref="InputException">It is unknown and not described.</exception>
    public Instrument FindLeg(string symbol)
    {
        if (Instruments.TryFind(symbol, out Instrument? known)) return known;
        if (TickSize is { } tickSize && PointValue is { } pointValue) return Describe(symbol.ToUpperInvariant(), tickSize, pointValue);
        throw new InputException($"--leg: \"{symbol}\" is not in the table of instruments{NearestNames.Suggestion(symbol, Instruments.All.Select(each => each.Symbol))}; describe it with --tick-size and --point-value, which hold for every unknown instrument of the command.");
    }

    private Instrument Override(Instrument known)
    {
        AssetClass kind = AssetClass ?? known.AssetClass;
        bool isSameKind = kind == known.AssetClass;
        return new Instrument(known.Symbol, kind, TickSize ?? known.TickSize, PointValue ?? known.PointValue, isSameKind ? known.Calendar : HoursOf(kind))
        {
            Description = known.Description,
            Venue = known.Venue,
            Currency = known.Currency,
            LotSize = known.LotSize,
            MarginPerUnit = isSameKind ? known.MarginPerUnit : null,
            MarginRate = isSameKind ? known.MarginRate : MarginOf(kind),
        };
    }

    private Instrument Describe(string symbol, decimal tickSize, decimal pointValue) => AssetClass is { } kind
        ? new Instrument(symbol, kind, tickSize, pointValue, HoursOf(kind)) { MarginRate = MarginOf(kind), LotSize = kind == Core.Model.AssetClass.Crypto ? 0.00000001m : 1m }
        : new Instrument(symbol, Core.Model.AssetClass.Future, tickSize, pointValue, ContinuousCalendar.Instance) { MarginRate = MarginOf(Core.Model.AssetClass.Future) };

    private static SessionCalendar HoursOf(AssetClass kind) => kind switch
    {
        Core.Model.AssetClass.Equity => Calendars.UsEquityExtended,
        Core.Model.AssetClass.Forex => Calendars.Fx,
        _ => ContinuousCalendar.Instance,
    };

    private static double MarginOf(AssetClass kind) => kind switch
    {
        Core.Model.AssetClass.Future => 0.1,
        Core.Model.AssetClass.Forex => 0.05,
        _ => 1,
    };
}
