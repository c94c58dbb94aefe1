using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Net;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Chaos.Host;

/// <summary>Tells at what a program was when it died.</summary>
internal static class Harms
{
    /// <param name="lost">Inputs that were not on the disk.</param>
    public static void StrikeAtDeath(Strikes strikes, Engine engine, Requests requests, IEnumerable<Input> lost, Timestamp now)
    {
        if (requests.OpenCount > 0) strikes.Hit(Fault.F10, now);
        if (lost.Any(input => input.Kind == InputKind.Broker && input.Broker.Kind == BrokerEventKind.Filled)) strikes.Hit(Fault.F11, now);
        for (int i = 0; i < engine.StrategyCount; i++)
        {
            StrategyView strategy = engine.Strategy(i);
            if (strategy.StopLoss != 0m && !strategy.Position.IsFlat && strategy.UnprotectedTime.Current > TimeSpan.Zero) strikes.Hit(Fault.F30, now);
        }
    }
}
