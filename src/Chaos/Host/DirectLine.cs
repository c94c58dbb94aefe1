using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Host;

/// <summary>The synchroniser right before the wires: what any broker does, without the words of a protocol.</summary>
/// <param name="inside">Does something in the program's thread, unless that has died since.</param>
internal sealed class DirectLine(
    Agenda agenda, EngineClock clock, FaultMix mix, Requests requests, PushLine stream, OracleVenue venue, Answers answers, AccountSynchroniser sync, string session, Action<Action> inside) : IVenueLine
{
    private Timestamp _wakeAt = Timestamp.MaxValue;
    private bool _isOver;

    public bool IsOpen => true;

    public void Start() => stream.Connect(this);

    public bool TryTake(out Input told) => sync.TryTakeInput(out told);

    public bool GoOn()
    {
        if (!sync.TryTakeRequest(out SyncRequest request)) return false;
        Ask(request);
        return true;
    }

    public void Rest()
    {
        if (sync.WakeAt >= _wakeAt) return;
        Timestamp now = clock.Now, due = _wakeAt = sync.WakeAt > now ? sync.WakeAt : now + TimeSpan.FromMilliseconds(1);
        agenda.After(due - now, () =>
        {
            if (_isOver || due != _wakeAt) return;
            _wakeAt = Timestamp.MaxValue;
            inside(() => sync.OnTime(clock.Now));
        });
    }

    public void OnTime(Timestamp now)
    {
    }

    public bool IsBusy(int instrument) => false;

    public decimal Held(int instrument) => sync.NetOf(instrument);

    public void Dispose() => _isOver = true;

    public void StreamUp() => inside(() => sync.StreamUp(clock.Now));

    public void StreamDown(string why) => inside(() => sync.StreamDown(why, clock.Now));

    public void Read(in VenueOrder row)
    {
        VenueOrder read = row;
        inside(() => sync.On(in read, clock.Now));
    }

    public void Read(in VenueFill row)
    {
        VenueFill read = row;
        Harms.StrikeEarly(mix.Strikes, venue, requests, in read, agenda.Now);
        inside(() => sync.On(in read, clock.Now));
    }

    public void Read(in VenuePosition row)
    {
        VenuePosition read = row;
        inside(() => sync.On(in read, clock.Now));
    }

    public void Read(in VenueAccount row)
    {
        VenueAccount read = row;
        inside(() => sync.On(in read, clock.Now));
    }

    public void Submit(Order order)
    {
        string client = ClientIdOf(order);
        if (!sync.Sending(OrderIntent.Of(order, client), clock.Now)) return;
        OrderTerms terms = new(order.Side, order.Type, order.TimeInForce, order.Purpose, order.Quantity, order.LimitPrice, order.StopPrice);
        Exchange(() => venue.Place(client, order.Instrument, in terms, order.Id.Value), answer => sync.OnSent(order.Id, in answer, clock.Now), client);
    }

    public void Cancel(Order order)
    {
        sync.Canceling(order.Id, clock.Now);
        Exchange(() => venue.Cancel(VenueIdOf(order)), answer => sync.OnCancelSent(order.Id, in answer, clock.Now), ClientIdOf(order));
    }

    public void Modify(Order order, in OrderTerms terms)
    {
        OrderTerms wished = terms;
        sync.Modifying(order.Id, in wished, clock.Now);
        Exchange(() => venue.Modify(VenueIdOf(order), wished), answer =>
        {
            if (answer.Kind == VenueAnswerKind.InDoubt) mix.Strikes.HitOrder(Fault.F8, agenda.Now, ClientIdOf(order));
            sync.OnModifySent(order.Id, in answer, clock.Now);
        }, ClientIdOf(order));
    }

    /// <summary>The broker knows the venue's number from the reply or a row; where it does not, the venue finds no such order.</summary>
    private string VenueIdOf(Order order) => venue.ByClientId(ClientIdOf(order))?.VenueId ?? "";

    private string ClientIdOf(Order order) => Recollection.ClientIdOf(session, order.Id);

    private void Exchange(Func<VenueAnswer> atVenue, Action<VenueAnswer> heard, string? client = null)
    {
        requests.Send(atVenue, (end, answer) =>
        {
            VenueAnswer seen = end == RequestEnd.Replied ? answer
                : end.IsTurnedAway() ? VenueAnswer.NotSent("the request was turned away")
                : VenueAnswer.InDoubt("no answer came");
            inside(() => heard(seen));
        }, client);
    }

    private void Ask(SyncRequest request)
    {
        switch (request.Query)
        {
            case SyncQuery.OpenOrders: Ask(request, answers.OpenOrders, rows => sync.OnOrders(in request, rows, clock.Now)); break;
            case SyncQuery.OrdersSince: Ask(request, () => answers.OrdersSince(request.Since), rows => sync.OnOrders(in request, rows, clock.Now)); break;
            case SyncQuery.OneOrder: Ask(request, () => answers.OneOrder(request.ClientId, request.VenueId), rows => sync.OnOrders(in request, rows, clock.Now)); break;
            case SyncQuery.FillsSince: Ask(request, () => answers.FillsSince(request.Since), rows => sync.OnFills(in request, rows, clock.Now)); break;
            case SyncQuery.Positions: Ask(request, answers.Positions, rows => sync.OnPositions(in request, rows, clock.Now)); break;
            case SyncQuery.Account: Ask(request, () => venue.AccountRow, row => sync.OnAccount(in request, in row, clock.Now)); break;
            case SyncQuery.CancelStray: Exchange(() => venue.Cancel(request.VenueId!), answer => sync.OnStrayCanceled(in request, in answer, clock.Now)); break;
            default: throw new InvalidOperationException($"The synchroniser asks {request.Query}.");
        }
    }

    private void Ask<T>(SyncRequest request, Func<T> atVenue, Action<T> heard)
    {
        int known = 0;
        T Answer()
        {
            known = venue.Fills.Count;
            return atVenue();
        }

        requests.Send(Answer, (end, reply) => inside(() =>
        {
            if (end == RequestEnd.Replied)
            {
                if (venue.Fills.Count > known) mix.Strikes.Hit(Fault.F28, agenda.Now);
                heard(reply!);
            }
            else sync.OnFailure(in request, end.IsTurnedAway() ? "the request was turned away" : "no answer came", clock.Now);
        }));
    }
}
