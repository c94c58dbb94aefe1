using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;

namespace Tradewind.Gateway.Orders;

/// <summary>A change that was accepted; without a request it is a cancel.</summary>
internal sealed record AcceptedChange(Timestamp Due, ModifyRequest? Request);

/// <summary>An order as the gateway keeps it. Prices are in ticks: whole multiples of the product's tick size.</summary>
public sealed class VenueOrder
{
    /// <summary>Above 2^31, as the original's are.</summary>
    public required long Id { get; init; }

    public required int AccountId { get; init; }

    public required ContractMonth Contract { get; init; }

    public required Timestamp Created { get; init; }

    /// <summary>When something but a fill last changed the order: a fill does not advance it.</summary>
    public Timestamp Updated { get; internal set; }

    public required OrderType Type { get; init; }

    public required OrderSide Side { get; init; }

    public int Size { get; internal set; }

    public OrderStatus Status { get; internal set; }

    public long? LimitTicks { get; internal set; }

    /// <summary>Where a stop triggers; of a trailing stop, where it stands now.</summary>
    public long? StopTicks { get; internal set; }

    /// <summary>The offset of a stop-loss child from its entry, or of a trailing stop from the best price since: negative is below.</summary>
    public int? TrailTicks { get; internal set; }

    public int FillVolume { get; internal set; }

    /// <summary>Sum of ticks times contracts over all fills.</summary>
    public long FillValue { get; internal set; }

    public string? CustomTag { get; init; }

    public long? ParentId { get; init; }

    /// <summary>What the protocol shows: the target of a bracket names its stop, and not the other way round.</summary>
    public long? LinkedId { get; init; }

    /// <summary>The other leg: when one fills, the other is cancelled.</summary>
    public VenueOrder? Sibling { get; internal set; }

    internal List<VenueOrder> Children { get; } = [];

    /// <summary>Which of the entry's brackets a child belongs to: 1, and one more for each that was made anew.</summary>
    internal int Round { get; init; } = 1;

    /// <summary>What had filled when the entry's latest bracket was made: it protects the rest.</summary>
    internal (int Volume, long Value) Covered { get; set; }

    /// <summary>The entry's latest bracket.</summary>
    internal IEnumerable<VenueOrder> Legs => Children.Where(child => child.Round == Children[^1].Round);

    /// <summary>Ticks from the entry's fill at which a bracket child is placed.</summary>
    public int EntryOffset { get; init; }

    /// <summary>Placed by the platform itself (liquidation, flat-by, position brackets), not by the user.</summary>
    public bool IsPlatforms { get; init; }

    /// <summary>No search and no event tells of it, though its fills are told.</summary>
    internal bool IsHidden { get; set; }

    /// <summary>A cancel or a change that was taken and has not been carried out.</summary>
    internal AcceptedChange? Accepted { get; set; }

    /// <summary>A stop whose price was traded: from then on it is a market or a limit order.</summary>
    public bool IsTriggered { get; internal set; }

    /// <summary>Displayed contracts that come before this order at its price.</summary>
    public long QueueAhead { get; internal set; }

    /// <summary>An event has told of it.</summary>
    internal bool WasTold { get; set; }

    public int Remaining => Size - FillVolume;

    public bool IsWorking => Status is OrderStatus.Open;

    /// <summary>The last fill's ticks where these are to be shown instead of the average.</summary>
    internal long? ShownFillTicks { get; set; }

    /// <summary>Average of the fills.</summary>
    public decimal? FilledPrice => FillVolume == 0 ? null : Price(ShownFillTicks) ?? Math.Round(Price(FillValue)!.Value / FillVolume, 9);

    public decimal? LimitPrice => Price(LimitTicks);

    public decimal? StopPrice => Price(StopTicks);

    /// <summary>On reading this is a distance, whatever level was sent.</summary>
    public decimal? TrailPrice => Price(TrailTicks);

    private decimal? Price(long? ticks) => ticks * Contract.Product.Instrument.TickSize;
}
