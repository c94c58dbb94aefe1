using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Orders;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Host;

/// <summary>Carries the program's orders and the synchroniser's questions to the venue, and what became of them back: what a broker does, without sockets.</summary>
/// <param name="inside">Does something in the program's thread, unless that has died since.</param>
internal sealed class VenueCalls(Agenda agenda, EngineClock clock, FaultMix mix, Requests requests, OracleVenue venue, Answers answers, AccountSynchroniser sync, string session, Action<Action> inside)
{
    public void Submit(Order order)
    {
        string client = Recollection.ClientIdOf(session, order.Id);
        if (!sync.Sending(OrderIntent.Of(order, client), clock.Now)) return;
        OrderTerms terms = new(order.Side, order.Type, order.TimeInForce, order.Purpose, order.Quantity, order.LimitPrice, order.StopPrice);
        Exchange(() => venue.Place(client, order.Instrument, in terms, order.Id.Value), answer => sync.OnSent(order.Id, in answer, clock.Now), client);
    }

    public void Cancel(Order order)
    {
        sync.Canceling(order.Id, clock.Now);
        Exchange(() => venue.Cancel(VenueIdOf(order)), answer => sync.OnCancelSent(order.Id, in answer, clock.Now), ClientIdOf(order));
    }

    public void Modify(Order order, OrderTerms terms)
    {
        sync.Modifying(order.Id, in terms, clock.Now);
        Exchange(() => venue.Modify(VenueIdOf(order), terms), answer =>
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
            VenueAnswer seen = end switch
            {
                RequestEnd.Replied => answer,
                RequestEnd.NotSent => VenueAnswer.NotSent("the request was turned away"),
                _ => VenueAnswer.InDoubt("no answer came"),
            };
            inside(() => heard(seen));
        }, client);
    }

    public void Ask(SyncRequest request)
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
            else sync.OnFailure(in request, end == RequestEnd.NotSent ? "the request was turned away" : "no answer came", clock.Now);
        }));
    }
}
