using Tradewind.Core.Model;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Recording;

namespace Tradewind.Storage;

/// <summary>Market data of one file in the order of time: bars, trades or quotes, whichever it holds.</summary>
/// <remarks>Of a recording the records are a view of the mapped file: they must not be touched after <see cref="Dispose"/>.</remarks>
public sealed class MarketDataFile : IDisposable
{
    private readonly IDisposable? _owner;

    private MarketDataFile(string path, string? symbol, MarketDataKind kind, IReadOnlyList<string> notes, IDisposable? owner)
    {
        Path = path;
        Symbol = symbol;
        Kind = kind;
        Notes = notes;
        _owner = owner;
    }

    internal MarketDataFile(string path, string? symbol, ReadOnlyMemory<Bar> bars, Timeframe timeframe, IReadOnlyList<string> notes, IDisposable? owner = null)
        : this(path, symbol, MarketDataKind.Bars, notes, owner)
    {
        Bars = bars;
        Timeframe = timeframe;
        Count = bars.Length;
        if (Count > 0) (From, To) = (bars.Span[0].Start, bars.Span[^1].End);
    }

    internal MarketDataFile(string path, string? symbol, ReadOnlyMemory<Trade> trades, IReadOnlyList<string> notes, IDisposable? owner = null)
        : this(path, symbol, MarketDataKind.Trades, notes, owner)
    {
        Trades = trades;
        Count = trades.Length;
        if (Count > 0) (From, To) = (trades.Span[0].Time, trades.Span[^1].Time);
    }

    internal MarketDataFile(string path, string? symbol, ReadOnlyMemory<Quote> quotes, IReadOnlyList<string> notes, IDisposable? owner = null)
        : this(path, symbol, MarketDataKind.Quotes, notes, owner)
    {
        Quotes = quotes;
        Count = quotes.Length;
        if (Count > 0) (From, To) = (quotes.Span[0].Time, quotes.Span[^1].Time);
    }

    public string Path { get; }

    /// <summary>What the recording or the caller says that the data are of; null when neither does.</summary>
    public string? Symbol { get; }

    public MarketDataKind Kind { get; }

    /// <summary>Empty unless <see cref="Kind"/> is bars; likewise for the other two.</summary>
    public ReadOnlyMemory<Bar> Bars { get; }

    public ReadOnlyMemory<Trade> Trades { get; }

    public ReadOnlyMemory<Quote> Quotes { get; }

    /// <summary>Length of the bars; null for trades and quotes.</summary>
    public Timeframe? Timeframe { get; }

    public int Count { get; }

    /// <summary>Start of the first bar, or time of the first trade or quote.</summary>
    public Timestamp From { get; }

    /// <summary>End of the last bar, or time of the last trade or quote.</summary>
    public Timestamp To { get; }

    /// <summary>Sentences about what was ignored or assumed while reading.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Opens a recording or a CSV file, gzip'd or not; the first bytes tell which. What is named as a recording must be one.</summary>
    /// <exception cref="InputException">The file cannot be opened, is damaged, or is not about what was asked for.</exception>
    public static MarketDataFile Open(string path, MarketDataOptions? options = null)
    {
        options ??= MarketDataOptions.Default;
        return IsRecording(path) ? OpenRecording(path, options) : CsvReader.Read(path, options);
    }

    /// <summary>True for what begins like a recording or is named as one: a recording whose first bytes are damaged is no CSV.</summary>
    /// <exception cref="InputException">The file cannot be opened.</exception>
    internal static bool IsRecording(string path)
    {
        using FileStream file = InputFile.Open(path);
        Span<byte> start = stackalloc byte[8];
        return RecordingReader.IsRecording(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]) || path.EndsWith(RecordingHeader.FileSuffix, StringComparison.OrdinalIgnoreCase);
    }

    private static MarketDataFile OpenRecording(string path, MarketDataOptions options)
    {
        RecordingReader reader = RecordingReader.Open(path, options.VerifyChecksums);
        string symbol = reader.Header.Symbol;
        if (options.Symbol is { } wanted && !wanted.Equals(symbol, StringComparison.OrdinalIgnoreCase))
        {
            reader.Dispose();
            throw new InputException($"{path}: found a recording of {symbol}, expected {wanted}; name the recording of {wanted} or ask for {symbol}.");
        }
        return reader.Header.Kind switch
        {
            MarketDataKind.Bars => new(path, symbol, reader.Records<Bar>(), reader.Header.Timeframe!.Value, [], reader),
            MarketDataKind.Trades => new(path, symbol, reader.Records<Trade>(), [], reader),
            _ => new(path, symbol, reader.Records<Quote>(), [], reader),
        };
    }

    public void Dispose() => _owner?.Dispose();
}
