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
        Option<string> folder = Opt.Text("--folder", "DIR", $"The drawer of your own strategy files; {StrategyDrawer.Usual} where there is one.");
        Option<bool> json = Opt.Flag("--json", "As an array of {name, family, parameters[]}; file names the file of one of your own.");
        var command = new TradewindCommand("list", "Lists all strategies: those that come with the program and those of your own.", "tradewind strategies list", "tradewind strategies list --json") { folder, json };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            StrategyDrawer? drawer = given.Try(() => StrategyDrawer.Open(given.Text(folder), around));
            given.ThrowIfFaulty();
            List<ListedStrategy> all = [.. StrategyLibrary.BuiltIn.All.Select(ListedStrategy.OfLibrary), .. drawer!.Strategies];
            if (parsed.GetValue(json)) Json.Write(around.Output, writer => WriteAll(writer, all));
            else Table.Write(around, ["NAME", "FAMILY", "VERSION", "PRIORITY", "PARAMETERS"], all.Select(Row));
            around.SayNotes(drawer.Faults);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(ListedStrategy one) =>
        [one.Reference, one.Description.Family, one.Description.Version, Text(one.Description.Priority), string.Join(' ', one.Description.Parameters.Select(Shortly))];

    private static TradewindCommand Describe(Surroundings around)
    {
        Argument<string> name = Opt.Argument("NAME", "The strategy's name as strategies list shows it: a file of your own, too.");
        Option<bool> json = Opt.Flag("--json", "As one JSON object.");
        var command = new TradewindCommand("describe", "Says what a strategy does and what can be set.", "tradewind strategies describe moving-average-cross", "tradewind strategies describe strategies/My.cs") { name, json };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string wanted = given.Required(name);
            ListedStrategy? found = wanted.Length == 0 ? null : given.Try(() => ListedStrategy.Find(wanted, around));
            given.ThrowIfFaulty();
            if (parsed.GetValue(json)) Json.Write(around.Output, writer => Write(writer, found!));
            else Write(around, found!);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Surroundings around, ListedStrategy one)
    {
        (StrategyDescription strategy, DocumentedType words) = (one.Description, one.Words);
        around.Output.WriteLine($"{strategy.Name}  ({strategy.Family}, version {strategy.Version}, priority {strategy.Priority})");
        foreach (string? text in new[] { words.Summary, words.Remarks })
        {
            if (text is not null) around.Output.WriteLine($"\n{text}");
        }
        around.Output.WriteLine();
        Table.Write(around, ["PARAMETER", "DEFAULT", "RANGE", "MEANING"], strategy.Parameters.Select(each => new[] { each.Name, Text(each.Default), Range(each), words.SummaryOfOption(each.Name) ?? "" }));
        string example = strategy.Parameters.Count == 0 ? "" : $" --set {Quoted($"{strategy.Parameters[0].Name}={Text(strategy.Parameters[0].Default)}")}";
        around.Output.WriteLine($"\ntradewind backtest --data FILE --symbol ES --strategy {one.Reference}{example}");
    }

    private static void WriteAll(Utf8JsonWriter writer, IEnumerable<ListedStrategy> all)
    {
        writer.WriteStartArray();
        foreach (ListedStrategy each in all) Write(writer, each);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ListedStrategy one)
    {
        (StrategyDescription strategy, DocumentedType words) = (one.Description, one.Words);
        writer.WriteStartObject();
        writer.WriteString("name", strategy.Name);
        writer.WriteString("family", strategy.Family);
        writer.WriteString("version", strategy.Version);
        writer.WriteNumber("priority", strategy.Priority);
        writer.WriteString("file", one.File);
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
