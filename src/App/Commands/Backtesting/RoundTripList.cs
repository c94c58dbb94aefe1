using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Simulation.Statistics;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>Closed round trips as CSV, one a line, in the order of their ends; of several instruments, each with its symbol in the last column.</summary>
internal static class RoundTripList
{
    public static void Write(IReadOnlyList<ClosedTrade> trades, IReadOnlyList<string> symbols, TextWriter writer)
    {
        bool areSeveral = symbols.Count > 1;
        writer.WriteLine($"entered,exited,side,quantity,entryPrice,exitPrice,grossPnl,fees,netPnl{(areSeveral ? ",symbol" : "")}");
        foreach (ClosedTrade trade in trades)
        {
            RoundTrip trip = trade.RoundTrip;
            string side = trip.EntrySide == Side.Buy ? "long" : "short";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trip.Entered},{trip.Exited},{side},{trip.Quantity},{trip.EntryPrice},{trip.ExitPrice},{trip.GrossPnl},{trip.Fees},{trip.NetPnl}{(areSeveral ? "," + symbols[trade.Instrument] : "")}"));
        }
    }
}
