using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Auth;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Users;

namespace Tradewind.Gateway.Faults;

/// <summary>Carries out the faults that happen by themselves.</summary>
internal sealed class TimedFaults(TradingGate gate, OutboxRegistry outboxes, UserFeed users, TickFaults ticks, AuthEndpoints sessions)
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
            case FaultKind.Takeover:
                sessions.EndSessions();
                break;
            case FaultKind.Freeze when injection.Symbol is { } symbol:
                ticks.Freeze(symbol, injection.Lasts);
                break;
            case FaultKind.Freeze:
                outboxes.Freeze(injection.Hub, injection.Lasts);
                break;
            case FaultKind.Stall:
                outboxes.Stall(injection.Hub, injection.Lasts);
                break;
            case FaultKind.ReplayTrades:
                gate.Do(venue => { foreach (VenueTrade trade in venue.Accounts.SelectMany(account => account.Trades)) users.Trade(trade, isNew: true); });
                break;
            default:
                gate.Do(venue => venue.Disturb(injection));
                break;
        }
    }
}
