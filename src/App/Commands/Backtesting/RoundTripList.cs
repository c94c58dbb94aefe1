using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Simulation.Statistics;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>Closed round trips as CSV, one a line, in the order of their ends.</summary>
internal static class RoundTripList
{
    public static void Write(IReadOnlyList<ClosedTrade> trades, TextWriter writer)
    {
        writer.WriteLine("entered,exited,side,quantity,entryPrice,exitPrice,grossPnl,fees,netPnl");
        foreach (ClosedTrade trade in trades)
        {
            RoundTrip trip = trade.RoundTrip;
            string side = trip.EntrySide == Side.Buy ? "long" : "short";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trip.Entered},{trip.Exited},{side},{trip.Quantity},{trip.EntryPrice},{trip.ExitPrice},{trip.GrossPnl},{trip.Fees},{trip.NetPnl}"));
        }
    }
}
