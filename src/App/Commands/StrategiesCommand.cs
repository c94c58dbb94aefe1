using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tradewind.App.Commands.Operating;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Strategies;

namespace Tradewind.App.Commands;

internal static class StrategiesCommand
{
    public const string Name = "strategies";
    public const string Purpose = "The strategies that there are, and those of a running session.";

    private static readonly SearchValues<char> ForShells = SearchValues.Create(" ,()*[]");

    public static Command Create(Surroundings around) => new TradewindCommand(Name, Purpose, "tradewind strategies list", "tradewind strategies describe moving-average-cross")
    {
        List(around),
        Describe(around),
        OperatorCommand.CreateForStrategy("resume", "Lets a suspended strategy of a running session act again.", around),
        OperatorCommand.CreateForStrategy("takeover", "Lets the version that runs beside a strategy trade from now on, whatever is held.", around),
        OperatorCommand.CreateForStrategy("rollback", "Goes back to the version of a strategy that traded before the last take-over.", around),
        OperatorCommand.CreateForStrategy("drop", "Drops the version that runs beside a strategy.", around),
    };

    private static TradewindCommand List(Surroundings around)
    {
        Option<bool> json = Opt.Flag("--json", "As an array of {name, family, parameters[]}.");
        var command = new TradewindCommand("list", "Lists all strategies.", "tradewind strategies list", "tradewind strategies list --json") { json };
        command.SetAction(parsed =>
        {
            IReadOnlyCollection<StrategyDescription> all = StrategyLibrary.BuiltIn.All;
            if (parsed.GetValue(json)) Json.Write(around.Output, writer => WriteAll(writer, all));
            else Table.Write(around, ["NAME", "FAMILY", "VERSION", "PRIORITY", "PARAMETERS"], all.Select(each => new[] { each.Name, each.Family, each.Version, Text(each.Priority), string.Join(' ', each.Parameters.Select(Shortly)) }));
            return ExitCode.Done;
        });
        return command;
    }

    private static TradewindCommand Describe(Surroundings around)
    {
        Argument<string> name = Opt.Argument("NAME", "The strategy's name, as strategies list shows it.");
        Option<bool> json = Opt.Flag("--json", "As one JSON object.");
        var command = new TradewindCommand("describe", "Says what a strategy does and what can be set.", "tradewind strategies describe moving-average-cross") { name, json };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string wanted = given.Required(name);
            StrategyDescription? found = wanted.Length == 0 ? null : given.Try(() => StrategyLibrary.BuiltIn.Find(wanted));
            given.ThrowIfFaulty();
            var words = new DocumentedType(found!.Type);
            if (parsed.GetValue(json)) Json.Write(around.Output, writer => Write(writer, found, words));
            else Write(around, found, words);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Surroundings around, StrategyDescription strategy, DocumentedType words)
    {
        around.Output.WriteLine($"{strategy.Name}  ({strategy.Family}, version {strategy.Version}, priority {strategy.Priority})");
        foreach (string? text in new[] { words.Summary, words.Remarks })
        {
            if (text is not null) around.Output.WriteLine($"\n{text}");
        }
        around.Output.WriteLine();
        Table.Write(around, ["PARAMETER", "DEFAULT", "RANGE", "MEANING"], strategy.Parameters.Select(each => new[] { each.Name, Text(each.Default), Range(each), words.SummaryOfOption(each.Name) ?? "" }));
        string example = strategy.Parameters.Count == 0 ? "" : $" --set {Quoted($"{strategy.Parameters[0].Name}={Text(strategy.Parameters[0].Default)}")}";
        around.Output.WriteLine($"\ntradewind backtest --data FILE --symbol ES --strategy {strategy.Name}{example}");
    }

    private static void WriteAll(Utf8JsonWriter writer, IEnumerable<StrategyDescription> all)
    {
        writer.WriteStartArray();
        foreach (StrategyDescription each in all) Write(writer, each, new DocumentedType(each.Type));
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, StrategyDescription strategy, DocumentedType words)
    {
        writer.WriteStartObject();
        writer.WriteString("name", strategy.Name);
        writer.WriteString("family", strategy.Family);
        writer.WriteString("version", strategy.Version);
        writer.WriteNumber("priority", strategy.Priority);
        writer.WriteString("description", words.Summary);
        WriteTerms(writer, words);
        writer.WriteStartArray("parameters");
        foreach (StrategyParameter each in strategy.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("name", each.Name);
            writer.WriteString("kind", each.Kind);
            writer.WriteSetting("default", each.Default);
            writer.WriteSetting("minimum", each.Minimum);
            writer.WriteSetting("maximum", each.Maximum);
            writer.WriteString("description", words.SummaryOfOption(each.Name));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The labelled lines of the remarks: source, enters, exits, stop, assumes, lies.</summary>
    private static void WriteTerms(Utf8JsonWriter writer, DocumentedType words)
    {
        foreach (string line in words.Remarks?.Split('\n') ?? [])
        {
            string[] parts = line.Split(": ", 2);
            if (parts.Length == 2) writer.WriteString(parts[0].ToLowerInvariant(), parts[1]);
        }
    }

    private static string Shortly(StrategyParameter parameter) => $"{parameter.Name}={Text(parameter.Default)}";

    private static string Range(StrategyParameter parameter)
    {
        if (parameter.Choices.Count > 0) return string.Join(", ", parameter.Choices);
        return parameter.Minimum is null ? parameter.Kind : $"{Text(parameter.Minimum)} to {Text(parameter.Maximum)}";
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>For a shell: in quotes where it has blanks or signs that mean something there.</summary>
    private static string Quoted(string word) => word.AsSpan().ContainsAny(ForShells) ? $"\"{word}\"" : word;
}
