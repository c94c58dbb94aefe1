using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Recording;

namespace Tradewind.Storage.Inspection;

/// <summary>Looks a file over without refusing it: what it holds, what is missing, what is wrong.</summary>
public static class MarketDataInspector
{
    /// <summary>Time without trades or quotes, while the venue is open, from which on it is called a gap.</summary>
    public static readonly TimeSpan DefaultSilence = TimeSpan.FromMinutes(5);

    /// <param name="instrument">Its calendar tells open hours; null takes the calendar that a recording names, or counts every hour.</param>
    /// <exception cref="InputException">The file cannot be opened, or is so damaged that nothing can be said of its records.</exception>
    public static MarketDataReport Inspect(string path, Instrument? instrument = null, MarketDataOptions? options = null, TimeSpan? silence = null)
    {
        options ??= MarketDataOptions.Default;
        SessionCalendar? calendar = instrument?.Calendar;
        string? symbol = instrument?.Symbol ?? options.Symbol;
        return MarketDataFile.IsRecording(path)
            ? InspectRecording(path, calendar, silence ?? DefaultSilence)
            : InspectCsv(path, options with { Symbol = symbol }, calendar, silence ?? DefaultSilence);
    }

    private static MarketDataReport InspectRecording(string path, SessionCalendar? calendar, TimeSpan silence)
    {
        (RecordingReader reader, string? damage) = OpenEvenIfDamaged(path);
        using (reader)
        {
            if (calendar is null) Calendars.TryFind(reader.Header.Calendar, out calendar);
            var report = new MarketDataReport { Path = path, Kind = reader.Header.Kind, IsRecording = true, Bytes = new FileInfo(path).Length, Symbol = reader.Header.Symbol, Timeframe = reader.Header.Timeframe, Damage = damage };
            return reader.Header.Kind switch
            {
                MarketDataKind.Bars => RecordSurvey.Of(report, reader.Records<Bar>().Span, calendar, silence),
                MarketDataKind.Trades => RecordSurvey.Of(report, reader.Records<Trade>().Span, calendar, silence),
                _ => RecordSurvey.Of(report, reader.Records<Quote>().Span, calendar, silence),
            };
        }
    }

    /// <summary>Damaged blocks are reported; a file without a readable header or of the wrong length still is refused.</summary>
    private static (RecordingReader Reader, string? Damage) OpenEvenIfDamaged(string path)
    {
        try
        {
            return (RecordingReader.Open(path), null);
        }
        catch (InputException fault)
        {
            return (RecordingReader.Open(path, verify: false), fault.Message);
        }
    }

    private static MarketDataReport InspectCsv(string path, MarketDataOptions options, SessionCalendar? calendar, TimeSpan silence) =>
        CsvSource.Read(path, source => InspectCsv(source, path, options, calendar, silence));

    private static MarketDataReport InspectCsv(CsvSource source, string path, MarketDataOptions options, SessionCalendar? calendar, TimeSpan silence)
    {
        CsvColumns columns = CsvColumns.Read(source.Header, path);
        return columns.Kind switch
        {
            MarketDataKind.Bars => new CsvSurvey<BarShape, Bar>(source, path, options).Report(calendar, silence),
            MarketDataKind.Trades => new CsvSurvey<TradeShape, Trade>(source, path, options).Report(calendar, silence),
            _ => new CsvSurvey<QuoteShape, Quote>(source, path, options).Report(calendar, silence),
        };
    }
}
