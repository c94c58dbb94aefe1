using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX;

/// <summary>How much of the gateway's request limits is used: 50 history calls in 30 s, and 200 others in 60 s. One budget serves everything that uses the same key in this process.</summary>
public sealed record BudgetOptions
{
    /// <summary>Part of a limit for ordinary use, 0.02 to 0.8.</summary>
    public double Share { get; init; } = 0.6;

    /// <summary>Part of it up to which orders are sent that add risk, 0.02 to <see cref="Share"/>: what is left keeps the account known.</summary>
    public double EntryShare { get; init; } = 0.4;

    /// <summary>Part beyond it for what reduces risk: protective and closing orders, cancels. 0 to 0.4, and with <see cref="Share"/> at most 1.</summary>
    public double Reserve { get; init; } = 0.2;

    /// <summary>An order that adds risk is given up, unsent, where it would have to wait longer for its turn; 0 s to 1 min. A late order is another order.</summary>
    public TimeSpan EntryPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same of what reduces risk, 0 s to 1 min.</summary>
    public TimeSpan ProtectionPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>By lane.</summary>
    internal double[] Shares => [Share + Reserve, Share, EntryShare, Share];

    internal TimeSpan Of(RestLane lane) => lane switch
    {
        RestLane.Protection => ProtectionPatience,
        RestLane.Entry => EntryPatience,
        _ => Timeout.InfiniteTimeSpan,
    };

    internal void Check(OptionFaults faults)
    {
        faults.Range("Budget.Share", Share, 0.02, 0.8);
        faults.Range("Budget.EntryShare", EntryShare, 0.02, Math.Max(0.02, Share));
        faults.Range("Budget.Reserve", Reserve, 0, 0.4);
        if (Share + Reserve > 1) faults.Add($"Budget.Share and Budget.Reserve are {Share} and {Reserve}; together they must not be above 1.");
        faults.Range("Budget.EntryPatience", EntryPatience, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        faults.Range("Budget.ProtectionPatience", ProtectionPatience, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
