using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Live;

namespace Tradewind.App.Commands.Operating;

/// <summary>The orders of a running session.</summary>
internal static class OrdersCommand
{
    public const string Name = "orders";
    public const string Purpose = "Shows the orders of a running session that work now, or its latest ones.";

    public static Command Create(Surroundings around)
    {
        var session = new SessionOptions();
        Option<bool> all = Opt.Flag("--all", "The latest orders, ended ones too; the newest first.");
        Option<bool> json = Opt.Flag("--json", "As an array of {id, time, symbol, side, quantity, type, limitPrice, stopPrice, purpose, parent, status, filled, averagePrice}.");
        var command = new TradewindCommand(Name, Purpose, "tradewind orders", "tradewind orders --all", "tradewind orders --json") { all, json };
        session.AddTo(command);
        command.SetAction(parsed => OperatorCommand.Run(parsed, session, around, client =>
        {
            RunView? view = client.Read().View;
            IReadOnlyList<OrderRow> rows = (parsed.GetValue(all) ? view?.Orders : view?.Working) ?? [];
            if (parsed.GetValue(json)) Json.Write(around.Output, writer => Write(writer, rows));
            else if (rows.Count == 0) around.Output.WriteLine(parsed.GetValue(all) ? "No order was sent yet." : "No order works now; --all shows the latest ones.");
            else Table.Write(around, ["ORDER", "TIME", "SYMBOL", "SIDE", "QUANTITY", "TYPE", "PRICE", "FOR", "STATUS", "FILLED"], rows.Select(Cells));
            return ExitCode.Done;
        }, reads: true));
        return command;
    }

    private static string[] Cells(OrderRow row) =>
    [
        row.Id.ToString(CultureInfo.InvariantCulture), row.Time.ToString(), row.Symbol, row.Side, Text(row.Quantity), row.Type,
        string.Join(" limit ", new[] { row.StopPrice, row.LimitPrice }.OfType<decimal>().Select(Text)), row.Parent is { } parent ? $"{row.Purpose} of {parent}" : row.Purpose, row.Status,
        row.Filled == 0m ? "" : $"{Text(row.Filled)} at {Text(row.AveragePrice)}",
    ];

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<OrderRow> rows)
    {
        writer.WriteStartArray();
        foreach (OrderRow row in rows)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", row.Id);
            writer.WriteString("time", row.Time.ToString());
            writer.WriteString("symbol", row.Symbol);
            writer.WriteString("side", row.Side);
            writer.WriteMoney("quantity", row.Quantity);
            writer.WriteString("type", row.Type);
            writer.WriteSetting("limitPrice", row.LimitPrice);
            writer.WriteSetting("stopPrice", row.StopPrice);
            writer.WriteString("purpose", row.Purpose);
            if (row.Parent is { } parent) writer.WriteNumber("parent", parent);
            else writer.WriteNull("parent");
            writer.WriteString("status", row.Status);
            writer.WriteMoney("filled", row.Filled);
            writer.WriteMoney("averagePrice", row.AveragePrice);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static string Text(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
