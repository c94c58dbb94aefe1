using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Brackets;

internal enum LegKind
{
    Stop = 0,
    Target = 1,
}

/// <summary>A stop or target that the gateway made for an entry: its own order there, and one of the engine's as soon as the engine asks for it.</summary>
internal sealed class Leg(OrderRow row, LegKind kind)
{
    private readonly HashSet<long> _executions = [];

    public long Number { get; } = row.Id;

    public LegKind Kind { get; } = kind;

    /// <summary>The latest that was told of it; what has ended does not live again.</summary>
    public OrderRow Row { get; private set; } = row;

    /// <summary>The client id of the engine's order that it is; null while the engine has not asked for it.</summary>
    public string? Claimant { get; set; }

    /// <summary>Units of its executions that the synchroniser was told.</summary>
    public long Told { get; private set; }

    /// <summary>Local time since when it works and is nobody's; null while it is not so.</summary>
    public long? StraySince { get; set; }

    /// <summary>Local time at which its end was told first.</summary>
    public long EndedAt { get; set; }

    /// <summary>Local time of the last cancel that was sent because it is nobody's.</summary>
    public long? CanceledAt { get; set; }

    public VenueOrderState State => VenueRows.StateOf(Row.Status);

    public bool IsWorking => State == VenueOrderState.Working;

    /// <summary>It has closed all that it was for.</summary>
    public bool IsFilled => State == VenueOrderState.Filled;

    public bool IsFree => Claimant is null;

    /// <summary>The hub and every list tell an execution again.</summary>
    public void See(TradeRow trade)
    {
        if (_executions.Add(trade.Id)) Told = Math.Max(Told, Math.Min(Row.Size, Told + trade.Size));
    }

    public void See(OrderRow row)
    {
        if (State.IsFinal() && VenueRows.StateOf(row.Status).IsLive()) return;
        Row = row.FillVolume < Row.FillVolume ? row with { FillVolume = Row.FillVolume } : row;
    }

    /// <summary>Whether it shows the price and at least the size.</summary>
    public bool Shows(in OrderTerms terms, decimal size) => PriceOf(Row) == PriceOf(in terms) && Row.Size >= size;

    /// <summary>In the engine's words: one of its orders, by its own client id.</summary>
    public VenueOrder InEnginesWords(InstrumentMap instruments) => InEnginesWords(Row, instruments);

    /// <summary>A row of it as it was told: which of two rows is to be believed the synchroniser finds out, as of any order.</summary>
    public VenueOrder InEnginesWords(OrderRow row, InstrumentMap instruments) => VenueRows.Of(row, instruments) with { ClientId = Claimant, Parent = null };

    private decimal? PriceOf(OrderRow row) => Kind == LegKind.Stop ? row.StopPrice : row.LimitPrice;

    private decimal? PriceOf(in OrderTerms terms) => Kind == LegKind.Stop ? terms.StopPrice : terms.LimitPrice;
}

/// <summary>An entry that took its stop or target along, and what the gateway made of it.</summary>
/// <param name="strategy">Index of the strategy that it is for; null for an entry of an earlier session.</param>
internal sealed class BracketedEntry(string tag, int instrument, WireSide side, int? strategy)
{
    private readonly string?[] _standIns = new string?[2];
    private readonly bool[] _isPromised = new bool[2];

    public string Tag { get; } = tag;

    public int Instrument { get; } = instrument;

    public WireSide Side { get; } = side;

    public int? Strategy { get; } = strategy;

    public List<Leg> Legs { get; } = [];

    /// <summary>A later entry has taken its place: nothing is expected of it any more.</summary>
    public bool IsPast { get; set; }

    /// <summary>The entry was sent with such a leg.</summary>
    public void Promise(LegKind kind) => _isPromised[(int)kind] = true;

    /// <summary>An order of the engine takes the leg's place: whatever shows up of the leg is a second order of that one, which is known and canceled.</summary>
    public void Replace(LegKind kind, string clientId) => _standIns[(int)kind] = clientId;

    public string? StandInOf(LegKind kind) => _standIns[(int)kind];

    /// <summary>The gateway should have made it, and has told nothing of it.</summary>
    public bool IsOwed(LegKind kind) => _isPromised[(int)kind] && _standIns[(int)kind] is null && !Legs.Exists(leg => leg.Kind == kind);

}
