using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Gateway.Market;

namespace Tradewind.Gateway.History;

/// <summary>What the source knows of one product's time before the stream, read in pieces as far back as a query needs it. Safe for any thread.</summary>
internal sealed class BarPast(IMarketSource source, int index)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(32);

    private Instrument Instrument => source.Instruments[index];

    public void GiveTo(BarJoiner joiner, BarUnit unit)
    {
        if (unit == BarUnit.Second) Give(joiner, Timeframe.OneSecond, source.Start, Hour);
        else if (unit <= BarUnit.Hour) Give(joiner, Timeframe.OneMinute, source.Start, Day);
        else GiveSessions(joiner);
    }

    /// <summary>One-minute bars of the session in which the stream begins, up to there, oldest first; before them the last bar of an earlier session if there was one within ten days.</summary>
    public IEnumerable<Bar> SessionSoFar()
    {
        Session session = Instrument.Calendar.SessionAt(source.Start);
        for (Timestamp to = Earlier(session.Open, source.Start); to > source.Earliest && to > session.Open - TimeSpan.FromDays(10); to -= Day)
        {
            if (source.Past(index, Timeframe.OneMinute, Later(to - Day, source.Earliest), to).LastOrDefault() is not { Volume: > 0 } last) continue;
            yield return last;
            break;
        }
        if (session.Open >= source.Start) yield break;
        foreach (Bar bar in source.Past(index, Timeframe.OneMinute, Later(session.Open, source.Earliest), source.Start)) yield return bar;
    }

    private void GiveSessions(BarJoiner joiner)
    {
        Session session = Instrument.Calendar.SessionAt(source.Start);
        bool isWanted = session.Open >= source.Start || GivePiece(joiner, Timeframe.OneMinute, session.Open, source.Start);
        if (isWanted) Give(joiner, Timeframe.OneDay, Earlier(session.Open, source.Start), Month);
    }

    private void Give(BarJoiner joiner, Timeframe timeframe, Timestamp to, TimeSpan piece)
    {
        // Pieces begin at multiples of their length, so that a source can keep what it has drawn.
        while (to > source.Earliest)
        {
            long length = piece.Ticks * 100;
            var from = new Timestamp((to.Nanoseconds - 1) / length * length);
            if (!GivePiece(joiner, timeframe, from, to)) return;
            to = from;
        }
    }

    private bool GivePiece(BarJoiner joiner, Timeframe timeframe, Timestamp from, Timestamp to)
    {
        foreach (Bar bar in source.Past(index, timeframe, Later(from, source.Earliest), to).Reverse())
        {
            if (!joiner.Add(SmallBar.Of(Instrument, bar))) return false;
        }
        return true;
    }

    private static Timestamp Earlier(Timestamp a, Timestamp b) => a < b ? a : b;

    private static Timestamp Later(Timestamp a, Timestamp b) => a > b ? a : b;
}
