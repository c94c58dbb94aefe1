using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>Executions of orders that nobody knows yet: kept until the venue says whose they are.</summary>
internal sealed class Strangers(SyncOptions options, SyncMoment moment, Questions questions, OrderBook book, SyncCounts counts)
{
    private readonly List<Stranger> _all = [];

    /// <summary>When the next look-up is due.</summary>
    public Timestamp DueAt { get; private set; } = Timestamp.MaxValue;

    public bool IsAny => _all.Count > 0;

    /// <summary>Whether one has been unknown for longer than rows of one event may be apart.</summary>
    public bool IsAnyLasting => _all.Exists(stranger => moment.Now - stranger.Since >= options.Grace);

    public bool IsAnyIn(int instrument) => _all.Exists(stranger => stranger.Instrument == instrument);

    /// <summary>The order's own row usually follows at once; only then is it looked up.</summary>
    public void Keep(in VenueFill fill, bool isReply)
    {
        string venueId = fill.VenueOrderId;
        long id = fill.ExecutionId;
        Stranger? stranger = _all.Find(each => each.VenueId == venueId);
        if (stranger is null)
        {
            _all.Add(stranger = new(venueId, moment.Now) { LookAt = isReply ? moment.Now : moment.Now + options.Grace });
            if (stranger.LookAt < DueAt) DueAt = stranger.LookAt;
        }
        if (!stranger.Fills.Exists(each => each.ExecutionId == id)) stranger.Fills.Add(fill);
    }

    public Stranger? Take(string venueId)
    {
        int index = _all.Count == 0 ? -1 : _all.FindIndex(each => each.VenueId == venueId);
        if (index < 0) return null;
        Stranger stranger = _all[index];
        _all.RemoveAt(index);
        return stranger;
    }

    /// <summary>The venue took the execution back before anybody knew whose it was.</summary>
    public void Drop(in VenueFill fill)
    {
        long id = fill.ExecutionId;
        foreach (Stranger stranger in _all) stranger.Fills.RemoveAll(each => each.ExecutionId == id);
        _all.RemoveAll(stranger => stranger.Fills.Count == 0);
    }

    /// <returns>True when it is proven that the venue shows no such order.</returns>
    public bool OnNotFound(Flight flight, Stranger stranger)
    {
        stranger.NotFound = stranger.NotFound.With(flight.Asked, options.ProofSpacing);
        LookAgain(stranger, flight.Asked + options.ProofSpacing);
        return stranger.NotFound.Count >= 2 && (!MayBeOurs(stranger) || moment.Now - stranger.Since >= options.Distrust);
    }

    public void LookAgain(Stranger stranger, Timestamp at)
    {
        stranger.IsLooking = false;
        stranger.LookAt = at;
        if (at < DueAt) DueAt = at;
    }

    /// <summary>What was asked before a gap is not answered any more.</summary>
    public void Restart()
    {
        foreach (Stranger stranger in _all) LookAgain(stranger, moment.Now);
    }

    public void Pump()
    {
        DueAt = Timestamp.MaxValue;
        // A list of all orders that is on its way will tell.
        bool isToldSoon = questions.IsAsking(SyncQuery.OrdersSince);
        foreach (Stranger stranger in _all)
        {
            if (stranger.IsLooking) continue;
            if (stranger.LookAt <= moment.Now && !isToldSoon && questions.TryAsk(new(0, SyncQuery.OneOrder, SyncPriority.Urgent, VenueId: stranger.VenueId), null, stranger))
            {
                counts.LookUps++;
                stranger.IsLooking = true;
            }
            else if (stranger.LookAt < DueAt) DueAt = stranger.LookAt > moment.Now ? stranger.LookAt : moment.Now + options.RetryWait;
        }
    }

    /// <summary>An order whose number nobody knows yet could be the one that traded.</summary>
    private bool MayBeOurs(Stranger stranger)
    {
        foreach (KnownOrder order in book.Working)
        {
            if (order.VenueId is null && order.Instrument == stranger.Instrument && order.Side == stranger.Fills[0].Side) return true;
        }
        return false;
    }
}
