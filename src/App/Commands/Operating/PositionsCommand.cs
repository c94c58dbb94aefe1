using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Live;

namespace Tradewind.App.Commands.Operating;

/// <summary>What a running session holds.</summary>
internal static class PositionsCommand
{
    public const string Name = "positions";
    public const string Purpose = "Shows what a running session holds, by instrument and by strategy.";

    public static Command Create(Surroundings around)
    {
        var session = new SessionOptions();
        Option<bool> json = Opt.Flag("--json", "As an array of {symbol, quantity, averagePrice, last, openProfit, strategies[]}.");
        var command = new TradewindCommand(Name, Purpose, "tradewind positions", "tradewind positions --json") { json };
        session.AddTo(command);
        command.SetAction(parsed => OperatorCommand.Run(parsed, session, around, client =>
        {
            RunView? view = client.Read().View;
            InstrumentRow[] held = [.. view?.Instruments.Where(row => row.Position != 0m || Holders(view, row).Any()) ?? []];
            if (parsed.GetValue(json)) Json.Write(around.Output, writer => Write(writer, view, held));
            else if (held.Length == 0) around.Output.WriteLine("No position is open.");
            else Table.Write(around, ["SYMBOL", "QUANTITY", "AVERAGE PRICE", "LAST", "OPEN PROFIT", "STRATEGIES"], held.Select(row => Cells(view!, row)));
            return ExitCode.Done;
        }, reads: true));
        return command;
    }

    private static IEnumerable<StrategyRow> Holders(RunView view, InstrumentRow row) => view.Strategies.Where(each => each.Symbol == row.Symbol && each.Position != 0m);

    private static string[] Cells(RunView view, InstrumentRow row) =>
    [
        row.Symbol, Text(row.Position), Text(row.AveragePrice), row.Last?.ToString(CultureInfo.InvariantCulture) ?? "", row.UnrealizedPnl.ToString("N2", CultureInfo.InvariantCulture),
        string.Join(", ", Holders(view, row).Select(each => $"{each.Name} {Text(each.Position)}")),
    ];

    private static void Write(Utf8JsonWriter writer, RunView? view, IEnumerable<InstrumentRow> held)
    {
        writer.WriteStartArray();
        foreach (InstrumentRow row in held)
        {
            writer.WriteStartObject();
            writer.WriteString("symbol", row.Symbol);
            writer.WriteMoney("quantity", row.Position);
            writer.WriteMoney("averagePrice", row.AveragePrice);
            writer.WriteFigure("last", row.Last);
            writer.WriteMoney("openProfit", row.UnrealizedPnl);
            writer.WriteStartArray("strategies");
            foreach (StrategyRow each in Holders(view!, row))
            {
                writer.WriteStartObject();
                writer.WriteString("name", each.Name);
                writer.WriteMoney("quantity", each.Position);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static string Text(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
