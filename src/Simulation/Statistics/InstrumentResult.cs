using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Statistics;

/// <summary>The part of one instrument in a backtest. Money is in the instrument's currency.</summary>
/// <param name="Trades">Closed round trips.</param>
/// <param name="NetProfit">Realized and open profit less fees; the sum over all instruments is the result's.</param>
/// <param name="OpenQuantity">Signed units held at the end.</param>
public sealed record InstrumentResult(Instrument Instrument, long Fills, long Trades, decimal NetProfit, decimal Commission, decimal OpenQuantity)
{
    internal static InstrumentResult Of(Engine engine, Tally tally, int index)
    {
        decimal realized = 0m, fees = 0m;
        long fills = 0;
        foreach (BookedFill booked in tally.Fills)
        {
            if (booked.Instrument != index) continue;
            realized += booked.Fill.RealizedPnl;
            fees += booked.Fill.Fee;
            fills++;
        }
        return new(engine.Options.Instruments[index], fills, tally.Trades.Count(trade => trade.Instrument == index),
            realized - fees + engine.Account.UnrealizedPnlOf(index), fees, engine.Account.PositionOf(index).Quantity);
    }
}
