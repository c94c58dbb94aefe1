using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Simulation.Statistics;

namespace Tradewind.App.Commands.Developing;

/// <summary>What is kept of a run to compare the next one with: numbers only, so that its code can go.</summary>
internal sealed record SimulatedFigures(BacktestResult Result, IReadOnlyList<ClosedTrade> Trades, string Currency);

/// <summary>Shows two runs side by side, and where their trades first part.</summary>
internal static class RunComparison
{
    private const int Name = 16;
    private const int Column = 18;

    public static void Write(SimulatedFigures before, SimulatedFigures now, TextWriter writer)
    {
        writer.WriteLine();
        if (before.Result.OutputHash == now.Result.OutputHash)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"No difference: the same {now.Result.Trades:N0} trades, net profit {now.Result.NetProfit:N2} {now.Currency}, output hash {now.Result.OutputHash:x16}."));
            return;
        }
        writer.WriteLine($"{"",-Name}{"before",Column}{"now",Column}{"difference",Column}");
        Row("Trades", before.Result.Trades, now.Result.Trades, "N0", writer);
        Row("Net profit", (double)before.Result.NetProfit, (double)now.Result.NetProfit, "N2", writer, now.Currency);
        Row("Max drawdown", -before.Result.MaxDrawdownAmount, -now.Result.MaxDrawdownAmount, "N2", writer, now.Currency);
        Row("", -100 * before.Result.MaxDrawdown, -100 * now.Result.MaxDrawdown, "N2", writer, "%");
        Row("Win rate", 100 * before.Result.WinRate, 100 * now.Result.WinRate, "N2", writer, "%");
        Row("Profit factor", before.Result.ProfitFactor, now.Result.ProfitFactor, "N2", writer);
        Row("Sharpe", before.Result.Sharpe, now.Result.Sharpe, "N2", writer);
        writer.WriteLine(FirstDifference(before.Trades, now.Trades));
    }

    /// <summary>A sentence about the first trade that is not the same in both.</summary>
    public static string FirstDifference(IReadOnlyList<ClosedTrade> before, IReadOnlyList<ClosedTrade> now)
    {
        int common = Math.Min(before.Count, now.Count);
        for (int i = 0; i < common; i++)
        {
            if (before[i] != now[i]) return string.Create(CultureInfo.InvariantCulture, $"First difference: trade {i + 1:N0}\n  before  {Words(before[i])}\n  now     {Words(now[i])}");
        }
        if (before.Count == now.Count) return "All trades are the same; what differs is an open position or an order that did not fill.";
        IReadOnlyList<ClosedTrade> longer = before.Count > common ? before : now;
        return string.Create(CultureInfo.InvariantCulture, $"First difference: trade {common + 1:N0}, {(before.Count > common ? "which is no longer there" : "which is new")}\n          {Words(longer[common])}");
    }

    private static string Words(in ClosedTrade trade)
    {
        RoundTrip trip = trade.RoundTrip;
        return string.Create(CultureInfo.InvariantCulture, $"{(trip.EntrySide == Side.Buy ? "long" : "short")} {trip.Quantity} from {trip.Entered} at {trip.EntryPrice:0.######} to {trip.Exited} at {trip.ExitPrice:0.######}: {trip.NetPnl:N2}");
    }

    private static void Row(string name, double? before, double? now, string format, TextWriter writer, string unit = "")
    {
        string difference = Text(now - before, $"+{Digits(format)};-{Digits(format)};0", unit);
        writer.WriteLine($"{name,-Name}{Text(before, format, unit),Column}{Text(now, format, unit),Column}{difference,Column}");
    }

    private static string Digits(string format) => format == "N0" ? "#,0" : "#,0.00";

    private static string Text(double? value, string format, string unit) => value is { } number ? $"{number.ToString(format, CultureInfo.InvariantCulture)} {unit}".TrimEnd() : "—";
}
