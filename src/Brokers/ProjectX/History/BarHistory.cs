using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.History;

/// <summary>Past bars of one contract, put into order: the gateway sends at most 20,000, newest first, and pages go backwards by end time.</summary>
internal sealed class BarHistory(ProjectXClient client, bool live)
{
    private const int PageSize = 20_000;

    /// <summary>Finished bars with <c>from ≤ Start</c> and <c>End ≤ to</c>, oldest first, each start once. Bars that make no sense are left out.</summary>
    public async Task<RestResult<IReadOnlyList<Bar>>> ReadAsync(string contractId, Instrument instrument, Timeframe timeframe, Timestamp from, Timestamp to, CancellationToken cancel)
    {
        var bars = new SortedDictionary<long, Bar>();
        Timestamp end = to;
        while (end > from)
        {
            RestResult<BarsReply> page = await client.BarsAsync(Request(contractId, timeframe, from, end, PageSize, includePartial: false), cancel).ConfigureAwait(false);
            if (page.Failure is { } failure) return new(failure);
            IReadOnlyList<BarReply?> rows = page.Value.Bars ?? [];
            Timestamp oldest = Collect(rows, instrument, timeframe, bars);
            if (rows.Count < PageSize || oldest >= end) break;
            end = oldest;
        }
        return new(bars.Values.Where(bar => bar.Start >= from && bar.End <= to).ToList());
    }

    /// <summary>The newest bars that started at <paramref name="from"/> or later, the forming one included, oldest first.</summary>
    public async Task<RestResult<IReadOnlyList<Bar>>> RecentAsync(string contractId, Instrument instrument, Timeframe timeframe, Timestamp from, Timestamp to, int limit, CancellationToken cancel)
    {
        RestResult<BarsReply> page = await client.BarsAsync(Request(contractId, timeframe, from, to, limit, includePartial: true), cancel).ConfigureAwait(false);
        if (page.Failure is { } failure) return new(failure);
        var bars = new SortedDictionary<long, Bar>();
        Collect(page.Value.Bars ?? [], instrument, timeframe, bars);
        return new(bars.Values.ToList());
    }

    private BarsRequest Request(string contractId, Timeframe timeframe, Timestamp from, Timestamp to, int limit, bool includePartial)
    {
        BarUnit unit = BarUnit.Of(timeframe);
        return new()
        {
            ContractId = contractId,
            Live = live,
            StartTime = WireTime.Write(from),
            EndTime = WireTime.Write(to),
            Unit = unit.Unit,
            UnitNumber = unit.Number,
            Limit = limit,
            IncludePartialBar = includePartial,
        };
    }

    /// <summary>Start of the oldest row, whether usable or not, so that paging always moves on.</summary>
    private static Timestamp Collect(IReadOnlyList<BarReply?> rows, Instrument instrument, Timeframe timeframe, SortedDictionary<long, Bar> bars)
    {
        Timestamp oldest = Timestamp.MaxValue;
        foreach (BarReply? row in rows)
        {
            if (row?.T is not { } start) continue;
            if (start < oldest) oldest = start;
            if (Read(row, start, instrument, timeframe) is { } bar) bars[bar.Start.Nanoseconds] = bar;
        }
        return oldest;
    }

    private static Bar? Read(BarReply row, Timestamp start, Instrument instrument, Timeframe timeframe)
    {
        if (row is not { O: { } open, H: { } high, L: { } low, C: { } close }) return null;
        if (!double.IsFinite(open) || !double.IsFinite(high) || !double.IsFinite(low) || !double.IsFinite(close)) return null;
        if (high < Math.Max(open, close) || low > Math.Min(open, close)) return null;
        (Timestamp from, Timestamp to) = Extent(start, instrument.Calendar, timeframe);
        return new Bar(from, to, open, high, low, close, row.V is { } volume && double.IsFinite(volume) && volume > 0 ? volume : 0);
    }

    /// <summary>A bar of a day is a trading day, from the session's open to its close; a shorter one has its length.</summary>
    private static (Timestamp From, Timestamp To) Extent(Timestamp start, SessionCalendar calendar, Timeframe timeframe)
    {
        if (timeframe.Amount != Timestamp.NanosecondsPerDay) return (start, new(start.Nanoseconds + timeframe.Amount));
        Session session = calendar.SessionAt(start);
        return (session.Open, session.Close);
    }
}
