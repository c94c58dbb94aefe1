using System.CommandLine;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Storage;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Recording;

namespace Tradewind.App.Commands;

internal static class DataCommand
{
    public const string Name = "data";
    public const string Purpose = "Market data files: CSV to recordings and back, what is in them, made-up ones.";

    public static Command Create(Surroundings around) => new TradewindCommand(Name, Purpose,
        "tradewind data import es.csv.gz --symbol ES --out es.twr", "tradewind data info es.twr", "tradewind data export es.twr --out es.csv")
    {
        Import(around),
        DataGenerate.Create(around),
        DataInfo.Create(around),
        Export(around),
    };

    private static TradewindCommand Import(Surroundings around)
    {
        Argument<string> source = Opt.Argument("FILE", "CSV, gzip'd or not, with a header line: bars, trades or quotes.");
        Option<string> target = Opt.Text("--out", "FILE.twr", "The recording to write.");
        Option<bool> force = Opt.Force();
        var instrument = new InstrumentOptions(isSymbolRequired: true);
        Option<bool> negative = Opt.Flag("--allow-negative-prices", "Takes prices of zero and below, as crude oil had on 2020-04-20.");
        var command = new TradewindCommand("import", "Turns a CSV file into a recording.", "tradewind data import es.csv.gz --symbol ES --out es.twr") { source, target, force, negative };
        instrument.AddTo(command);
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string from = given.Required(source), to = given.Target(target, force, around);
            InstrumentTerms terms = instrument.Read(given);
            if (terms.Symbol is null) given.Refuse("--symbol is missing: CSV does not say what it holds; add --symbol, for example --symbol ES.");
            if (to.Length > 0 && !to.EndsWith(RecordingHeader.FileSuffix, StringComparison.OrdinalIgnoreCase)) given.Refuse($"--out: found \"{to}\", expected a name that ends in {RecordingHeader.FileSuffix}.");
            given.ThrowIfFaulty();
            CancellationToken stop = around.WatchForStop();
            RecordingSummary written = RecordingImport.FromCsv(around.PathOf(from), around.PathOf(to), terms.Find(terms.Symbol!), new() { AllowNegativePrices = given.Flag(negative) }, stop);
            around.SayNotes(written.Notes);
            RecordingHeader header = written.Header;
            around.Say($"{header.Count:N0} {Words(header.Kind, header.Timeframe)} of {header.Symbol} from {header.From} to {header.To} written to {to}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static TradewindCommand Export(Surroundings around)
    {
        Argument<string> source = Opt.Argument("FILE", "A recording (or another CSV file, to rewrite it).");
        Option<string> target = Opt.Text("--out", "FILE.csv", "The CSV file to write; gzip'd when the name ends in .gz.");
        Option<bool> force = Opt.Force();
        var command = new TradewindCommand("export", "Turns a recording into CSV, from which the same recording can be made again.", "tradewind data export es.twr --out es.csv") { source, target, force };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string from = given.Required(source), to = given.Target(target, force, around);
            if (to.EndsWith(RecordingHeader.FileSuffix, StringComparison.OrdinalIgnoreCase)) given.Refuse($"--out: found \"{to}\", expected a name for CSV; data import writes recordings.");
            given.ThrowIfFaulty();
            CancellationToken stop = around.WatchForStop();
            using MarketDataFile file = MarketDataFile.Open(around.PathOf(from));
            stop.ThrowIfCancellationRequested();
            CsvWriter.Write(file, around.PathOf(to));
            around.Say($"{file.Count:N0} {Words(file.Kind, file.Timeframe)} from {file.From} to {file.To} written to {to}.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What a file holds, in words: "bars of 1m", "trades".</summary>
    internal static string Words(MarketDataKind kind, Timeframe? timeframe) => timeframe is { } length ? $"bars of {length}" : kind.ToString().ToLowerInvariant();
}
