using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Recording;

/// <summary>Records in a file have the layout that the model types have in the memory of a little-endian machine, so that a mapped file needs no decoding.</summary>
internal static class RecordLayout
{
    /// <summary>Bytes of a trade that hold values; the rest of the record is padding and zero.</summary>
    private const int TradeValueBytes = 25;

    public static MarketDataKind KindOf<T>() =>
        typeof(T) == typeof(Bar) ? MarketDataKind.Bars
        : typeof(T) == typeof(Trade) ? MarketDataKind.Trades
        : typeof(T) == typeof(Quote) ? MarketDataKind.Quotes
        : throw new NotSupportedException($"A recording holds bars, trades or quotes, not {typeof(T).Name}.");

    public static int BytesOf(MarketDataKind kind) => kind switch
    {
        MarketDataKind.Bars => Unsafe.SizeOf<Bar>(),
        MarketDataKind.Trades => Unsafe.SizeOf<Trade>(),
        MarketDataKind.Quotes => Unsafe.SizeOf<Quote>(),
        _ => 0,
    };

    /// <summary>Start of a bar, or time of a trade or quote.</summary>
    public static Timestamp FromOf<T>(in T record) where T : unmanaged => Unsafe.As<T, Timestamp>(ref Unsafe.AsRef(in record));

    /// <summary>End of a bar, or time of a trade or quote.</summary>
    public static Timestamp ToOf<T>(in T record) where T : unmanaged => record is Bar bar ? bar.End : FromOf(record);

    /// <summary>Zeroes what lies between the values: memory may hold anything there, and equal data must give equal files.</summary>
    public static void ClearPadding<T>(Span<byte> records)
    {
        if (typeof(T) != typeof(Trade)) return;
        for (int i = 0; i < records.Length; i += Unsafe.SizeOf<Trade>()) records.Slice(i + TradeValueBytes, Unsafe.SizeOf<Trade>() - TradeValueBytes).Clear();
    }
}
