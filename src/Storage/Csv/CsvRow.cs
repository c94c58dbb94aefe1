using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>The values of one row, before it is known to be sound.</summary>
internal struct CsvRow
{
    /// <summary>Nanoseconds; for a bar its start.</summary>
    public long Time;

    /// <summary>Nanoseconds; meaningful only where the file has the column.</summary>
    public long End;

    public Aggressor Aggressor;

    /// <summary>In the order of the kind's columns, whatever their order in the file; 0 where an optional column is absent.</summary>
    public Values Numbers;

    [InlineArray(5)]
    public struct Values
    {
        private double _first;
    }
}

/// <summary>What a kind of market data demands of a row, and the record made from it.</summary>
internal interface IRowShape<T>
{
    static abstract MarketDataKind Kind { get; }

    /// <summary>True when two records may carry the same time.</summary>
    static abstract bool MayRepeatTime { get; }

    /// <summary>True when <see cref="FindFault"/> would find nothing.</summary>
    /// <param name="floor">Prices must lie above it: 0, or minus infinity.</param>
    static abstract bool IsSound(in CsvRow row, double floor);

    static abstract CsvFault? FindFault(in CsvRow row, CsvColumns columns, double floor);

    static abstract T Make(in CsvRow row);
}

internal readonly struct BarShape : IRowShape<Bar>
{
    private const int Open = 0, High = 1, Low = 2, Close = 3, Volume = 4;

    public static MarketDataKind Kind => MarketDataKind.Bars;

    public static bool MayRepeatTime => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSound(in CsvRow row, double floor)
    {
        double open = row.Numbers[Open], high = row.Numbers[High], low = row.Numbers[Low], close = row.Numbers[Close];
        return low > floor && low <= open && low <= close && open <= high && close <= high && row.Numbers[Volume] >= 0 && row.End > row.Time;
    }

    public static CsvFault? FindFault(in CsvRow row, CsvColumns columns, double floor)
    {
        for (int i = Open; i <= Close; i++)
        {
            if (RowFaults.Price(in row, i, columns, floor) is { } fault) return fault;
        }
        double high = row.Numbers[High], low = row.Numbers[Low];
        if (high < low) return RowFaults.OutOfRange(columns.NameOf(High), high, $"a high not below the low of {RowFaults.Show(low)}");
        foreach (int i in (ReadOnlySpan<int>)[Open, Close])
        {
            if (row.Numbers[i] < low || row.Numbers[i] > high) return RowFaults.OutOfRange(columns.NameOf(i), row.Numbers[i], $"a price between the low of {RowFaults.Show(low)} and the high of {RowFaults.Show(high)}");
        }
        if (row.End <= row.Time) return new(DataFault.Overlap, columns.NameOf(ColumnRole.End), new Timestamp(row.End).ToString(), $"a time after the bar's start {new Timestamp(row.Time)}", "correct the end");
        return RowFaults.Size(in row, Volume, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bar Make(in CsvRow row) =>
        new(new(row.Time), new(row.End), row.Numbers[Open], row.Numbers[High], row.Numbers[Low], row.Numbers[Close], row.Numbers[Volume]);
}

internal readonly struct TradeShape : IRowShape<Trade>
{
    private const int Price = 0, Size = 1;

    public static MarketDataKind Kind => MarketDataKind.Trades;

    public static bool MayRepeatTime => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSound(in CsvRow row, double floor) => row.Numbers[Price] > floor && row.Numbers[Size] >= 0;

    public static CsvFault? FindFault(in CsvRow row, CsvColumns columns, double floor) =>
        RowFaults.Price(in row, Price, columns, floor) ?? RowFaults.Size(in row, Size, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trade Make(in CsvRow row) => new(new(row.Time), row.Numbers[Price], row.Numbers[Size], row.Aggressor);
}

/// <remarks>A bid above the ask is accepted: consolidated quotes cross for moments in every real market.</remarks>
internal readonly struct QuoteShape : IRowShape<Quote>
{
    private const int Bid = 0, Ask = 1, BidSize = 2, AskSize = 3;

    public static MarketDataKind Kind => MarketDataKind.Quotes;

    public static bool MayRepeatTime => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSound(in CsvRow row, double floor) =>
        row.Numbers[Bid] > floor && row.Numbers[Ask] > floor && row.Numbers[BidSize] >= 0 && row.Numbers[AskSize] >= 0;

    public static CsvFault? FindFault(in CsvRow row, CsvColumns columns, double floor) =>
        RowFaults.Price(in row, Bid, columns, floor) ?? RowFaults.Price(in row, Ask, columns, floor)
        ?? RowFaults.Size(in row, BidSize, columns) ?? RowFaults.Size(in row, AskSize, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quote Make(in CsvRow row) => new(new(row.Time), row.Numbers[Bid], row.Numbers[Ask], row.Numbers[BidSize], row.Numbers[AskSize]);
}
