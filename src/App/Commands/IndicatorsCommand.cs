using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Indicators;

namespace Tradewind.App.Commands;

internal static class IndicatorsCommand
{
    public const string Name = "indicators";
    public const string Purpose = "The indicators that there are, and their values for a file.";

    // Where a length must be given, the table shows the warm-up of this one.
    private const double ExampleLength = 20;

    public static Command Create(Surroundings around) => new TradewindCommand(Name, Purpose,
        "tradewind indicators list", "tradewind indicators compute --data es.csv.gz --indicator \"sma(20)\" --indicator \"macd(12,26,9)\"")
    {
        List(around),
        IndicatorsCompute.Create(around),
    };

    private static TradewindCommand List(Surroundings around)
    {
        Option<bool> json = Opt.Flag("--json", "As an array of {name, parameters[], outputs[], warmUp, source}.");
        var command = new TradewindCommand("list", "Lists all indicators with the defaults of their parameters and the bars that they need first; --json tells the ranges too.", "tradewind indicators list", "tradewind indicators list --json") { json };
        command.SetAction(parsed =>
        {
            IReadOnlyCollection<IndicatorDescription> all = IndicatorLibrary.BuiltIn.All;
            if (parsed.GetValue(json)) Json.Write(around.Output, writer => WriteAll(writer, all));
            else Table.Write(around, ["NAME", "PARAMETERS", "WARM-UP", "OUTPUTS", "SOURCE"], all.Select(Row), mayLeaveOutLast: true);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(IndicatorDescription indicator)
    {
        Indicator example = Example(indicator);
        string warmUp = indicator.Parameters.All(each => each.Default is not null) ? $"{example.WarmUp}" : $"{example.WarmUp} at {example.Name[(indicator.Name.Length + 1)..^1]}";
        return [indicator.Name, string.Join(", ", indicator.Parameters.Select(Shortly)), warmUp, string.Join(' ', indicator.Outputs), indicator.Source];
    }

    private static void WriteAll(Utf8JsonWriter writer, IEnumerable<IndicatorDescription> all)
    {
        writer.WriteStartArray();
        foreach (IndicatorDescription each in all) Write(writer, each);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IndicatorDescription indicator)
    {
        Indicator example = Example(indicator);
        writer.WriteStartObject();
        writer.WriteString("name", indicator.Name);
        writer.WriteStartArray("parameters");
        foreach (IndicatorParameter each in indicator.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("name", each.Name);
            writer.WriteString("kind", each.IsWhole ? "whole number" : "number");
            writer.WriteFigure("minimum", each.Minimum);
            writer.WriteFigure("maximum", each.Maximum);
            writer.WriteFigure("default", each.Default);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("outputs");
        foreach (string output in indicator.Outputs.Count == 0 ? [indicator.Name] : indicator.Outputs) writer.WriteStringValue(output);
        writer.WriteEndArray();
        writer.WriteNumber("warmUp", example.WarmUp);
        writer.WriteString("warmUpOf", example.Name);
        writer.WriteString("source", indicator.Source);
        writer.WriteEndObject();
    }

    /// <summary>With its defaults, and an example's length where there is none: the warm-up is that of a particular indicator.</summary>
    private static Indicator Example(IndicatorDescription indicator) =>
        indicator.Create([.. indicator.Parameters.Select(each => each.Default ?? Math.Clamp(ExampleLength, each.Minimum, each.Maximum))]);

    private static string Shortly(IndicatorParameter parameter) => parameter.Default is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={value}")
        : parameter.Name;
}
