using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.History;

internal enum Finding
{
    /// <summary>The history cannot be asked, or has itself stalled.</summary>
    Unknown = 0,

    /// <summary>Nothing was traded: the silence is the market's.</summary>
    Quiet = 1,

    /// <summary>There were trades that we did not get: the stream is dead.</summary>
    Traded = 2,
}

/// <summary>Asks the history whether a silent symbol is being traded: the one proof that tells a quiet market from a dead stream.</summary>
internal sealed class TradingProbe(BarHistory history)
{
    private const int Bars = 1000;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Farthest = TimeSpan.FromMinutes(10);

    /// <param name="since">The gateway's time from which we heard nothing. Trades within 2 s after it prove nothing: bars are cut at seconds.</param>
    /// <param name="lastTrade">The last trade that we did get; a history that does not know it has stalled.</param>
    public async Task<Finding> AskAsync(string contractId, Instrument instrument, Timestamp since, Timestamp? lastTrade, Timestamp now, CancellationToken cancel)
    {
        bool hasEvidence = lastTrade is { } last && since - last < Farthest;
        Timestamp from = (hasEvidence && lastTrade < since ? lastTrade!.Value : since) - Leeway;
        if (now - from > Farthest + Farthest) from = now - Farthest;
        RestResult<IReadOnlyList<Bar>> bars = await history.RecentAsync(contractId, instrument, Timeframe.OneSecond, from, now + Leeway, Bars, cancel).ConfigureAwait(false);
        if (bars.Failure is not null) return Finding.Unknown;
        if (bars.Value.Any(bar => bar.Start >= since + Leeway)) return Finding.Traded;
        bool isKnown = !hasEvidence || lastTrade < from || bars.Value.Any(bar => bar.Start - Leeway <= lastTrade && lastTrade < bar.End + Leeway);
        return isKnown ? Finding.Quiet : Finding.Unknown;
    }
}
