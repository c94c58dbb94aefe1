using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>Orders whose rows call more units filled than executions explain: the executions are asked for, and once two answers do not have them they are made up.</summary>
internal sealed class Shortfalls(SyncOptions options, SyncMoment moment, Questions questions, FillDesk fills)
{
    private readonly List<KnownOrder> _short = [];

    public Timestamp DueAt { get; private set; } = Timestamp.MaxValue;

    public bool IsAny
    {
        get
        {
            Prune();
            return _short.Count > 0;
        }
    }

    public bool IsAnyLasting => IsAny && _short.Exists(order => moment.Now - order.ShortSince >= options.Grace);

    public bool IsAnyIn(int instrument) => IsAny && _short.Exists(order => order.Instrument == instrument);

    /// <summary>A row of the order calls more filled than before. The executions of a row of the stream usually follow at once.</summary>
    public void On(KnownOrder order, bool isStream)
    {
        if (order.Shortfall <= 0m) return;
        Timestamp at = isStream ? moment.Now + options.Grace : moment.Now;
        order.ShortSilence = default;
        if (order.ShortSince == Timestamp.MaxValue)
        {
            order.ShortSince = moment.Now;
            order.AskFillsAt = at;
        }
        else if (at < order.AskFillsAt)
        {
            order.AskFillsAt = at;
        }
        if (!order.IsShortListed) _short.Add(order);
        order.IsShortListed = true;
        if (order.AskFillsAt < DueAt) DueAt = order.AskFillsAt;
    }

    public void Pump()
    {
        DueAt = Timestamp.MaxValue;
        Prune();
        foreach (KnownOrder order in _short)
        {
            if (order.AskFillsAt <= moment.Now)
            {
                questions.Want(SyncQuery.FillsSince, SyncPriority.Resync, moment.Now, order.Created - options.Overlap);
                order.AskFillsAt = moment.Now + options.ProofSpacing;
            }
            if (order.AskFillsAt < DueAt) DueAt = order.AskFillsAt;
        }
    }

    /// <summary>All executions were told, and booked.</summary>
    public void OnSwept(Flight flight)
    {
        Prune();
        foreach (KnownOrder order in _short)
        {
            if (flight.Asked < order.ShortSince || flight.Request.Since > order.Created) continue;
            order.ShortSilence = order.ShortSilence.With(flight.Asked, options.ProofSpacing);
            if (order.ShortSilence.Count >= 2) fills.BookSynthetic(order);
        }
        Prune();
    }

    private void Prune()
    {
        for (int i = _short.Count - 1; i >= 0; i--)
        {
            KnownOrder order = _short[i];
            if (order.Shortfall > 0m) continue;
            order.ShortSince = Timestamp.MaxValue;
            order.IsShortListed = false;
            _short.RemoveAt(i);
        }
    }
}
