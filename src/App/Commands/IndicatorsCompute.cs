using System.CommandLine;
using System.Globalization;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
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
            string[] wanted = given.Texts(indicators);
            if (wanted.Length == 0) given.Refuse($"{indicators.Name} is missing; add it once for each indicator, as {indicators.Name} \"sma(20)\".");
            if (Repeated.In(wanted) is { } twice) given.Refuse($"{indicators.Name}: found \"{twice}\" twice, expected each once.");
            foreach (string text in wanted) given.Try(() => IndicatorLibrary.BuiltIn.Create(text));
            Timeframe? length = given.Timeframe(timeframe);
            InstrumentTerms terms = instrument.Read(given);
            string values = given.Result(output, around, file) ?? "-";
            given.ThrowIfFaulty();
            return Compute(file, terms, length, wanted, values, around);
        });
        return command;
    }

    private static int Compute(string path, InstrumentTerms terms, Timeframe? timeframe, string[] wanted, string output, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop();
        using MarketDataFile file = MarketDataFile.Open(around.PathOf(path), new() { Symbol = terms.Symbol });
        around.SayNotes(file.Notes);
        Instrument instrument = terms.Find(file);
        var table = new Table(wanted, instrument.Calendar, stop);
        if (output == "-")
        {
            table.Write(file, instrument, timeframe, around.Output);
            around.SayNotes(table.Unready());
            return ExitCode.Done;
        }
        long rows = 0;
        ResultFile.Write(around.PathOf(output), writer => rows = table.Write(file, instrument, timeframe, writer));
        around.Say($"{rows:N0} bars written to {output}.");
        around.SayNotes(table.Unready());
        return ExitCode.Done;
    }

    /// <summary>The values at the end of each bar, row by row.</summary>
    private sealed class Table : IBarReader
    {
        private readonly (string Name, Indicator Plain, Indicator Indicator, int Output)[] _columns;
        private readonly List<Indicator> _order = [];
        private readonly Indicator[] _tradeReaders;
        private readonly CancellationToken _stop;
        private TextWriter _writer = TextWriter.Null;
        private long _rows;

        public Table(string[] wanted, SessionCalendar calendar, CancellationToken stop)
        {
            _columns = [.. wanted.SelectMany(text => ColumnsOf(text, calendar))];
            foreach ((_, _, Indicator each, _) in _columns) AddWithInputs(each);
            _tradeReaders = [.. _order.Where(each => each.Description.ReadsTrades)];
            _stop = stop;
        }

        public long Write(MarketDataFile file, Instrument instrument, Timeframe? timeframe, TextWriter writer)
        {
            _writer = writer;
            writer.Write("timestamp");
            foreach ((string name, _, _, _) in _columns) writer.Write($",{Quote(name)}");
            writer.Write('\n');
            BarSeries.Walk(file, instrument, timeframe, this);
            return _rows;
        }

        /// <summary>A sentence for each indicator that the data were too short for.</summary>
        public IEnumerable<string> Unready() => _columns.Where(column => !column.Indicator.IsReady).DistinctBy(column => column.Indicator).Select(column => Sentence(column.Indicator));

        public void Read(in Trade trade)
        {
            foreach (Indicator each in _tradeReaders) each.Update(in trade);
        }

        public void Read(in Bar bar)
        {
            _stop.ThrowIfCancellationRequested();
            foreach (Indicator each in _order) each.Update(in bar);
            _writer.Write(bar.Start.ToString());
            foreach ((_, _, Indicator indicator, int output) in _columns)
            {
                _writer.Write(',');
                double value = indicator[output];
                if (indicator.IsReady && !double.IsNaN(value)) _writer.Write(value.ToString("G17", CultureInfo.InvariantCulture));
            }
            _writer.Write('\n');
            _rows++;
        }

        /// <summary>The sessions are the instrument's, which goes without saying in the names.</summary>
        private static IEnumerable<(string Name, Indicator Plain, Indicator Indicator, int Output)> ColumnsOf(string text, SessionCalendar calendar)
        {
            Indicator plain = IndicatorLibrary.BuiltIn.Create(text), indicator = IndicatorLibrary.BuiltIn.Create(text, calendar);
            return Enumerable.Range(0, indicator.OutputCount).Select(output => (plain.ColumnName(output), plain, indicator, output));
        }

        private string Sentence(Indicator indicator)
        {
            string name = _columns.First(column => column.Indicator == indicator).Plain.Name;
            if (_rows < indicator.WarmUp) return string.Create(CultureInfo.InvariantCulture, $"{name} has its first value after {indicator.WarmUp:N0} bars, found {_rows:N0}: {indicator.WarmUp - _rows:N0} bars are missing, and its column is empty.");
            return indicator.WarmUpSessions > 0
                ? $"{name} needs whole trading days in the data ({indicator.WarmUpSessions}) before its first value, and found fewer: its column is empty."
                : $"{name} found nothing to measure in these data: its column is empty.";
        }

        /// <summary>An indicator after those that it reads from.</summary>
        private void AddWithInputs(Indicator indicator)
        {
            foreach (Indicator input in indicator.Inputs) AddWithInputs(input);
            if (!_order.Contains(indicator)) _order.Add(indicator);
        }
    }

    private static string Quote(string name) => name.Contains(',', StringComparison.Ordinal) ? $"\"{name}\"" : name;
}
