using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Users;

namespace Tradewind.Gateway.Faults;

/// <summary>Carries out the faults that happen by themselves.</summary>
internal sealed class TimedFaults(TradingGate gate, OutboxRegistry outboxes, UserFeed users)
{
    public void Happen(Injection injection)
    {
        switch (injection.Kind)
        {
            case FaultKind.HubDrop:
                outboxes.Each(injection.Hub, outbox => outbox.Abort());
                break;
            case FaultKind.HubClose:
                outboxes.Each(injection.Hub, outbox => outbox.Close(logsOut: false));
                break;
            case FaultKind.Logout:
                outboxes.Each(injection.Hub, outbox => outbox.Close(logsOut: true));
                break;
            case FaultKind.Freeze:
                outboxes.Freeze(injection.Hub, injection.Lasts);
                break;
            case FaultKind.ReplayTrades:
                gate.Do(venue => { foreach (VenueTrade trade in venue.Accounts.SelectMany(account => account.Trades)) users.Trade(trade, isNew: true); });
                break;
            default:
                gate.Do(venue => Disturb(venue, injection));
                break;
        }
    }

    private static void Disturb(TradingVenue venue, Injection injection)
    {
        TradingAccount account = venue.Accounts.First();
        switch (injection.Kind)
        {
            case FaultKind.VoidTrade:
                if (account.Trades.LastOrDefault(trade => !trade.IsVoided) is { } last) venue.Life.Books.Void(account, last, venue.Now);
                break;
            case FaultKind.CancelOrder:
                if (account.Orders.LastOrDefault(order => order.IsWorking) is { } working) venue.Life.Cancel(working);
                break;
            case FaultKind.ManualTrade:
                venue.Entry.PlaceMarket(account, venue.ActiveOf(venue.Products[0]), OrderSide.Bid, size: 1, isPlatforms: false);
                break;
            case FaultKind.Overfill:
                if (account.Orders.LastOrDefault(order => order.Status == OrderStatus.Filled) is { } filled) venue.Life.Filled(filled, filled.FillValue / filled.FillVolume, size: 1);
                break;
            case FaultKind.Halt:
                venue.Halt(injection.Lasts);
                break;
            case FaultKind.Restrict:
                venue.Restrict(account, injection.Lasts);
                break;
            default:
                break;
        }
    }
}
