using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.World;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Chaos.Checks;

/// <summary>Sees that a position under protection has a stop of its size in time, or is being closed; by the orders, not by the engine's own clock for it.</summary>
internal sealed class ProtectionWatch(Agenda agenda, FaultMix mix, Action<string, string> breaks, Measures measures)
{
    /// <summary>The limit and one beat of the timer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private readonly Dictionary<int, Timestamp> _since = [];
    private readonly Dictionary<int, Timestamp> _grown = [];
    private Timestamp _sound;

    public void Look(TradingProgram program)
    {
        // Without a synced account nothing may be sent that could open the opposite; then an alarm is all there is.
        if (program.Engine.AccountState != AccountState.Synced) _sound = agenda.Now;
        for (int i = 0; i < program.Engine.StrategyCount; i++) Look(program, program.Engine.Strategy(i));
    }

    public void OnFill(TradingProgram program, in Output output)
    {
        if (!program.Memory.Orders.TryGetValue(output.Fill.Order.Value, out Order? order) || order.Purpose == OrderPurpose.Target) return;
        decimal held = output.Fill.PositionAfter;
        if (held != 0 && held > 0 == (output.Fill.Side == Side.Buy)) mix.Strikes.Hit(Fault.F31, agenda.Now);
    }

    /// <summary>A strategy's fill was booked: one that was flat in between holds another position since, also where no beat of the timer lay there; what grew has its time from then on.</summary>
    public void OnBooked(TradingProgram program, int strategy, decimal before, decimal held)
    {
        // A stop that fits what was held until now covered it until now, also where that came true only with this very input.
        if (before != 0m && IsCovered(program, strategy, before) && _since.Remove(strategy, out Timestamp uncovered)) End(agenda.Now - uncovered);
        if (held == 0m && _since.Remove(strategy, out Timestamp began)) End(agenda.Now - began);
        if (Math.Abs(held) > Math.Abs(before)) _grown[strategy] = agenda.Now;
    }

    /// <summary>The program is gone: what it did not see it could not mend.</summary>
    public void Forget() => _sound = agenda.Now;

    private void Look(TradingProgram program, StrategyView strategy)
    {
        bool isExposed = !strategy.Position.IsFlat && (strategy.IsClosing || (strategy.StopLoss != 0m && !IsCovered(program, strategy.Index, strategy.Position.Quantity)));
        if (!isExposed)
        {
            if (_since.Remove(strategy.Index, out Timestamp began)) End(agenda.Now - began);
            return;
        }
        _since.TryAdd(strategy.Index, agenda.Now);
        Timestamp since = Later(Later(_since[strategy.Index], _grown.GetValueOrDefault(strategy.Index)), _sound);
        if (strategy.IsClosing || agenda.Now - since <= Patience || program.WasStillSince(since)) return;
        breaks("I6", $"strategy {strategy.Index} has held {strategy.Position.Quantity} without a stop for {(agenda.Now - since).TotalSeconds:F1} s and is not being closed");
        _sound = agenda.Now;
    }

    private void End(TimeSpan length)
    {
        if (length > measures.Unprotected) measures.Unprotected = length;
        foreach (Fault fault in new[] { Fault.F30, Fault.F31, Fault.F32, Fault.F33 })
        {
            if (mix.Strikes.StruckSince(fault, agenda.Now - length - Patience)) mix.Strikes.Measure(fault, length);
        }
    }

    private static Timestamp Later(Timestamp one, Timestamp other) => one > other ? one : other;

    private static bool IsCovered(TradingProgram program, int strategy, decimal held)
    {
        foreach (Order order in program.Engine.Market(program.Engine.Strategy(strategy).Instrument).Working)
        {
            if (order.Purpose != OrderPurpose.StopLoss || order.Share(0).Strategy != strategy) continue;
            bool isConfirmed = order.Status is OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.ModifyPending;
            if (isConfirmed && Math.Abs(held) == order.RemainingQuantity && order.Side == Side.Sell == held > 0m) return true;
        }
        return false;
    }
}
