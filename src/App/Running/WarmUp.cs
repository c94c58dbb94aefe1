using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.App.Running;

/// <summary>Feeds past bars to the engine before the stream starts, so that indicators are ready with the first live bar.</summary>
/// <param name="warn">Hears of an instrument that starts without its past, and why.</param>
internal sealed class WarmUp(IFeed feed, Engine engine, TimeProvider time, Action<string> warn)
{
    /// <summary>Past bars wanted beyond the longest warm-up: recursive averages settle.</summary>
    private const int Settling = 200;

    private static readonly TimeSpan LongestBreak = TimeSpan.FromDays(10);

    /// <exception cref="FeedException">The feed cannot work at all.</exception>
    public async Task RunAsync(ChannelWriter<FeedInput> inbox, Timeframe timeframe, CancellationToken cancel)
    {
        if (timeframe.Kind != TimeframeKind.Time) return;
        for (int index = 0; index < engine.Options.Instruments.Count; index++)
        {
            foreach (Bar bar in await TryReadAsync(engine.Options.Instruments[index], timeframe, cancel).ConfigureAwait(false))
            {
                await inbox.WriteAsync(new(new Input(index, in bar, bar.End, isHistory: true), 0), cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<Bar>> TryReadAsync(Instrument instrument, Timeframe timeframe, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(instrument, timeframe, cancel).ConfigureAwait(false);
        }
        catch (FeedException fault) when (fault.Fault == FeedFault.NoHistory)
        {
            warn($"{instrument.Symbol} starts without its past, so its strategies wait until live bars have made their indicators ready: {fault.Message}");
            return [];
        }
    }

    /// <summary>The market may be closed now, or a simulated one live on another day: the newest minute bar tells how far its time has come.</summary>
    private async Task<IReadOnlyList<Bar>> ReadAsync(Instrument instrument, Timeframe timeframe, CancellationToken cancel)
    {
        Timestamp now = Timestamp.From(time.GetUtcNow());
        IReadOnlyList<Bar> minutes = await feed.HistoryAsync(instrument, Timeframe.OneMinute, now - TimeSpan.FromDays(5), now + TimeSpan.FromDays(1), cancel).ConfigureAwait(false);
        if (minutes.Count == 0) return [];
        Timestamp to = minutes[^1].End + TimeSpan.FromMinutes(1);
        return await feed.HistoryAsync(instrument, timeframe, Start(instrument.Calendar, timeframe, to), to, cancel).ConfigureAwait(false);
    }

    /// <summary>Where as many bars as wanted, and as many whole sessions, lie in open hours before the end.</summary>
    private Timestamp Start(SessionCalendar calendar, Timeframe timeframe, Timestamp to)
    {
        long wanted = Wanted(timeframe);
        int sessions = Longest(engine, indicator => indicator.WarmUpSessions);
        Session session = calendar.SessionAt(to);
        long open = Math.Max(0, to.Nanoseconds - session.Open.Nanoseconds);
        for (int before = 0; before < sessions || open < wanted; before++)
        {
            if (Before(calendar, session) is not { } earlier) break;
            session = earlier;
            open += session.Close.Nanoseconds - session.Open.Nanoseconds;
        }
        bool isWhole = sessions > 0 || open < wanted;
        return isWhole ? session.Open : new(session.Open.Nanoseconds + open - wanted);
    }

    /// <summary>The session before; null where a calendar has none within the longest break.</summary>
    private static Session? Before(SessionCalendar calendar, Session session)
    {
        for (TimeSpan back = TimeSpan.FromHours(1); back < LongestBreak; back += TimeSpan.FromHours(1))
        {
            Session earlier = calendar.SessionAt(session.Open - back);
            if (earlier.Open < session.Open) return earlier;
        }
        return null;
    }

    /// <summary>Nanoseconds of open hours: for each indicator by the length of the bars that it reads, and for what strategies remember themselves.</summary>
    private long Wanted(Timeframe timeframe)
    {
        long most = Settling * timeframe.Amount;
        for (int i = 0; i < engine.StrategyCount; i++)
        {
            StrategyView strategy = engine.Strategy(i);
            most = Math.Max(most, strategy.WantedHistory * timeframe.Amount);
            foreach ((Indicator indicator, Timeframe length) in strategy.Uses)
            {
                Timeframe bars = length == strategy.Timeframe ? timeframe : length;
                if (bars.Kind == TimeframeKind.Time) most = Math.Max(most, (indicator.WarmUp + Settling) * bars.Amount);
            }
        }
        return most;
    }

    /// <summary>What the slowest indicator of all strategies needs; 0 where there is none.</summary>
    public static int Longest(Engine engine, Func<Indicator, int> wanted)
    {
        int most = 0;
        for (int i = 0; i < engine.StrategyCount; i++)
        {
            foreach (Indicator indicator in engine.Strategy(i).Indicators) most = Math.Max(most, wanted(indicator));
        }
        return most;
    }
}
