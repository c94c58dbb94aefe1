using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <summary>Joins small bars, given newest first, to the bars of a query.</summary>
/// <param name="now">Everything before it has happened; a bar that it lies in is partial.</param>
internal sealed class BarJoiner(Instrument instrument, BarQuery query, Timestamp now)
{
    private readonly BarGrouping _grouping = new(instrument.Calendar, query.Unit, query.Number);
    private readonly List<HistoryBar> _bars = [];
    private SmallBar _forming;
    private long _key;
    private bool _isForming;
    private bool _isFull;

    /// <summary>Takes the next older bar; false when no older one is needed.</summary>
    public bool Add(in SmallBar older)
    {
        long key = _grouping.KeyOf(older.Start);
        if (_isForming && key == _key)
        {
            _forming = older.With(_forming);
            return true;
        }
        Close();
        if (_isFull) return false;
        (_forming, _key, _isForming) = (older, key, true);
        return true;
    }

    /// <summary>Gives up the bar in progress, whose beginning is not known any more.</summary>
    public void Forget() => _isForming = false;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HistoryBar> Finish()
    {
        Close();
        return _bars;
    }

    private void Close()
    {
        if (!_isForming) return;
        _isForming = false;
        Timestamp start = _grouping.StartOf(_forming.Start);
        _isFull |= start < query.From;
        if (_isFull || start >= query.To || (!query.IncludePartial && _grouping.IsForming(_forming.Start, now))) return;
        decimal tick = instrument.TickSize;
        _bars.Add(new(start.ToDateTimeOffset(), _forming.Open * tick, _forming.High * tick, _forming.Low * tick, _forming.Close * tick, _forming.Volume));
        _isFull = _bars.Count >= query.Limit;
    }
}
