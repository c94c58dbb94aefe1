using System.Globalization;
using System.IO.Compression;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Writes market data as CSV from which the same data can be read again, bit for bit: shortest round-trip numbers, times in UTC with the digits they have.</summary>
public static class CsvWriter
{
    private const int BufferBytes = 1 << 16;
    private const int LongestRow = 400;

    /// <summary>Writes the file whole or not at all; gzip'd when the name ends in <c>.gz</c>.</summary>
    /// <exception cref="InputException">The file cannot be created there.</exception>
    /// <exception cref="StorageException">The disk is full or failed; a file that was there before is as it was.</exception>
    public static void Write(MarketDataFile data, string path)
    {
        using var file = new AtomicFile(path);
        file.Write(handle =>
        {
            using var raw = new HandleStream(handle);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionLevel.Optimal) : raw;
            WriteRows(data, stream);
        });
        file.Commit();
    }

    private static void WriteRows(MarketDataFile data, Stream stream)
    {
        switch (data.Kind)
        {
            case MarketDataKind.Bars: WriteBars(data.Bars.Span, data.Timeframe!.Value, stream); break;
            case MarketDataKind.Trades: WriteTrades(data.Trades.Span, stream); break;
            default: WriteQuotes(data.Quotes.Span, stream); break;
        }
    }

    /// <summary>Ends are written only where reading would not find the same ones.</summary>
    private static void WriteBars(ReadOnlySpan<Bar> bars, Timeframe timeframe, Stream stream)
    {
        bool hasEnd = !BarTimes.EndsFollowFrom(bars, timeframe);
        var row = new Row(stream, hasEnd ? "timestamp,open,high,low,close,volume,end\n"u8 : "timestamp,open,high,low,close,volume\n"u8);
        foreach (ref readonly Bar bar in bars)
        {
            row.Time(bar.Start);
            row.Number(bar.Open);
            row.Number(bar.High);
            row.Number(bar.Low);
            row.Number(bar.Close);
            row.Number(bar.Volume);
            if (hasEnd) row.Time(bar.End);
            row.End();
        }
        row.Flush();
    }

    private static void WriteTrades(ReadOnlySpan<Trade> trades, Stream stream)
    {
        bool hasAggressor = false;
        foreach (ref readonly Trade trade in trades) hasAggressor |= trade.Aggressor != Aggressor.Unknown;
        var row = new Row(stream, hasAggressor ? "timestamp,price,size,aggressor\n"u8 : "timestamp,price,size\n"u8);
        foreach (ref readonly Trade trade in trades)
        {
            row.Time(trade.Time);
            row.Number(trade.Price);
            row.Number(trade.Size);
            if (hasAggressor) row.Text(trade.Aggressor switch { Aggressor.Buyer => "buyer"u8, Aggressor.Seller => "seller"u8, _ => ""u8 });
            row.End();
        }
        row.Flush();
    }

    private static void WriteQuotes(ReadOnlySpan<Quote> quotes, Stream stream)
    {
        bool hasSizes = false;
        foreach (ref readonly Quote quote in quotes) hasSizes |= quote.BidSize != 0 || quote.AskSize != 0;
        var row = new Row(stream, hasSizes ? "timestamp,bid,ask,bidSize,askSize\n"u8 : "timestamp,bid,ask\n"u8);
        foreach (ref readonly Quote quote in quotes)
        {
            row.Time(quote.Time);
            row.Number(quote.Bid);
            row.Number(quote.Ask);
            if (hasSizes)
            {
                row.Number(quote.BidSize);
                row.Number(quote.AskSize);
            }
            row.End();
        }
        row.Flush();
    }

    /// <summary>The row being written, in a buffer that goes to the stream when it is nearly full.</summary>
    private ref struct Row(Stream stream, ReadOnlySpan<byte> header)
    {
        private readonly byte[] _buffer = StartWith(header);
        private int _length = header.Length;

        private static byte[] StartWith(ReadOnlySpan<byte> header)
        {
            byte[] buffer = new byte[BufferBytes];
            header.CopyTo(buffer);
            return buffer;
        }

        public void Time(Timestamp time)
        {
            IsoTime.TryFormat(time, _buffer.AsSpan(_length), out int written);
            Separate(written);
        }

        public void Number(double value)
        {
            value.TryFormat(_buffer.AsSpan(_length), out int written, "R", CultureInfo.InvariantCulture);
            Separate(written);
        }

        public void Text(ReadOnlySpan<byte> text)
        {
            text.CopyTo(_buffer.AsSpan(_length));
            Separate(text.Length);
        }

        public void End()
        {
            _buffer[_length - 1] = (byte)'\n';
            if (_length > BufferBytes - LongestRow) Flush();
        }

        public void Flush()
        {
            stream.Write(_buffer, 0, _length);
            _length = 0;
        }

        private void Separate(int written)
        {
            _length += written;
            _buffer[_length++] = (byte)',';
        }
    }
}
