namespace Tradewind.Gateway.Matching;

/// <summary>How the gateway works orders: its delays in market time, and what it does where the original's behaviour is not known.</summary>
public sealed record MatchingOptions
{
    /// <summary>From accepting an order, a change or a cancel to carrying it out; zero or more. 8 ms was seen live.</summary>
    public TimeSpan ActivationDelay { get; init; } = TimeSpan.FromMilliseconds(8);

    /// <summary>From refusing an order to telling the hub; zero or more. 2 ms was seen live.</summary>
    public TimeSpan RejectionDelay { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>From an entry's fill to its children working; zero or more. 18 ms was seen live.</summary>
    public TimeSpan BracketDelay { get; init; } = TimeSpan.FromMilliseconds(18);

    /// <summary>From a leg's fill to the cancel of the other; zero or more. 10 to 15 ms were seen live.</summary>
    public TimeSpan OcoDelay { get; init; } = TimeSpan.FromMilliseconds(12);

    /// <summary>Contracts of a price level whose size the market data does not tell, 1 to 1,000,000.</summary>
    public int AssumedSize { get; init; } = 10;

    /// <summary>Prices farther from the last one than this share are refused, above 0 and at most 1.</summary>
    public decimal PriceRange { get; init; } = 0.10m;

    internal IEnumerable<string> Faults()
    {
        if (new[] { ActivationDelay, RejectionDelay, BracketDelay, OcoDelay }.Any(delay => delay < TimeSpan.Zero || delay > TimeSpan.FromMinutes(1)))
            yield return $"A matching delay is outside 0 to 1 minute (activation {ActivationDelay}, rejection {RejectionDelay}, bracket {BracketDelay}, one-cancels-other {OcoDelay}).";
        if (AssumedSize is < 1 or > 1_000_000) yield return $"The assumed size of a price level is {AssumedSize}; expected 1 to 1000000 contracts.";
        if (PriceRange is <= 0 or > 1) yield return $"The price range is {PriceRange}; expected a share above 0 and at most 1.";
    }
}
