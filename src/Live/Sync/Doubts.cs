using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>Looks up every order about which something is in doubt until the venue's own words, or their proven absence, decide.</summary>
internal sealed class Doubts(SyncOptions options, SyncMoment moment, Teller teller, Questions questions, OrderBook book, OrderVerdicts verdicts, SyncCounts counts)
{
    /// <summary>How long the effect of a cancel or modification that the venue took may take to show.</summary>
    public static readonly TimeSpan EffectPatience = TimeSpan.FromSeconds(2);

    /// <summary>Look-ups that may be on their way at once.</summary>
    private const int MaxLookUps = 4;

    /// <summary>So many follow each other at the spacing of proofs; then the pauses grow.</summary>
    private const int QuickTries = 5;

    /// <summary>Searches lag behind: only so many of them outweigh the venue's own word that the order has ended.</summary>
    private const int SightingsAgainstTheEnd = 3;

    private readonly List<KnownOrder> _orders = [];
    private int _looking;

    public Timestamp DueAt { get; private set; } = Timestamp.MaxValue;

    public bool IsAny => _orders.Count > 0;

    /// <summary>Whether an order is known to work at the venue that is over for the engine.</summary>
    public bool IsAnyStray => _orders.Exists(order => order.Doubts.Stray.Count >= 2);

    public void Look(KnownOrder order, Timestamp at)
    {
        OrderDoubts doubts = order.Doubts;
        if (!doubts.IsListed)
        {
            _orders.Add(order);
            doubts.IsListed = true;
            doubts.Since = moment.Now;
            doubts.Tries = 0;
        }
        if (at < doubts.LookAt) doubts.LookAt = at;
        if (doubts.LookAt < DueAt) DueAt = doubts.LookAt;
    }

    /// <summary>Something about the order does not fit: one look-up in any case.</summary>
    public void LookOnce(KnownOrder order)
    {
        order.Doubts.IsMissing = true;
        Look(order, moment.Now);
    }

    /// <summary>It may work at the venue although it is over, or twice.</summary>
    public void Suspect(KnownOrder order)
    {
        order.Doubts.IsSuspect = true;
        Look(order, order.Doubts.IsListed ? order.Doubts.LookAt : moment.Now);
    }

    /// <summary>After a gap nothing that was seen or not seen before counts.</summary>
    public void Restart(IReadOnlyList<Flight> givenUp)
    {
        foreach (Flight flight in givenUp)
        {
            if (flight.Order is { } order) End(flight, order);
        }
        foreach (KnownOrder order in book.Working)
        {
            book.SetUncertain(order, true);
            Look(order, moment.Now);
        }
        foreach (KnownOrder order in _orders)
        {
            order.Doubts.ForgetAbsence();
            order.Doubts.Tries = 0;
            order.Doubts.LookAt = moment.Now;
        }
        DueAt = moment.Now;
    }

    public void Pump()
    {
        DueAt = Timestamp.MaxValue;
        for (int i = _orders.Count - 1; i >= 0; i--)
        {
            KnownOrder order = _orders[i];
            if (!NeedsLook(order)) Settle(order, i);
        }
        foreach (KnownOrder order in _orders)
        {
            if (order.Doubts.IsLooking) continue;
            if (order.Doubts.LookAt <= moment.Now && !IsToldSoon(order) && _looking < MaxLookUps) Ask(order);
            else if (order.Doubts.LookAt < DueAt) DueAt = order.Doubts.LookAt > moment.Now ? order.Doubts.LookAt : moment.Now + options.RetryWait;
        }
    }

    /// <summary>Chooses, among the rows of a look-up, the one that is the order; call it before the rows are followed.</summary>
    public void Choose(KnownOrder order, ReadOnlySpan<VenueOrder> rows)
    {
        if (order.IsOver) return;
        int bound = -1, live = -1;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!IsOf(order, in rows[i])) continue;
            if (rows[i].VenueId == order.VenueId) bound = i;
            else if (rows[i].State.IsLive()) live = i;
        }
        if (live < 0 || order.VenueId is null || (bound >= 0 && rows[bound].State.IsLive())) return;
        teller.Notice(order.Instrument, $"Order {order.ClientId} goes on at the venue as {rows[live].VenueId}; it was {order.VenueId}.");
        order.VenueId = rows[live].VenueId;
        order.IsFinalSeen = false;
        order.HeldEnd = BrokerEventKind.None;
        book.Bind(order, order.VenueId);
    }

    /// <summary>Draws the conclusions from a look-up; call it after its rows were followed.</summary>
    public void OnLookedUp(Flight flight, KnownOrder order, ReadOnlySpan<VenueOrder> rows, bool isWhole)
    {
        End(flight, order);
        bool isFound = false, isWorking = false;
        order.Doubts.IsSuspect = false;
        foreach (ref readonly VenueOrder row in rows)
        {
            if (!IsOf(order, in row)) continue;
            isFound = true;
            if (!row.State.IsLive()) continue;
            if (!order.IsOver && row.VenueId == order.VenueId) isWorking = row.State != VenueOrderState.Canceling;
            else SeeStray(flight, order, in row);
        }
        if (!order.Doubts.IsSuspect) order.Doubts.Stray = default;
        if (isFound || isWhole) order.NeedsEndConfirmed = false;
        if (isWorking) JudgeAsks(flight, order);
        if (!isFound && isWhole) Miss(flight, order);
        verdicts.TryEnd(order);
    }

    public void OnFailed(Flight flight, KnownOrder order, TimeSpan wait)
    {
        End(flight, order);
        order.Doubts.Tries--;
        order.Doubts.LookAt = moment.Now + wait;
        if (order.Doubts.LookAt < DueAt) DueAt = order.Doubts.LookAt;
    }

    /// <summary>A list of the open orders was read: those that it should have and does not have are looked up.</summary>
    public void OnListed(Flight flight)
    {
        for (int i = book.Working.Count - 1; i >= 0; i--)
        {
            KnownOrder order = book.Working[i];
            if (order.ListedBy == flight.Request.Id) order.Doubts.Omissions = 0;
            if (order.ListedBy == flight.Request.Id || order.Sent == SendStep.Leaving || flight.Sequence < order.Evidence) continue;
            if (moment.IsStreamUp) order.Doubts.NotListed = order.Doubts.NotListed.With(flight.Asked, options.ProofSpacing);
            if (!order.IsLive) continue;
            bool isHidden = order.State == VenueOrderState.Suspended && !options.ListsSuspended;
            if (isHidden && order.Doubts.LookedAt is { } lookedAt && flight.Asked - lookedAt < options.CompareIdle) continue;
            order.Doubts.IsMissing = true;
            Look(order, moment.Now + PauseBefore(++order.Doubts.Omissions));
        }
    }

    /// <summary>Ends the orders that are proven not to be at the venue.</summary>
    /// <param name="sweptAt">When the last complete answer with all executions was asked for.</param>
    /// <param name="isUnsettled">Whether executions of an instrument are still being looked for.</param>
    public void Conclude(Timestamp sweptAt, Func<int, bool> isUnsettled)
    {
        foreach (KnownOrder order in _orders)
        {
            OrderDoubts doubts = order.Doubts;
            if (order.IsOver || doubts.NotFound.Count < 2 || doubts.NotListed.Count < 2 || sweptAt < doubts.NotFound.First || !moment.IsStreamUp || isUnsettled(order.Instrument)) continue;
            counts.Absences++;
            bool wasThere = order.IsSeen || order.VenueId is not null || order.Sent == SendStep.Taken;
            if (wasThere) verdicts.End(order, BrokerEventKind.Canceled, "The venue has the order no more, by two look-ups and two lists of open orders, and tells no end of it.");
            else verdicts.End(order, BrokerEventKind.Absent, "Two look-ups and two lists of open orders do not have it: it never arrived.");
        }
    }

    /// <summary>A list that leaves an order out and a look-up that shows it may contradict each other for ever: only the first of such lists is looked into at once.</summary>
    private TimeSpan PauseBefore(int omissions)
    {
        if (omissions == 1) return TimeSpan.Zero;
        TimeSpan pause = options.ProofSpacing * Math.Pow(2, Math.Min(omissions - 2, 20));
        return pause < options.MaxRetryWait ? pause : options.MaxRetryWait;
    }

    private static bool NeedsLook(KnownOrder order) => order.Doubts.IsSuspect || order.Claim.IsJudged || (!order.IsOver && (order.Sent == SendStep.Doubted || order.IsStrange || order.Doubts.IsMissing
        || order.IsUncertain || order.NeedsEndConfirmed || order.Cancel.Step > AskStep.Leaving || order.Modify.Step > AskStep.Leaving));

    private void Settle(KnownOrder order, int index)
    {
        TimeSpan lasted = moment.Now - order.Doubts.Since;
        if (order.Doubts.Tries > 0 && lasted > counts.LongestDoubt) counts.LongestDoubt = lasted;
        order.Doubts.IsListed = false;
        order.Doubts.LookAt = Timestamp.MaxValue;
        _orders.RemoveAt(index);
    }

    /// <summary>A list of all orders that is on its way makes the look-up unnecessary, unless it leaves such orders out.</summary>
    private bool IsToldSoon(KnownOrder order) => questions.IsAsking(SyncQuery.OrdersSince) && (order.State != VenueOrderState.Suspended || options.ListsSuspended);

    private void Ask(KnownOrder order)
    {
        OrderDoubts doubts = order.Doubts;
        if (!questions.TryAsk(new(0, SyncQuery.OneOrder, SyncPriority.Urgent, order.ClientId, order.VenueId, order.Created - options.Overlap), order, null))
        {
            doubts.LookAt = moment.Now + options.RetryWait;
            if (doubts.LookAt < DueAt) DueAt = doubts.LookAt;
            return;
        }
        counts.LookUps++;
        _looking++;
        doubts.Tries++;
        doubts.IsLooking = true;
        doubts.LookedAt = moment.Now;
        TimeSpan pause = options.ProofSpacing * Math.Pow(2, Math.Clamp(doubts.Tries - QuickTries, 0, 20));
        doubts.LookAt = moment.Now + (pause < options.MaxRetryWait ? pause : options.MaxRetryWait);
        if (order.Sent == SendStep.Doubted || doubts.IsMissing || doubts.NotFound.Count > 0) questions.Want(SyncQuery.OpenOrders, SyncPriority.Urgent, moment.Now);
    }

    private void End(Flight flight, KnownOrder order)
    {
        if (flight.Request.Query == SyncQuery.CancelStray)
        {
            order.Doubts.IsCancelingStray = false;
            return;
        }
        order.Doubts.IsLooking = false;
        _looking--;
        if (order.Doubts.LookAt < DueAt) DueAt = order.Doubts.LookAt;
    }

    private static bool IsOf(KnownOrder order, in VenueOrder row) => row.ClientId is { } client ? client == order.ClientId : row.VenueId == order.VenueId;

    private void JudgeAsks(Flight flight, KnownOrder order)
    {
        if (flight.Sequence < order.Evidence) return;
        // The cancel last: after it the order works again, the engine may ask for other terms at once, and would take the word on the old ones for the answer to these.
        if (HadNoEffect(flight, order.Modify)) verdicts.RefuseModify(order, order.Modify.Text ?? "The venue shows the order under its old terms: the modification had no effect.");
        if (HadNoEffect(flight, order.Cancel)) verdicts.RefuseCancel(order, order.Cancel.Text ?? "The venue shows the order working as before: the cancel had no effect.");
    }

    /// <summary>After a refusal one look-up is enough; what was taken or is in doubt may yet take effect.</summary>
    private bool HadNoEffect(Flight flight, Ask ask)
    {
        if (ask.Step <= AskStep.Leaving || flight.Asked < ask.At) return false;
        ask.WithoutEffect = ask.WithoutEffect.With(flight.Asked, options.ProofSpacing);
        return ask.Step == AskStep.Refused || ask.WithoutEffect.Count >= 2;
    }

    private void Miss(Flight flight, KnownOrder order)
    {
        if (order.IsOver || !moment.IsStreamUp || order.Sent == SendStep.Leaving || flight.Sequence < order.Evidence) return;
        if (order.Doubts.NotFound.Count == 0) questions.Want(SyncQuery.FillsSince, SyncPriority.Urgent, moment.Now, order.Created - options.Overlap);
        order.Doubts.NotFound = order.Doubts.NotFound.With(flight.Asked, options.ProofSpacing);
    }

    /// <summary>An order works at the venue that should not.</summary>
    private void SeeStray(Flight flight, KnownOrder order, in VenueOrder row)
    {
        OrderDoubts doubts = order.Doubts;
        doubts.IsSuspect = true;
        if (flight.Sequence < order.Evidence) return;
        doubts.Stray = doubts.Stray.With(flight.Asked, options.ProofSpacing);
        bool isGiven = order.IsOver && order.End != BrokerEventKind.Filled && (order.VenueId is null || row.VenueId == order.VenueId);
        if (!isGiven) CancelStray(order, in row);
        else if (!order.IsFinalSeen || (doubts.Stray.Count >= SightingsAgainstTheEnd && doubts.Stray.Span >= options.CompareWorking)) verdicts.Find(order);
    }

    /// <summary>Nobody in the engine could: there the order is filled, or it is another one.</summary>
    private void CancelStray(KnownOrder order, in VenueOrder row)
    {
        OrderDoubts doubts = order.Doubts;
        if (doubts.Stray.Count < 2 || doubts.IsCancelingStray) return;
        doubts.IsCancelingStray = questions.TryAsk(new(0, SyncQuery.CancelStray, SyncPriority.Urgent, order.ClientId, row.VenueId), order, null);
        if (doubts.Stray.Count > 2) return;
        counts.Strays++;
        teller.Notice(order.Instrument, order.IsOver
            ? $"Order {order.ClientId} works at the venue as {row.VenueId} although it is filled here: it is canceled."
            : $"A second order has the client id {order.ClientId}, {row.VenueId} beside {order.VenueId}: it is canceled.");
    }
}
