using Tradewind.Live;

namespace Tradewind.Server;

/// <summary>What the API and the status page tell about a running engine.</summary>
/// <param name="Mode">The word on the badge: <c>PAPER</c>, <c>LIVE</c>.</param>
/// <param name="Session">Id of the session; its journal carries the same name.</param>
/// <param name="Gateway">Where the market data comes from.</param>
/// <param name="View">Null until the engine's clock ticked for the first time.</param>
/// <param name="DecisionLatency">From the parsed payload to the order's hand-over, microseconds; null before the first order.</param>
public sealed record StatusReport(
    string Mode, string Session, string Version, string Gateway, DateTimeOffset Started, int InboxDepth,
    FeedHealth Feed, LatencyRow? DecisionLatency, LatencyRow? ProcessingLatency, RunView? View);

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
