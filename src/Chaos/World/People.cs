using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Chaos.World;

/// <summary>What comes from outside by hand or by bad luck: manual trades, restrictions, lost processes, machines that sleep.</summary>
public sealed class People(Agenda agenda, Chance chance, FaultMix mix, OracleVenue venue, Answers answers, PushLine stream, TradingProgram program, IReadOnlyList<Instrument> instruments)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private bool _isHealed;

    public void Begin() => agenda.After(Look, Act);

    /// <summary>Puts right what only a person can: lets the account and the program trade again.</summary>
    public void Heal()
    {
        _isHealed = true;
        if (!venue.CanTrade) venue.SetCanTrade(true);
        venue.Resume();
        program.SetClock(TimeSpan.Zero);
        if (program.IsAlive && program.Engine.State != TradingState.Active) Command(CommandKind.Resume);
    }

    private void Act()
    {
        if (_isHealed) return;
        if (agenda.Happened % 3 == 0) answers.Age();
        Meddle();
        Harm();
        if (chance.Happens(mix[FaultKind.OperatorActs] * 0.5)) Operate();
        // Somebody has freed some space.
        if (mix.Has(FaultKind.DiskFull) && chance.Happens(0.05)) Command(CommandKind.Resume);
        agenda.After(Look, Act);
    }

    /// <summary>What other people do to the account and the venue.</summary>
    private void Meddle()
    {
        if (chance.Happens(mix[FaultKind.ManualTrade] * 0.3)) TradeByHand();
        if (chance.Happens(mix[FaultKind.Restricted] * 0.1) && venue.CanTrade) Restrict();
        if (chance.Happens(mix[FaultKind.StopCanceledByOther] * 0.3)) CancelAStop();
        if (chance.Happens(mix[FaultKind.PositionMoved] * 0.1)) venue.Move(chance.Below(instruments.Count), chance.Happens(0.5) ? 1m : -1m);
        if (chance.Happens(mix[FaultKind.MarketHalted] * 0.1) && !venue.IsHalted) HaltMarket();
        if (chance.Happens(mix[FaultKind.StreamReplayed] * 0.2)) stream.Replay(venue.Fills.Where(fill => !fill.IsVoided));
    }

    /// <summary>What happens to the machine.</summary>
    private void Harm()
    {
        if (chance.Happens(mix[FaultKind.Crash] * 0.1) && program.IsAlive) Crash();
        if (chance.Happens(mix[FaultKind.ClockStepped] * 0.3)) SetClock();
        if (!chance.Happens(mix[FaultKind.Pause] * 0.1)) return;
        mix.Strikes.Hit(Fault.F46, agenda.Now);
        program.StandStill(chance.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20)));
    }

    private void SetClock()
    {
        mix.Strikes.Hit(Fault.F46, agenda.Now);
        program.SetClock(chance.Between(TimeSpan.FromSeconds(-3), TimeSpan.FromSeconds(3)));
    }

    private void Operate()
    {
        mix.Strikes.Hit(Fault.F83, agenda.Now);
        Command(chance.Below(4) switch { 0 => CommandKind.Pause, 1 => CommandKind.Flatten, _ => CommandKind.Resume });
        for (int i = 0; i < program.Engine.StrategyCount; i++)
        {
            if (program.Engine.Strategy(i).IsSuspended) Command(CommandKind.ResumeStrategy, i);
        }
    }

    private void Command(CommandKind kind, int argument = 0) => program.Hear(new Input(default, new Command(kind, argument)));

    private void HaltMarket()
    {
        venue.Halt();
        agenda.After(chance.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20)), venue.Resume);
    }

    private void TradeByHand()
    {
        int instrument = chance.Below(instruments.Count);
        Side side = chance.Happens(0.5) ? Side.Buy : Side.Sell;
        venue.Place(null, instrument, new OrderTerms(side, OrderType.Market, TimeInForce.Day, OrderPurpose.Target, 1 + chance.Below(2)));
    }

    private void Restrict()
    {
        mix.Strikes.Hit(Fault.F29, agenda.Now);
        venue.SetCanTrade(false);
        agenda.After(chance.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)), () =>
        {
            if (!venue.CanTrade) venue.SetCanTrade(true);
        });
    }

    private void CancelAStop()
    {
        TrueOrder[] stops = [.. venue.Orders.Where(order => order.IsLive && order.ClientId is not null && order.Terms.Purpose == OrderPurpose.StopLoss)];
        if (stops.Length == 0) return;
        TrueOrder stop = stops[chance.Below(stops.Length)];
        mix.Strikes.Hit(Fault.F33, agenda.Now);
        venue.EndLive(stop, Live.Sync.VenueOrderState.Canceled);
    }

    private void Crash()
    {
        program.Crash();
        agenda.After(chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(mix.Has(FaultKind.HistoryShort) ? 90 : 20)), program.Start);
    }
}
