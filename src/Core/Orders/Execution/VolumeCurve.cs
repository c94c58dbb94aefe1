using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>How an instrument's volume is spread over its session: the mean of the last sessions, in parts of five minutes from the opening on.</summary>
/// <remarks>
/// The mean of n sessions is mean + (volume − mean) / n; from the <see cref="Sessions"/>-th on n stays, so that older ones fade. A session that was not seen from
/// its first half hour on does not count, nor does the one in progress. How it lies: half days count like whole ones.
/// </remarks>
internal sealed class VolumeCurve(SessionCalendar calendar, int sessions) : ISnapshot
{
    private const int FewestSessions = 3;

    private const int Parts = 24 * 60 / 5;
    private static readonly TimeSpan Part = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(30);

    private readonly double[] _means = new double[Parts];
    private readonly double[] _today = new double[Parts];
    private Session _session;
    private Timestamp _until = Timestamp.MinValue;
    private bool _isWhole;
    private int _seen;

    /// <summary>After so many sessions older ones fade.</summary>
    public int Sessions { get; set; } = sessions;

    /// <summary>Whole sessions that are in it.</summary>
    public int Seen => _seen;

    /// <summary>As many as it needs to know the usual day.</summary>
    public int Needed => Math.Min(FewestSessions, Sessions);

    public bool IsReady => _seen >= Needed;

    /// <summary>Takes a finished bar in, evenly over its time. What was told before, by bars of another length, is not taken again; bars of more than 4 hours are none of a session's parts.</summary>
    public void Take(in Bar bar)
    {
        TimeSpan length = bar.End - bar.Start;
        if (bar.Start < _until || length > Longest) return;
        int parts = (int)Math.Max(1, Math.Ceiling(length / Part));
        for (int i = 0; i < parts; i++) Take(bar.Start + length / parts * i, bar.Volume / parts);
        _until = bar.End;
    }

    public void Take(in Trade trade)
    {
        if (trade.Time >= _until) Take(trade.Time, trade.Size);
    }

    /// <summary>Usual volume between two times of the session of the first one; what is inside a part counts in proportion.</summary>
    public double Between(Timestamp from, Timestamp to)
    {
        Timestamp open = calendar.SessionAt(from).Open;
        return UpTo(to - open) - UpTo(from - open);
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(_means.AsSpan());
        stream.Sync(_today.AsSpan());
        stream.Sync(ref _session);
        stream.Sync(ref _until);
        stream.Sync(ref _isWhole);
        stream.Sync(ref _seen);
    }

    private void Take(Timestamp time, double volume)
    {
        if (!_session.Contains(time)) Turn(time);
        _today[PartOf(time - _session.Open)] += volume;
    }

    private void Turn(Timestamp time)
    {
        if (_isWhole)
        {
            _seen++;
            int weight = Math.Min(_seen, Sessions);
            for (int i = 0; i < Parts; i++) _means[i] += (_today[i] - _means[i]) / weight;
        }
        Array.Clear(_today);
        _session = calendar.SessionAt(time);
        _isWhole = time - _session.Open <= Late;
    }

    private static int PartOf(TimeSpan sinceOpen) => (int)Math.Clamp(sinceOpen.Ticks / Part.Ticks, 0, Parts - 1);

    private double UpTo(TimeSpan sinceOpen)
    {
        int part = PartOf(sinceOpen);
        double volume = 0;
        for (int i = 0; i < part; i++) volume += _means[i];
        return volume + _means[part] * Math.Clamp((sinceOpen - part * Part) / Part, 0, 1);
    }
}
