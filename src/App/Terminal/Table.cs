using Spectre.Console;

namespace Tradewind.App.Terminal;

/// <summary>Rows under headings, on standard output: as wide as the terminal, or a line for each row where another program reads.</summary>
internal static class Table
{
    /// <summary>A pipe's columns are not padded beyond this: a longer cell moves the rest of its own row and not all rows.</summary>
    private const int WidestForPipe = 40;

    /// <summary>A last column that may be left out is, where a terminal has less room for it.</summary>
    private const int NarrowestLast = 24;

    /// <summary>What a column whose words are broken keeps, as long as the others can keep theirs.</summary>
    private const int NarrowestBroken = 12;

    /// <summary>Blanks before and after a cell.</summary>
    private const int Padding = 3;

    /// <param name="mayLeaveOutLast">Whether a narrow terminal may go without the last column, which a note says then.</param>
    public static void Write(Surroundings around, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, bool mayLeaveOutLast = false)
    {
        IReadOnlyList<string>[] all = [headings, .. rows];
        if (around.IsOutputTerminal) WriteForTerminal(around, all, mayLeaveOutLast);
        else WriteForPipe(around.Output, all);
    }

    private static void WriteForPipe(TextWriter output, IReadOnlyList<string>[] rows)
    {
        int[] widths = [.. Widest(rows, cell => cell.Length).Select(width => Math.Min(width, WidestForPipe))];
        foreach (IReadOnlyList<string> row in rows) output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static void WriteForTerminal(Surroundings around, IReadOnlyList<string>[] rows, bool mayLeaveOutLast)
    {
        int[] widths = Fit(rows, around.OutputWidth);
        if (mayLeaveOutLast && widths[^1] < NarrowestLast)
        {
            WriteForTerminal(around, [.. rows.Select(row => row.SkipLast(1).ToArray())], mayLeaveOutLast: false);
            around.SayNote($"{rows[0][^1]} is left out: {around.OutputWidth} columns have no room for it; a wider terminal, a pipe and --json have.");
            return;
        }
        var table = new Spectre.Console.Table { Border = around.NoColor ? TableBorder.None : TableBorder.Simple };
        foreach ((string heading, int width) in rows[0].Zip(widths)) table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))) { Width = width, Padding = new Padding(0, 0, Padding - 1, 0) });
        foreach (IReadOnlyList<string> row in rows.Skip(1)) table.AddRow(row.Select(cell => new Text(cell)));
        ConsoleOf(around).Write(table);
    }

    private static IAnsiConsole ConsoleOf(Surroundings around)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = around.NoColor ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = around.NoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(around.Output),
        });
        console.Profile.Width = around.OutputWidth;
        return console;
    }

    /// <summary>Widths of the columns in a terminal: the widest give way first, and words are broken only where nothing else helps, those of the column with the longest first.</summary>
    private static int[] Fit(IReadOnlyList<string>[] rows, int terminal)
    {
        int[] widths = Widest(rows, cell => cell.Length), words = Widest(rows, cell => cell.Split(' ').Max(word => word.Length));
        int room = terminal - 1 - widths.Length * Padding;
        Narrow(widths, words, room);
        int longest = Array.IndexOf(words, words.Max());
        words[longest] = Math.Min(words[longest], NarrowestBroken);
        Narrow(widths, words, room);
        Narrow(widths, new int[words.Length], room);
        return widths;
    }

    private static void Narrow(int[] widths, int[] least, int room)
    {
        while (widths.Sum() > room)
        {
            int widest = -1;
            for (int i = 0; i < widths.Length; i++)
            {
                if (widths[i] > Math.Max(1, least[i]) && (widest < 0 || widths[i] >= widths[widest])) widest = i;
            }
            if (widest < 0) return;
            widths[widest]--;
        }
    }

    private static int[] Widest(IReadOnlyList<string>[] rows, Func<string, int> length) => [.. rows[0].Select((_, column) => rows.Max(row => length(row[column])))];
}
