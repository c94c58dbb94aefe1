namespace Tradewind.Gateway.Accounts;

/// <summary>What raises the floor of the maximum loss.</summary>
public enum TrailBasis
{
    /// <summary>The highest balance at the end of a trading day.</summary>
    EndOfDay = 0,

    /// <summary>The highest realised balance at any time.</summary>
    Realized = 1,

    /// <summary>The highest equity at any time, open profit included.</summary>
    Equity = 2,
}

/// <summary>The rules of a prop firm's account; null is no such rule. Amounts in US dollars.</summary>
public sealed record AccountRules
{
    /// <summary>The account is lost when equity falls to the floor: the highest basis less this amount, at most the starting balance. Above 0.</summary>
    public decimal? MaximumLoss { get; init; }

    public TrailBasis MaximumLossBasis { get; init; }

    /// <summary>Net loss of a trading day, open positions included, at which the account is flattened and locked until 17:00 Chicago. Above 0.</summary>
    public decimal? DailyLoss { get; init; }

    /// <summary>Most contracts held and working together, in minis; a micro counts a tenth. Above 0.</summary>
    public decimal? MaximumPosition { get; init; }

    /// <summary>Chicago time of day at which the account is flattened; no orders until 17:00. Between 00:00 and 17:00.</summary>
    public TimeOnly? FlatBy { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (MaximumLoss <= 0) yield return $"The account's maximum loss is {MaximumLoss}; expected an amount above 0.";
        if (DailyLoss <= 0) yield return $"The account's daily loss limit is {DailyLoss}; expected an amount above 0.";
        if (MaximumPosition <= 0) yield return $"The account's maximum position is {MaximumPosition}; expected a number of contracts above 0.";
        if (FlatBy > new TimeOnly(17, 0)) yield return $"The account's flat-by time is {FlatBy:HH:mm}; expected 00:00 to 17:00 in Chicago.";
    }
}
