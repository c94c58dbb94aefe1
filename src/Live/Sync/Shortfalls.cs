using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>
/// Orders whose rows call more units filled than executions explain: the executions are asked for, and once two answers do not have them the order itself is.
/// Only what the order stands by then is made up: one absurd row invents no position.
/// </summary>
internal sealed class Shortfalls(SyncOptions options, SyncMoment moment, Teller teller, Questions questions, FillDesk fills, OrderVerdicts verdicts, Doubts doubts)
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

    /// <summary>What a row calls filled. A filled order has no need to say how much.</summary>
    public static decimal FilledBy(KnownOrder order, in VenueOrder row)
    {
        if (row.State != VenueOrderState.Filled || row.Filled != 0m) return row.Filled;
        return row.Quantity > 0m ? row.Quantity : order.Quantity;
    }

    /// <summary>A row of the order calls more filled than before. The executions of a row of the stream usually follow at once.</summary>
    public void On(KnownOrder order, bool isStream)
    {
        if (order.Shortfall <= 0m) return;
        Timestamp at = isStream ? moment.Now + options.Grace : moment.Now;
        order.ShortSilence = default;
        order.Claim.Forget();
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
            if (order.ShortSilence.Count < 2 || order.Claim.IsJudged) continue;
            order.Claim.Judge(moment.Now);
            doubts.Look(order, moment.Now);
        }
    }

    /// <summary>The order was looked up; call it after the rows were followed.</summary>
    public void OnLookedUp(Flight flight, KnownOrder order, ReadOnlySpan<VenueOrder> rows, bool isWhole)
    {
        Prune();
        if (flight.Asked < order.Claim.JudgedFrom) return;
        foreach (ref readonly VenueOrder row in rows)
        {
            if (row.VenueId != order.VenueId) continue;
            if (FilledBy(order, in row) >= order.Reported) fills.BookSynthetic(order);
            else if (flight.Sequence >= order.Evidence) Deny(flight, order, in row);
            Prune();
            return;
        }
        if (isWhole) Miss(flight, order);
    }

    private void Deny(Flight flight, KnownOrder order, in VenueOrder row)
    {
        order.Claim.Denied = order.Claim.Denied.With(flight.Asked, options.ProofSpacing);
        if (order.Claim.Denied.Count < 2) return;
        if (!order.IsOver && row.State.IsLive())
        {
            // The row that claimed too much may have told an end that was none, too.
            order.State = row.State;
            order.IsFinalSeen = false;
            order.HeldEnd = BrokerEventKind.None;
            order.EndText = null;
        }
        Withdraw(order, FilledBy(order, in row));
    }

    /// <summary>Searches lag behind the stream: that they do not have the order says less than a row of it does.</summary>
    private void Miss(Flight flight, KnownOrder order)
    {
        order.Claim.Unseen = order.Claim.Unseen.With(flight.Asked, options.ProofSpacing);
        if (order.Claim.Unseen.Count >= 2 && order.Claim.Unseen.Span >= options.Distrust) Withdraw(order, 0m);
        Prune();
    }

    private void Withdraw(KnownOrder order, decimal filled)
    {
        decimal claimed = order.Reported;
        order.Reported = Math.Max(filled, order.Booked + order.Voided);
        order.ReportedPrice = null;
        order.Claim.Judge(moment.Now);
        teller.Notice(order.Instrument, $"Order {order.ClientId}: the venue called {claimed} filled, tells no execution for it, and says {filled} when it is asked about the order: that is believed, and nothing is booked for more.");
        verdicts.TryEnd(order);
    }

    private void Prune()
    {
        for (int i = _short.Count - 1; i >= 0; i--)
        {
            KnownOrder order = _short[i];
            if (order.Shortfall > 0m) continue;
            order.ShortSince = Timestamp.MaxValue;
            order.Claim.Forget();
            order.IsShortListed = false;
            _short.RemoveAt(i);
        }
    }
}
