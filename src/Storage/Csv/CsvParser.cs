using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Times of the records of a chunk, for the checks across chunks.</summary>
/// <param name="SmallestStep">Nanoseconds between two neighbours within the chunk; <see cref="long.MaxValue"/> where there is only one record.</param>
internal readonly record struct ChunkTimes(long First, long Last, long SmallestStep);

/// <summary>Turns chunks of one file into records. Chunks may be parsed at the same time by several threads.</summary>
internal static class CsvParser<TShape, T> where TShape : struct, IRowShape<T>
{
    /// <param name="records">As long as the chunk has lines.</param>
    /// <exception cref="InputException">The first row of the chunk that is wrong in itself or out of order.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ChunkTimes Parse(CsvChunk chunk, CsvFormat format, Span<T> records)
    {
        ReadOnlySpan<byte> text = chunk.Text;
        var rows = new CsvRowReader(format);
        var row = new CsvRow();
        bool hasEnd = format.Columns.Has(ColumnRole.End);
        long firstTime = 0, previous = long.MinValue, smallestStep = long.MaxValue;
        int position = 0;
        for (int i = 0; i < records.Length; i++)
        {
            int start = position;
            bool isRead = rows.TryReadPlain(text, ref position, ref row);
            if (!hasEnd) row.End = row.Time + format.AssumedLength;
            if (!isRead || !TShape.IsSound(row, format.PriceFloor)) position = ReadWithCare(chunk, format, ref rows, start, i, ref row);
            if (row.Time <= previous && (row.Time < previous || !TShape.MayRepeatTime)) throw Disorder(format, chunk.FirstLine + i, previous, row.Time);
            if (i == 0) firstTime = row.Time;
            else smallestStep = Math.Min(smallestStep, row.Time - previous);
            previous = row.Time;
            records[i] = TShape.Make(row);
        }
        return new(firstTime, previous, smallestStep);
    }

    /// <summary>Checks that one chunk begins where the one before may end.</summary>
    public static void CheckSeam(CsvFormat format, long line, long previous, long time)
    {
        if (time <= previous && (time < previous || !TShape.MayRepeatTime)) throw Disorder(format, line, previous, time);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadWithCare(CsvChunk chunk, CsvFormat format, ref CsvRowReader rows, int start, int index, ref CsvRow row)
    {
        ReadOnlySpan<byte> rest = chunk.Text[start..];
        ReadOnlySpan<byte> line = rest[..rest.IndexOf((byte)'\n')];
        CsvFault? fault = rows.Read(line, ref row);
        if (!format.Columns.Has(ColumnRole.End)) row.End = row.Time + format.AssumedLength;
        fault ??= TShape.FindFault(row, format.Columns, format.PriceFloor);
        if (fault is not null) throw new InputException(fault.Describe(format.Path, chunk.FirstLine + index));
        return start + line.Length + 1;
    }

    private static InputException Disorder(CsvFormat format, long line, long previous, long time) =>
        new(RowSentences.Disorder(previous, time, format.Columns.NameOf(ColumnRole.Time)).Describe(format.Path, line));
}
