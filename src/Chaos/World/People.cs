using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.Venue;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Chaos.World;

/// <summary>What comes from outside by hand or by bad luck: manual trades, restrictions, lost processes, machines that sleep.</summary>
public sealed class People(Agenda agenda, Chance chance, FaultMix mix, OracleVenue venue, TradingProgram program, IReadOnlyList<Instrument> instruments)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private bool _isHealed;

    public void Begin() => agenda.After(Look, Act);

    /// <summary>Puts right what only a person can: lets the account trade again, starts a process that has died.</summary>
    public void Heal()
    {
        _isHealed = true;
        if (!venue.CanTrade) venue.SetCanTrade(true);
    }

    private void Act()
    {
        if (_isHealed) return;
        if (chance.Happens(mix[FaultKind.ManualTrade] * 0.3)) TradeByHand();
        if (chance.Happens(mix[FaultKind.Restricted] * 0.1) && venue.CanTrade) Restrict();
        if (chance.Happens(mix[FaultKind.StopCanceledByOther] * 0.3)) CancelAStop();
        if (chance.Happens(mix[FaultKind.Crash] * 0.1) && program.IsAlive) Crash();
        if (chance.Happens(mix[FaultKind.Pause] * 0.1)) program.StandStill(chance.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20)));
        agenda.After(Look, Act);
    }

    private void TradeByHand()
    {
        int instrument = chance.Below(instruments.Count);
        Side side = chance.Happens(0.5) ? Side.Buy : Side.Sell;
        venue.Place(null, instrument, new OrderTerms(side, OrderType.Market, TimeInForce.Day, OrderPurpose.Target, 1 + chance.Below(2)));
    }

    private void Restrict()
    {
        venue.SetCanTrade(false);
        agenda.After(chance.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)), () =>
        {
            if (!venue.CanTrade) venue.SetCanTrade(true);
        });
    }

    private void CancelAStop()
    {
        TrueOrder[] stops = [.. venue.Orders.Where(order => order.IsLive && order.ClientId is not null && order.Terms.Purpose == OrderPurpose.StopLoss)];
        if (stops.Length > 0) venue.EndLive(stops[chance.Below(stops.Length)], Live.Sync.VenueOrderState.Canceled);
    }

    private void Crash()
    {
        program.Crash();
        agenda.After(chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)), program.Start);
    }
}
