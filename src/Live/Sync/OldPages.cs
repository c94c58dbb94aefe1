using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>Recognises lists of executions that lag behind what the venue itself told before they were asked for.</summary>
internal sealed class OldPages(SyncOptions options, Teller teller, FillLedger ledger)
{
    private Timestamp? _since;

    /// <summary>Call it before the rows are taken in.</summary>
    public bool IsNew(Flight flight, ReadOnlySpan<VenueFill> rows)
    {
        (long id, Timestamp time, long sequence) = ledger.Latest;
        bool isExpected = id != 0 && sequence <= flight.Sequence && time >= flight.Request.Since;
        if (!isExpected || Has(rows, id))
        {
            _since = null;
            return true;
        }
        _since ??= flight.Asked;
        if (flight.Asked - _since < options.Distrust) return false;
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
