using Tradewind.Live;

namespace Tradewind.Server;

/// <summary>What the API and the status page tell about a running engine.</summary>
/// <param name="Mode">The word on the badge: <c>PAPER</c>, <c>SIMULATED</c>, <c>PRACTICE</c>, <c>EVALUATION</c>, <c>LIVE</c>.</param>
/// <param name="Session">Id of the session; its journal carries the same name.</param>
/// <param name="Gateway">Where the market data comes from.</param>
/// <param name="MarketInputs">Trades, quotes and depth changes that the engine has processed; the feed's count of delivered ones less those that wait in the inbox.</param>
/// <param name="View">Null until the engine's clock ticked for the first time.</param>
/// <param name="DecisionLatency">From the parsed payload to the order's hand-over, microseconds; null before the first order.</param>
public sealed record StatusReport(
    string Mode, string Session, string Version, string Gateway, DateTimeOffset Started, int InboxDepth,
    long MarketInputs,
    FeedHealth Feed, LatencyRow? DecisionLatency, LatencyRow? ProcessingLatency, RunView? View)
{
    /// <summary>Why this session sends nothing; null where it may.</summary>
    public string? ReadOnly { get; init; }

    /// <summary>Counts the engines that had the account at the gateway, this one included; null where there is none, or another has it.</summary>
    public long? Epoch { get; init; }

    /// <summary>From an order's approval, over the disk, to its hand-over to the broker; null before the first.</summary>
    public LatencyRow? IntentLatency { get; init; }

    /// <summary>How the broker's connection stands.</summary>
    public BrokerHealth Broker { get; init; } = BrokerHealth.InProcess;

    /// <summary>Null until the session has one.</summary>
    public JournalRow? Journal { get; init; }

    /// <summary>Null until the session has one.</summary>
    public StoreRow? Store { get; init; }

    /// <summary>The strategy that holds the engine up, in words: the picture below is as old as that. Null while none does.</summary>
    public string? Stuck { get; init; }
}

/// <summary>How the journal of inputs stands.</summary>
/// <param name="Durable">Inputs that survive a loss of power.</param>
/// <param name="IsSpaceLow">The disk is nearly full; trading is paused.</param>
/// <param name="Fault">Why it stopped; null while it works.</param>
public sealed record JournalRow(string Path, long Appended, long Durable, bool IsSpaceLow, string? Fault);

/// <summary>How the database stands.</summary>
/// <param name="Waiting">Rows not stored yet.</param>
/// <param name="LeftOut">Rows that found no room; the journal has them.</param>
/// <param name="Fault">The last error; null once writing works again.</param>
public sealed record StoreRow(string Path, long Waiting, long Stored, long LeftOut, string? Fault);

/// <summary>Percentiles of a duration, in microseconds.</summary>
public sealed record LatencyRow(long Count, double P50, double P99, double P999, double Maximum)
{
    public static LatencyRow? Of(LatencyHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.Count == 0 ? null : new(histogram.Count, histogram.Percentile(0.5).TotalMicroseconds,
            histogram.Percentile(0.99).TotalMicroseconds, histogram.Percentile(0.999).TotalMicroseconds, histogram.Maximum.TotalMicroseconds);
    }
}
