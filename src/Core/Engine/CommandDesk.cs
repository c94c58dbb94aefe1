using Tradewind.Core.Market;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Carries out what an operator commands.</summary>
internal sealed class CommandDesk(
    OutputBuffer outputs, RiskGate gate, SignalDesk signals, OrderDesk desk, ProtectionGuard guard, StrategyCalls calls,
    IReadOnlyList<MarketState> markets, IReadOnlyList<StrategySlot> slots, VersionDesk versions)
{
    private const string TookTooLong = "a call took longer than its time budget";

    public void On(in Command command, string? text)
    {
        switch (command.Kind)
        {
            case CommandKind.Pause: Enter(TradingState.ReduceOnly); break;
            case CommandKind.Resume: Enter(TradingState.Active); break;
            case CommandKind.Flatten: Flatten(); break;
            case CommandKind.Stop: Stop(); break;
            case CommandKind.ResumeStrategy: Resume(command.Argument); break;
            case CommandKind.SuspendStrategy: Suspend(command.Argument, "suspended by command"); break;
            case CommandKind.SuspendSlowStrategy: Suspend(command.Argument, TookTooLong); break;
            case CommandKind.TryVersion: Version(command.Argument, slot => versions.Try(slot, text, takesOver: false)); break;
            case CommandKind.SwapVersion: Version(command.Argument, slot => versions.Try(slot, text, takesOver: true)); break;
            case CommandKind.TakeOver: Version(command.Argument, versions.TakeOver); break;
            case CommandKind.DropVersion: Version(command.Argument, versions.Drop); break;
            case CommandKind.SuspendSlowVersion: Version(command.Argument, slot => versions.SuspendShadow(slot, TookTooLong)); break;
            default: throw new InvalidOperationException($"A command of kind {command.Kind} has no meaning.");
        }
    }

    private void Enter(TradingState state)
    {
        // A session that ends does not come back.
        if (gate.State == state || gate.State == TradingState.Halted) return;
        outputs.Add(new TradingStateChanged(state, gate.State));
        gate.State = state;
        signals.State = state;
    }

    private void Flatten()
    {
        Enter(TradingState.ReduceOnly);
        CancelEntries(closingToo: true);
        foreach (StrategySlot slot in slots)
        {
            guard.Flatten(slot.Market, slot, $"{slot.Name}: closing {slot.Position.Quantity} {slot.Instrument.Symbol} as commanded.");
            guard.Sync(slot.Market, slot);
        }
    }

    private void Stop()
    {
        CancelEntries(closingToo: false);
        bool isFirst = gate.State != TradingState.Halted;
        Enter(TradingState.Halted);
        if (!isFirst) return;
        foreach (StrategySlot slot in slots) calls.Stop(slot);
    }

    /// <param name="closingToo">False leaves an order that can only reduce what is held.</param>
    private void CancelEntries(bool closingToo)
    {
        foreach (MarketState market in markets)
        {
            decimal held = market.Holding.Position.Quantity;
            foreach (Order order in market.Working)
            {
                bool closes = order.SignedRemaining * held < 0m && Math.Abs(order.SignedRemaining) <= Math.Abs(held);
                if (order.Purpose == OrderPurpose.Target && (closingToo || !closes)) desk.Cancel(order);
            }
        }
    }

    private void Version(int strategy, Action<StrategySlot> step)
    {
        if ((uint)strategy < (uint)slots.Count) step(slots[strategy]);
    }

    private void Resume(int strategy)
    {
        if ((uint)strategy < (uint)slots.Count) calls.Resume(slots[strategy]);
    }

    private void Suspend(int strategy, string why)
    {
        if ((uint)strategy < (uint)slots.Count) calls.Suspend(slots[strategy], why);
    }
}
