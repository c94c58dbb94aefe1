using Tradewind.Core.Model;

namespace Tradewind.Gateway.Contracts;

/// <summary>On which day the trading of a contract ends, or (gold, notes) deliveries begin. Weekends are respected, holidays are not.</summary>
public enum Termination
{
    /// <summary>The third Friday of the contract month.</summary>
    ThirdFriday,

    /// <summary>Two business days before the third Wednesday of the contract month.</summary>
    BeforeThirdWednesday,

    /// <summary>Three business days before the 25th of the month before the contract month; the business day before counts for a 25th on a weekend.</summary>
    BeforeThe25th,

    /// <summary>One business day before <see cref="BeforeThe25th"/>.</summary>
    DayBeforeThe25thRule,

    /// <summary>The last business day of the month before the contract month.</summary>
    EndOfMonthBefore,
}

/// <summary>What the gateway lists: an instrument with the gateway's own name for it and its contract months.</summary>
/// <param name="Root">The gateway's root, not the exchange's symbol: EP for ES.</param>
/// <param name="Cycle">Month codes (F to Z) of the listed contracts.</param>
public sealed record Product(Instrument Instrument, string Root, string Cycle, Termination Termination)
{
    public string SymbolId { get; } = $"F.US.{Root}";

    public decimal TickValue => Instrument.TickSize * Instrument.PointValue;
}
