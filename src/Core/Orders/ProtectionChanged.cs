using System.Globalization;

namespace Tradewind.Core.Orders;

/// <summary>How the protection of a position came out; the numbers are hashed and stored and never change.</summary>
public enum ProtectionOutcome : byte
{
    None = 0,

    /// <summary>The venue has confirmed a stop of the position's size, some time after the position had been without.</summary>
    Confirmed = 1,

    /// <summary>No stop was confirmed within the limit: the position is being closed.</summary>
    Overdue = 2,

    /// <summary>The position is flat after it had stood without a confirmed stop.</summary>
    Flat = 3,
}

/// <summary>A strategy's position was, or is, without a confirmed stop. What is confirmed at the instant of the fill is not told.</summary>
/// <param name="Position">The strategy's signed position.</param>
/// <param name="Unprotected">How long it has stood without.</param>
public readonly record struct ProtectionChanged(ProtectionOutcome Outcome, decimal Position, TimeSpan Unprotected)
{
    /// <summary>One sentence for people.</summary>
    public string Sentence()
    {
        string length = Unprotected.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        string position = Position.ToString("0.########", CultureInfo.InvariantCulture);
        return Outcome switch
        {
            ProtectionOutcome.Confirmed => $"the venue confirmed the stop of the position of {position} after {length} s without one",
            ProtectionOutcome.Overdue => $"the position of {position} has stood for {length} s without a confirmed stop and is closed",
            _ => $"the position is flat after {length} s without a confirmed stop",
        };
    }
}
