using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Storage;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Inspection;

namespace Tradewind.App.Commands;

/// <summary>What a market data file holds, what is missing and what is wrong with it. Ends with 2 where other commands would not read the file for more than its order.</summary>
internal static class DataInfo
{
    private const int LabelWidth = 16;

    public static Command Create(Surroundings around)
    {
        Argument<string> source = Opt.Argument("FILE", "A recording or a CSV file.");
        Option<bool> json = Opt.Flag("--json", "As one JSON object.");
        Option<bool> negative = Opt.Flag("--allow-negative-prices", "Prices of zero and below are no fault.");
        var instrument = new InstrumentOptions(isSymbolRequired: false);
        var command = new TradewindCommand("info", "Shows span, counts, gaps, duplicates, disorder and faults of a file.",
            "tradewind data info es.twr", "tradewind data info es.csv.gz --symbol ES --json")
        {
            source, json, negative,
        };
        instrument.AddTo(command);
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string file = given.Required(source);
            InstrumentTerms terms = instrument.Read(given);
            given.ThrowIfFaulty();
            CancellationToken stop = around.WatchForStop();
            MarketDataReport report = MarketDataInspector.Inspect(around.PathOf(file), terms.Symbol is { } symbol ? terms.Find(symbol) : null, new() { AllowNegativePrices = given.Flag(negative) });
            stop.ThrowIfCancellationRequested();
            if (given.Flag(json)) Json.Write(around.Output, writer => Write(writer, report));
            else Write(around.Output, report);
            return Judge(report, around);
        });
        return command;
    }

    private static int Judge(MarketDataReport report, Surroundings around)
    {
        string? fault = report.Damage ?? report.Faults.FirstOrDefault(each => each.Kind is not (DataFault.Duplicate or DataFault.Disorder))?.First;
        if (fault is null && report.Count == 0) fault = $"{report.Path}: found no records that make sense; export or import it again.";
        if (fault is null) return ExitCode.Done;
        around.SayError(fault);
        return ExitCode.WrongInput;
    }

    private static void Write(TextWriter writer, MarketDataReport report)
    {
        Row("file", $"{report.Path}, {(report.IsRecording ? "recording" : "CSV")}, {report.Bytes:N0} bytes");
        Row("symbol", report.Symbol ?? "not said");
        Row("holds", $"{report.Count:N0} {DataCommand.Words(report.Kind, report.Timeframe)}");
        if (report.Count > 0) Row("from", $"{report.From} to {report.To}");
        Row("gaps", report.GapCount == 0 ? "none" : $"{report.GapCount:N0}{(report.MissingBars > 0 ? $", {report.MissingBars:N0} bars missing" : "")}{(report.Calendar is { } calendar ? $" (hours: {calendar})" : " (every hour counts; --symbol tells the trading hours)")}");
        foreach (DataGap gap in report.LongestGaps) Row("", $"{gap.From} to {gap.To}, {Shortly(gap.Open)} open{(gap.MissingBars > 0 ? $", {gap.MissingBars:N0} bars" : "")}");
        Row("duplicates", Count(report.Duplicates));
        Row("out of order", Count(report.Disorder));
        if (report.Kind == MarketDataKind.Quotes) Row("crossed quotes", Count(report.CrossedQuotes));
        if (report.Calendar is not null) Row("closed hours", report.OutsideSessions == 0 ? "none" : $"{report.OutsideSessions:N0} records while the venue is closed");
        foreach (DataFaultCount fault in report.Faults) Row(fault.Kind.ToString(), $"{fault.Count:N0}; {fault.First}");
        if (report.Damage is { } damage) Row("damage", damage);
        foreach (string note in report.Notes) Row("note", note);
        Row("verdict", report.IsSound ? "sound" : "other commands refuse this file");

        void Row(string label, string text) => writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label.PadRight(LabelWidth)}{text}"));
    }

    /// <summary>The two largest units of a duration: 11d 14h, 5m 30s; below a second in full.</summary>
    internal static string Shortly(TimeSpan time)
    {
        (int Amount, string Unit)[] parts = [(time.Days, "d"), (time.Hours, "h"), (time.Minutes, "m"), (time.Seconds, "s")];
        int first = Array.FindIndex(parts, part => part.Amount > 0);
        if (first < 0) return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#######}s");
        return string.Join(' ', parts.Skip(first).Take(2).Where(part => part.Amount > 0).Select(part => $"{part.Amount}{part.Unit}"));
    }

    private static string Count(long count) => count == 0 ? "none" : count.ToString("N0", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, MarketDataReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("file", report.Path);
        writer.WriteBoolean("isRecording", report.IsRecording);
        writer.WriteNumber("bytes", report.Bytes);
        writer.WriteString("kind", report.Kind.ToString().ToLowerInvariant());
        writer.WriteString("symbol", report.Symbol);
        writer.WriteString("timeframe", report.Timeframe?.ToString());
        writer.WriteNumber("count", report.Count);
        writer.WriteString("from", report.Count > 0 ? report.From.ToString() : null);
        writer.WriteString("to", report.Count > 0 ? report.To.ToString() : null);
        writer.WriteNumber("duplicates", report.Duplicates);
        writer.WriteNumber("disorder", report.Disorder);
        writer.WriteNumber("crossedQuotes", report.CrossedQuotes);
        writer.WriteNumber("outsideSessions", report.OutsideSessions);
        writer.WriteString("calendar", report.Calendar);
        writer.WriteNumber("gaps", report.GapCount);
        writer.WriteNumber("missingBars", report.MissingBars);
        WriteGaps(writer, report.LongestGaps);
        WriteFaults(writer, report.Faults);
        writer.WriteString("damage", report.Damage);
        writer.WriteBoolean("isSound", report.IsSound);
        writer.WriteEndObject();
    }

    private static void WriteGaps(Utf8JsonWriter writer, IEnumerable<DataGap> gaps)
    {
        writer.WriteStartArray("longestGaps");
        foreach (DataGap gap in gaps)
        {
            writer.WriteStartObject();
            writer.WriteString("from", gap.From.ToString());
            writer.WriteString("to", gap.To.ToString());
            writer.WriteNumber("openSeconds", gap.Open.TotalSeconds);
            writer.WriteNumber("missingBars", gap.MissingBars);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteFaults(Utf8JsonWriter writer, IEnumerable<DataFaultCount> faults)
    {
        writer.WriteStartArray("faults");
        foreach (DataFaultCount fault in faults)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", fault.Kind.ToString());
            writer.WriteNumber("count", fault.Count);
            writer.WriteString("first", fault.First);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
