using Spectre.Console;

namespace Tradewind.App.Terminal;

/// <summary>Rows under headings, on standard output.</summary>
internal static class Table
{
    private const int WidthOfPipe = 10_000;

    public static void Write(Surroundings around, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        bool isPlain = around.NoColor || !around.IsOutputTerminal;
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(isPlain ? text : around.Output),
        });
        // Another program reads lines: none may be broken.
        if (!around.IsOutputTerminal) console.Profile.Width = WidthOfPipe;
        var table = new Spectre.Console.Table { Border = isPlain ? TableBorder.None : TableBorder.Simple };
        foreach (string heading in headings) table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))) { NoWrap = !around.IsOutputTerminal, Padding = new Padding(0, 0, 2, 0) });
        foreach (IReadOnlyList<string> row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        console.Write(table);
        // Cells are filled up to their column: for other programs the last one ends with its text.
        foreach (string line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) around.Output.WriteLine(line.TrimEnd());
    }
}
