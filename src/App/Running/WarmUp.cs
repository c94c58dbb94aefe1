using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.App.Running;

/// <summary>Feeds past bars to the engine before the stream starts, so that indicators are ready with the first live bar.</summary>
internal sealed class WarmUp(IFeed feed, Engine engine, TimeProvider time)
{
    /// <summary>Past bars wanted beyond the longest warm-up: recursive averages settle.</summary>
    private const int Settling = 200;

    /// <exception cref="FeedException">The feed gives no history.</exception>
    public async Task RunAsync(ChannelWriter<FeedInput> inbox, Timeframe timeframe, CancellationToken cancel)
    {
        if (timeframe.Kind != TimeframeKind.Time) return;
        int bars = LongestWarmUp() + Settling;
        for (int index = 0; index < engine.Options.Instruments.Count; index++)
        {
            Instrument instrument = engine.Options.Instruments[index];
            foreach (Bar bar in await ReadAsync(instrument, timeframe, bars, cancel).ConfigureAwait(false))
            {
                await inbox.WriteAsync(new(new Input(index, in bar, bar.End, isHistory: true), 0), cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The market may be closed now, or a simulated one live on another day: the newest minute bar tells how far its time has come.</summary>
    private async Task<IReadOnlyList<Bar>> ReadAsync(Instrument instrument, Timeframe timeframe, int count, CancellationToken cancel)
    {
        Timestamp now = Timestamp.From(time.GetUtcNow());
        IReadOnlyList<Bar> minutes = await feed.HistoryAsync(instrument, Timeframe.OneMinute, now - TimeSpan.FromDays(5), now + TimeSpan.FromDays(1), cancel).ConfigureAwait(false);
        if (minutes.Count == 0) return [];
        Timestamp to = minutes[^1].End + TimeSpan.FromMinutes(1);
        IReadOnlyList<Bar> bars = timeframe == Timeframe.OneMinute
            ? minutes
            : await feed.HistoryAsync(instrument, timeframe, to - TimeSpan.FromTicks(timeframe.Amount / 100 * (count + 60)), to, cancel).ConfigureAwait(false);
        return bars.Count > count ? [.. bars.Skip(bars.Count - count)] : bars;
    }

    private int LongestWarmUp()
    {
        int longest = 1;
        for (int i = 0; i < engine.StrategyCount; i++)
        {
            foreach (Indicator indicator in engine.Strategy(i).Indicators) longest = Math.Max(longest, indicator.WarmUp);
        }
        return longest;
    }
}
