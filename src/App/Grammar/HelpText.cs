using System.CommandLine;
using System.CommandLine.Invocation;
using Tradewind.App.Terminal;

namespace Tradewind.App.Grammar;

/// <summary>Prints what a command is for, how it is written, examples and its options.</summary>
internal sealed class HelpText(Surroundings around) : SynchronousCommandLineAction
{
    private const int Width = 110;
    private const int Indent = 2;
    private const int Widest = 34;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        TextWriter writer = around.Output;
        writer.WriteLine(command.Description);
        WriteUsage(command, writer);
        if (command is TradewindCommand { Examples.Count: > 0 } described) WriteLines("Examples", described.Examples, writer);
        WriteRows("Commands", command.Subcommands.Where(each => !each.Hidden).Select(each => (each.Name, each.Description ?? "")), writer);
        WriteRows("Arguments", command.Arguments.Select(each => (each.Name, each.Description ?? "")), writer);
        WriteRows("Options", command.Options.Concat(Inherited(command)).Where(each => !each.Hidden).Select(each => (Label(each), each.Description ?? "")), writer);
        if (command is TradewindCommand { Remarks.Count: > 0 } remarked) WriteLines("Remarks", remarked.Remarks, writer);
        return ExitCode.Done;
    }

    private static void WriteUsage(Command command, TextWriter writer)
    {
        string usage = WrongWords.PathOf(command);
        foreach (Argument argument in command.Arguments) usage += $" {argument.Name}";
        if (command.Subcommands.Count > 0) usage += command.Action is null ? " COMMAND" : " [COMMAND]";
        if (command.Options.Count > 0) usage += " [options]";
        WriteLines("Usage", [usage], writer);
    }

    /// <summary>The options of the commands above that hold for this one too, the nearest first.</summary>
    private static IEnumerable<Option> Inherited(Command command) => command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(each => each.Recursive).Concat(Inherited(parent)));

    private static string Label(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2).Append(option.Name));
        return option.HelpName is null ? names : $"{names} {option.HelpName}";
    }

    private static void WriteLines(string title, IEnumerable<string> lines, TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine(title);
        foreach (string line in lines) writer.WriteLine($"  {line}");
    }

    private static void WriteRows(string title, IEnumerable<(string Label, string Text)> rows, TextWriter writer)
    {
        (string Label, string Text)[] all = [.. rows];
        if (all.Length == 0) return;
        writer.WriteLine();
        writer.WriteLine(title);
        int column = Indent + Math.Min(Widest, all.Max(row => row.Label.Length)) + 2;
        foreach ((string label, string text) in all) WriteRow(label, text, column, writer);
    }

    private static void WriteRow(string label, string text, int column, TextWriter writer)
    {
        string line = new string(' ', Indent) + label;
        line = line.Length > column - 2 ? line + "\n" + new string(' ', column) : line.PadRight(column);
        int used = column;
        foreach (string word in text.Split(' '))
        {
            if (used + word.Length > Width)
            {
                line = line.TrimEnd(' ') + "\n" + new string(' ', column);
                used = column;
            }
            line += word + " ";
            used += word.Length + 1;
        }
        writer.WriteLine(line.TrimEnd(' '));
    }
}
