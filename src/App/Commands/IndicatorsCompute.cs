using System.CommandLine;
using System.Globalization;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Commands;

/// <summary>Values of indicators for a file of market data, as CSV.</summary>
internal static class IndicatorsCompute
{
    public static Command Create(Surroundings around)
    {
        Option<string> data = Opt.Text("--data", "FILE", "A recording, or CSV (gzip'd or not) of bars, trades or quotes.");
        Option<string[]> indicators = Opt.Texts("--indicator", "TEXT", "Name and parameters, as sma(20) or \"sma(9) of rsi(14)\"; once for each.");
        Option<string> output = Opt.Text("--out", "FILE|-", "Where the CSV goes; - or nothing is standard output.");
        var instrument = new InstrumentOptions(isSymbolRequired: false);
        Option<string> timeframe = Opt.Text("--timeframe", "LENGTH", "Length of the bars: the file's own by default, 1m for trades and quotes.");
        var command = new TradewindCommand("compute", "Computes indicators bar by bar, as CSV.",
            "tradewind indicators compute --data es.csv.gz --indicator \"sma(20)\" --indicator \"macd(12,26,9)\" --out values.csv")
        {
            data, indicators, output, timeframe,
        };
        instrument.AddTo(command);
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string file = given.Required(data);
            Indicator[] wanted = Read(given, given.Texts(indicators), indicators.Name);
            Timeframe? length = given.Timeframe(timeframe);
            InstrumentTerms terms = instrument.Read(given);
            given.ThrowIfFaulty();
            return Compute(file, terms, length, wanted, given.Text(output) ?? "-", around);
        });
        return command;
    }

    private static Indicator[] Read(Given given, string[] texts, string option)
    {
        if (texts.Length == 0) given.Refuse($"{option} is missing; add it once for each indicator, as {option} \"sma(20)\".");
        List<Indicator> read = [];
        foreach (string text in texts)
        {
            if (given.Try(() => IndicatorLibrary.BuiltIn.Create(text)) is { } indicator) read.Add(indicator);
        }
        return [.. read];
    }

    private static int Compute(string path, InstrumentTerms terms, Timeframe? timeframe, Indicator[] wanted, string output, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop(TimeSpan.FromSeconds(2));
        using MarketDataFile file = MarketDataFile.Open(around.PathOf(path), new() { Symbol = terms.Symbol });
        foreach (string note in file.Notes) around.SayNote(note);
        ReadOnlyMemory<Bar> bars = BarSeries.Of(file, terms.Find(file), timeframe);
        if (output == "-")
        {
            Write(bars.Span, wanted, around.Output, stop);
            return ExitCode.Done;
        }
        OutputFile.Write(around.PathOf(output), writer => Write(bars.Span, wanted, writer, stop));
        around.Say($"{bars.Length:N0} bars written to {output}.");
        return ExitCode.Done;
    }

    private static void Write(ReadOnlySpan<Bar> bars, Indicator[] wanted, TextWriter writer, CancellationToken stop)
    {
        (Indicator Indicator, int Output)[] columns = [.. wanted.SelectMany(each => Enumerable.Range(0, each.OutputCount).Select(output => (each, output)))];
        List<Indicator> order = [];
        foreach (Indicator each in wanted) AddWithInputs(each, order);
        writer.Write("timestamp");
        foreach ((Indicator indicator, int output) in columns) writer.Write($",{Quote(indicator.ColumnName(output))}");
        writer.Write('\n');
        foreach (ref readonly Bar bar in bars)
        {
            stop.ThrowIfCancellationRequested();
            foreach (Indicator each in order) each.Update(in bar);
            WriteRow(in bar, columns, writer);
        }
    }

    private static void WriteRow(in Bar bar, (Indicator Indicator, int Output)[] columns, TextWriter writer)
    {
        writer.Write(bar.Start.ToString());
        foreach ((Indicator indicator, int output) in columns)
        {
            writer.Write(',');
            double value = indicator[output];
            if (indicator.IsReady && !double.IsNaN(value)) writer.Write(value.ToString("G17", CultureInfo.InvariantCulture));
        }
        writer.Write('\n');
    }

    /// <summary>An indicator after those that it reads from.</summary>
    private static void AddWithInputs(Indicator indicator, List<Indicator> order)
    {
        foreach (Indicator input in indicator.Inputs) AddWithInputs(input, order);
        if (!order.Contains(indicator)) order.Add(indicator);
    }

    private static string Quote(string name) => name.Contains(',', StringComparison.Ordinal) ? $"\"{name}\"" : name;
}
