namespace Tradewind.Live.Sync;

/// <summary>Recognises lists of executions that lag behind what the venue itself told before they were asked for.</summary>
internal sealed class OldPages(SyncOptions options, Teller teller, FillLedger ledger)
{
    /// <summary>So many lists in a row are believed in the end.</summary>
    private const int PagesToBelieve = 8;

    private Proof _old;

    /// <summary>Call it before the rows are taken in.</summary>
    public bool IsNew(Flight flight, ReadOnlySpan<VenueFill> rows)
    {
        long id = flight.Known.Id;
        bool isExpected = id != 0 && flight.Known.Time >= flight.Request.Since && ledger.TryGet(id, out Execution known) && known.Fate == ExecutionFate.Booked;
        if (!isExpected || Has(rows, id))
        {
            _old = default;
            return true;
        }
        _old = _old.With(flight.Asked, options.RetryWait);
        if (_old.Count < PagesToBelieve || _old.Span < options.Distrust) return false;
        teller.NoticeOnce($"page {id}", -1, $"The venue leaves execution {id}, which it told before, out of its list of executions.");
        return true;
    }

    private static bool Has(ReadOnlySpan<VenueFill> rows, long id)
    {
        foreach (ref readonly VenueFill row in rows)
        {
            if (row.ExecutionId == id) return true;
        }
        return false;
    }
}
