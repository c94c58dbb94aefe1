using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Host;

/// <summary>Notes faults that come of what a program was at.</summary>
internal static class Harms
{
    /// <summary>The stream tells an execution of an order whose placing has not been answered yet.</summary>
    public static void StrikeEarly(Strikes strikes, OracleVenue venue, Requests requests, in VenueFill fill, Timestamp now)
    {
        if (venue.ByVenueId(fill.VenueOrderId)?.ClientId is { } client && requests.IsOpen(client)) strikes.HitOrder(Fault.F4, now, client);
    }

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
