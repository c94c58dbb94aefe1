using Tradewind.Core.Engine;

namespace Tradewind.Live.Sync;

/// <summary>Follows each order through the venue's rows, of the stream and of replies, whatever their order, and through the outcomes of what was sent.</summary>
internal sealed class OrderFollower(SyncMoment moment, Teller teller, OrderBook book, OrderVerdicts verdicts, FillDesk fills, Shortfalls shortfalls, Doubts doubts)
{
    public void OnStream(in VenueOrder row)
    {
        long sequence = moment.Next();
        if (Follow(in row, sequence, true) is { } order) order.Evidence = sequence;
    }

    /// <summary>A row of a reply: what the stream said since the question wins.</summary>
    public KnownOrder? OnReply(Flight flight, in VenueOrder row) => Follow(in row, flight.Sequence, false);

    public void OnSent(KnownOrder order, in VenueAnswer answer)
    {
        order.Evidence = moment.Next();
        if (answer.VenueId is { } venueId && order.VenueId is null) Bind(order, venueId);
        switch (answer.Kind)
        {
            case VenueAnswerKind.Taken: Arrive(order); break;
            case VenueAnswerKind.NotSent when order.IsSentAgain: DoubtSending(order, answer.Text); break;
            case VenueAnswerKind.NotSent: Fail(order, BrokerEventKind.NotSent, answer.Text); break;
            case VenueAnswerKind.Refused or VenueAnswerKind.NotFound: Fail(order, BrokerEventKind.Rejected, answer.Text); break;
            case VenueAnswerKind.Withheld: Fail(order, BrokerEventKind.Withheld, answer.Text); break;
            default: DoubtSending(order, answer.Text); break;
        }
    }

    public void OnCancelSent(KnownOrder order, in VenueAnswer answer)
    {
        order.Evidence = moment.Next();
        if (order.IsOver || !order.Cancel.IsOpen) return;
        switch (answer.Kind)
        {
            case VenueAnswerKind.NotSent: verdicts.RefuseCancel(order, answer.Text ?? "The cancel was not sent."); return;
            case VenueAnswerKind.InDoubt or VenueAnswerKind.IdInUse: verdicts.Doubt(order, BrokerEventKind.CancelInDoubt, answer.Text); break;
            default: break;
        }
        Answer(order, order.Cancel, in answer);
    }

    public void OnModifySent(KnownOrder order, in VenueAnswer answer)
    {
        order.Evidence = moment.Next();
        if (order.IsOver || !order.Modify.IsOpen) return;
        switch (answer.Kind)
        {
            case VenueAnswerKind.NotSent: verdicts.RefuseModify(order, answer.Text ?? "The modification was not sent.", BrokerEventKind.ModifyNotSent); return;
            case VenueAnswerKind.Withheld: verdicts.RefuseModify(order, answer.Text ?? "The modification was not sent."); return;
            case VenueAnswerKind.InDoubt or VenueAnswerKind.IdInUse: verdicts.Doubt(order, BrokerEventKind.ModifyInDoubt, answer.Text); break;
            default: break;
        }
        Answer(order, order.Modify, in answer);
    }

    private void Answer(KnownOrder order, Ask ask, in VenueAnswer answer)
    {
        AskStep step = answer.Kind switch { VenueAnswerKind.Taken => AskStep.Taken, VenueAnswerKind.Refused or VenueAnswerKind.NotFound => AskStep.Refused, _ => AskStep.Doubted };
        ask.Set(step, moment.Now, answer.Text);
        doubts.Look(order, step == AskStep.Taken ? moment.Now + Doubts.EffectPatience : moment.Now);
    }

    private void Arrive(KnownOrder order)
    {
        if (order.Sent is SendStep.Leaving or SendStep.Doubted or SendStep.Failed) order.Sent = order.IsSeen ? SendStep.Seen : SendStep.Taken;
        if (order.IsOver && !order.IsFinalSeen) doubts.Suspect(order);
        verdicts.Accept(order);
        verdicts.TryEnd(order);
    }

    /// <summary>A refusal is the end, unless the venue shows the order.</summary>
    private void Fail(KnownOrder order, BrokerEventKind end, string? text)
    {
        bool isAtVenue = order.Sent is SendStep.Taken or SendStep.Seen || (order.IsSeen && !order.IsFinalSeen);
        if (!isAtVenue) order.Sent = SendStep.Failed;
        order.EndText = text;
        if (order.IsOver) return;
        if (order.HeldEnd != BrokerEventKind.None) verdicts.TryEnd(order);
        else if (!isAtVenue) verdicts.End(order, end, text);
        else Contradict(order, text);
    }

    private void Contradict(KnownOrder order, string? text)
    {
        order.Sent = SendStep.Seen;
        teller.Notice(order.Instrument, $"Order {order.ClientId} was refused ({text}), and the venue shows it: it is looked up.");
        verdicts.Accept(order);
        doubts.LookOnce(order);
    }

    private void DoubtSending(KnownOrder order, string? text)
    {
        if (order.Sent != SendStep.Leaving) return;
        order.Sent = order.IsSeen ? SendStep.Seen : SendStep.Doubted;
        if (order.IsOver) return;
        if (order.IsSeen)
        {
            verdicts.Accept(order);
            verdicts.TryEnd(order);
            return;
        }
        verdicts.Doubt(order, BrokerEventKind.SubmitInDoubt, text);
        doubts.Look(order, moment.Now);
    }

    private KnownOrder? Follow(in VenueOrder row, long asOf, bool isStream)
    {
        if (book.Find(in row, out bool isBound) is not { } order)
        {
            MeetForeign(in row);
            return null;
        }
        if (order.VenueId is { } known && known != row.VenueId)
        {
            MeetTwin(order, in row);
            return order;
        }
        if (!isBound) Bind(order, row.VenueId);
        See(order);
        Report(order, in row, isStream);
        if (order.Modify.IsOpen && TermsFit.Is(order, order.Modify.Terms, in row)) verdicts.Modified(order);
        if (row.IsTrailing) Trail(order, in row);
        if (row.State.IsFinal()) Finish(order, in row);
        else if (isStream || asOf >= order.Evidence) Live(order, in row, isStream);
        return order;
    }

    /// <summary>A trailing stop moves in favour only, so that a row which says otherwise is an old one; but the first may show it further away than it was sent.</summary>
    private void Trail(KnownOrder order, in VenueOrder row)
    {
        if (row.State.IsFinal() || order.IsOver || row.StopPrice <= 0m) return;
        bool isNearer = order.Side == Core.Model.Side.Sell ? row.StopPrice > order.StopPrice : row.StopPrice < order.StopPrice;
        bool isNews = row.StopPrice != order.StopPrice && (isNearer || !order.IsTrailSeen);
        order.IsTrailSeen = true;
        if (!isNews) return;
        order.StopPrice = row.StopPrice;
        teller.Moved(order.Id, row.StopPrice);
    }

    private void Bind(KnownOrder order, string venueId)
    {
        order.VenueId = venueId;
        book.Bind(order, venueId);
        fills.Attribute(venueId, order);
    }

    private void See(KnownOrder order)
    {
        if (order.Sent is SendStep.Taken or SendStep.Doubted) order.Sent = SendStep.Seen;
        order.Doubts.IsMissing = false;
        order.Doubts.ForgetAbsence();
        book.SetUncertain(order, false);
    }

    private void Report(KnownOrder order, in VenueOrder row, bool isStream)
    {
        decimal filled = Shortfalls.FilledBy(order, in row);
        if (filled < order.Reported) return;
        decimal most = Math.Max(Math.Max(order.WorstQuantity, Math.Min(row.Quantity, FillDesk.Most)), order.Booked + order.Voided);
        if (filled > most)
        {
            teller.NoticeOnce("filled " + order.ClientId, order.Instrument, $"The venue calls {filled} of order {order.ClientId} filled, which is for {most}: that is not believed without executions.");
            return;
        }
        order.ReportedPrice = row.AveragePrice is { } mean && Math.Abs(mean) <= FillDesk.Most ? mean : order.ReportedPrice;
        if (filled == order.Reported) return;
        order.Reported = filled;
        order.ReportedAt = moment.Clock;
        shortfalls.On(order, isStream);
    }

    private void Finish(KnownOrder order, in VenueOrder row)
    {
        order.IsFinalSeen = true;
        order.IsStrange = false;
        order.State = row.State;
        order.Doubts.IsSuspect = false;
        BrokerEventKind end = row.State switch
        {
            VenueOrderState.Filled => BrokerEventKind.Filled,
            VenueOrderState.Canceled => BrokerEventKind.Canceled,
            VenueOrderState.Expired => BrokerEventKind.Expired,
            _ => BrokerEventKind.Rejected,
        };
        if (end == BrokerEventKind.Canceled && order.Modify.IsOpen && !order.Cancel.IsOpen && order.HeldEnd == BrokerEventKind.None)
        {
            order.NeedsEndConfirmed = true;
            doubts.Look(order, moment.Now);
        }
        verdicts.Finish(order, end, null);
    }

    private void Live(KnownOrder order, in VenueOrder row, bool isStream)
    {
        if (order.IsFinalSeen || order.IsOver)
        {
            // Late rows of the stream are old ones; but an order that was never seen to end has not ended.
            if (!isStream || !order.IsFinalSeen) doubts.Suspect(order);
            return;
        }
        order.State = row.State;
        if (row.State == VenueOrderState.Unknown)
        {
            MeetStrange(order);
            return;
        }
        order.IsStrange = false;
        if (row.State != VenueOrderState.Pending || order.Sent != SendStep.Leaving) verdicts.Accept(order);
        if (!isStream && !order.Modify.IsOpen && TermsFit.Differ(order, in row)) NoticeTerms(order, in row);
    }

    private void MeetStrange(KnownOrder order)
    {
        if (!order.IsStrange) verdicts.Doubt(order, BrokerEventKind.SubmitInDoubt, "The venue gives the order a state that is not known here.");
        order.IsStrange = true;
        teller.NoticeOnce("state " + order.ClientId, order.Instrument, $"Order {order.ClientId} is in a state at the venue that is not known here: it counts as in doubt until the venue says something else.");
        doubts.Look(order, moment.Now);
    }

    /// <summary>A second order with our client id: only a look-up of both tells which one counts.</summary>
    private void MeetTwin(KnownOrder order, in VenueOrder row)
    {
        book.Bind(order, row.VenueId);
        fills.Attribute(row.VenueId, order);
        doubts.Suspect(order);
    }

    private void MeetForeign(in VenueOrder row)
    {
        string owner = row.Parent is { } parent && book.ByVenueId(parent) is { } ours ? $"attached to our order {ours.ClientId}" : row.ClientId is { } client ? $"client id {client}" : "no client id";
        string words = $"order {row.VenueId} of the account, {owner}";
        if (book.AddForeign(row.VenueId, words) && !row.State.IsFinal()) teller.Notice(Math.Max(row.Instrument, -1), $"An order that is not ours works: {Words(in row)} ({words}).");
        fills.Disown(row.VenueId, words);
    }

    private void NoticeTerms(KnownOrder order, in VenueOrder row) => teller.NoticeOnce(
        $"terms {order.ClientId} {row.Quantity} {row.LimitPrice} {row.StopPrice}", order.Instrument, $"Order {order.ClientId} works under other terms than ours at the venue: {Words(in row)}.");

    private static string Words(in VenueOrder row)
    {
        string limit = row.LimitPrice != 0m ? $" limit {row.LimitPrice}" : "", stop = row.StopPrice != 0m ? $" stop {row.StopPrice}" : "";
        return $"{(row.Side == Core.Model.Side.Buy ? "buy" : "sell")} {row.Quantity}{limit}{stop}";
    }
}
