namespace Tradewind.Core.Orders;

/// <summary>When an entry that was in doubt, and then proven never to have reached the venue, is sent once more. What protects or closes is, always.</summary>
public sealed record ResendOptions
{
    /// <summary>Oldest intent that is sent again, zero (never) to 10 minutes.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Furthest that the market may have moved from the price on which a market order was decided, as a fraction of it, 0 to 1.</summary>
    public double MaximumMove { get; init; } = 0.005;

    /// <summary>Oldest market data that it may rest on, zero to 10 minutes.</summary>
    public TimeSpan MaximumDataAge { get; init; } = TimeSpan.FromSeconds(10);

    internal void AddFaults(List<string> faults)
    {
        if (MaximumAge < TimeSpan.Zero || MaximumAge > TimeSpan.FromMinutes(10)) faults.Add($"Resend.MaximumAge must be between 0 and 10 minutes, found {MaximumAge}.");
        if (MaximumMove is not (>= 0 and <= 1)) faults.Add($"Resend.MaximumMove must be between 0 and 1, found {MaximumMove}.");
        if (MaximumDataAge < TimeSpan.Zero || MaximumDataAge > TimeSpan.FromMinutes(10)) faults.Add($"Resend.MaximumDataAge must be between 0 and 10 minutes, found {MaximumDataAge}.");
    }
}
