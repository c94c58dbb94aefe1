using Tradewind.Core.Market;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Carries out what an operator commands.</summary>
internal sealed class CommandDesk(
    OutputBuffer outputs, RiskGate gate, SignalDesk signals, OrderDesk desk, AccountCloser closer, StrategyCalls calls,
    IReadOnlyList<MarketState> markets, IReadOnlyList<StrategySlot> slots, VersionDesk versions)
{
    private const string TookTooLong = "a call took longer than its time budget";

    /// <summary>The last command changed something, or found nothing to change that it should have.</summary>
    public bool WasDone { get; private set; }

    public void On(in Command command, string? text) => WasDone = Do(in command, text);

    private bool Do(in Command command, string? text) => command.Kind switch
    {
        CommandKind.Pause => Enter(TradingState.ReduceOnly),
        CommandKind.Resume => Enter(TradingState.Active),
        CommandKind.Flatten => Flatten(),
        CommandKind.Stop => Stop(),
        CommandKind.ResumeStrategy => On(command.Argument, slot => calls.Resume(slot) | Acknowledge(slot)),
        CommandKind.SuspendStrategy => On(command.Argument, slot => calls.Suspend(slot, "suspended by command")),
        CommandKind.SuspendSlowStrategy => On(command.Argument, slot => calls.Suspend(slot, TookTooLong)),
        CommandKind.TryVersion => On(command.Argument, slot => versions.Try(slot, text, takesOver: false)),
        CommandKind.SwapVersion => On(command.Argument, slot => versions.Try(slot, text, takesOver: true)),
        CommandKind.TakeOver => On(command.Argument, versions.TakeOver),
        CommandKind.Promote => On(command.Argument, versions.Promote),
        CommandKind.RollBack => On(command.Argument, versions.RollBack),
        CommandKind.DropVersion => On(command.Argument, versions.Drop),
        CommandKind.SuspendSlowVersion => On(command.Argument, slot => versions.SuspendShadow(slot, TookTooLong)),
        _ => throw new InvalidOperationException($"A command of kind {command.Kind} has no meaning."),
    };

    private bool Enter(TradingState state)
    {
        // A session that ends does not come back.
        if (gate.State == state || gate.State == TradingState.Halted) return false;
        outputs.Add(new TradingStateChanged(state, gate.State));
        gate.State = state;
        signals.State = state;
        foreach (MarketState market in markets) market.NeedsDecision |= market.HasParents;
        return true;
    }

    private bool Flatten()
    {
        Enter(TradingState.ReduceOnly);
        foreach (MarketState market in markets)
        {
            CancelAll(market);
            closer.CloseAll(market);
        }
        return true;
    }

    /// <summary>But for what closes a position already. What is filled all the same, because the cancel came too late, is closed when it is.</summary>
    private void CancelAll(MarketState market)
    {
        foreach (Order order in market.Working)
        {
            if (order.Purpose != OrderPurpose.Target || PositionCloser.ClosesAlready(slots[order.Share(0).Strategy], order)) continue;
            order.Mark(OrderMarks.Unwelcome);
            desk.Cancel(order);
        }
    }

    private bool Stop()
    {
        CancelEntries();
        if (!Enter(TradingState.Halted)) return false;
        foreach (StrategySlot slot in slots) calls.Stop(slot);
        return true;
    }

    /// <summary>An order that can only reduce what is held is left, unless it has an end that nobody keeps after the session: past it, the order could open something.</summary>
    private void CancelEntries()
    {
        foreach (MarketState market in markets)
        {
            foreach (Order order in market.Working)
            {
                if (order.Purpose != OrderPurpose.Target) continue;
                if (order.Terms.GoodTill == default && OwnPositions.OnlyReduces(market, order)) continue;
                order.Mark(OrderMarks.EndsWithSession);
                desk.Cancel(order);
            }
        }
    }

    private bool On(int strategy, Func<StrategySlot, bool> step) => (uint)strategy < (uint)slots.Count && step(slots[strategy]);

    /// <summary>Somebody has seen that an order was filled for more than was ordered: the strategy may add to its position again.</summary>
    private bool Acknowledge(StrategySlot slot)
    {
        if (!slot.Brakes.IsReduceOnly) return false;
        slot.Brakes.IsReduceOnly = false;
        slot.GoOn();
        outputs.AddAlert(slot.Market.Index, $"{slot.Name}: the overfill is acknowledged.");
        return true;
    }
}
