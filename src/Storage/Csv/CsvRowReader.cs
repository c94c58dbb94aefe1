using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Reads one row: a short way for rows written the usual way, a long way that forgives quotes and spaces and says what is wrong.</summary>
internal struct CsvRowReader(CsvFormat format)
{
    private readonly CsvColumn[] _columns = format.Columns.InFile;
    private CsvClock _clock = format.Clock;

    /// <summary>Reads the row at the position and leaves the position behind its newline; false where only the long way may succeed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadPlain(ReadOnlySpan<byte> text, ref int position, ref CsvRow row)
    {
        int at = position;
        CsvColumn[] columns = _columns;
        for (int i = 0; i < columns.Length; i++)
        {
            bool isRead;
            switch (columns[i].Role)
            {
                case ColumnRole.Number:
                    isRead = CsvNumber.TryRead(text, ref at, out row.Numbers[columns[i].Number]);
                    break;
                case ColumnRole.Time:
                    isRead = _clock.TryRead(text, ref at, out row.Time);
                    break;
                default:
                    isRead = TryReadOther(text, ref at, columns[i].Role, ref row);
                    break;
            }
            if (!isRead || text[at++] != (i < columns.Length - 1 ? ',' : '\n') && !IsLineEnd(text, ref at, i)) return false;
        }
        position = at;
        return true;
    }

    /// <summary>True behind the carriage return that stands before the last field's newline in files from Windows.</summary>
    private readonly bool IsLineEnd(ReadOnlySpan<byte> text, ref int at, int column) =>
        column == _columns.Length - 1 && text[at - 1] == '\r' && text[at++] == '\n';

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadOther(ReadOnlySpan<byte> text, ref int position, ColumnRole role, ref CsvRow row)
    {
        if (role == ColumnRole.End) return _clock.TryRead(text, ref position, out row.End);
        int length = text[position..].IndexOfAny((byte)',', (byte)'\n', (byte)'\r');
        ReadOnlySpan<byte> field = text.Slice(position, length);
        position += length;
        return role == ColumnRole.Aggressor ? TryReadAggressor(field, out row.Aggressor) : !field.Contains((byte)'"');
    }

    /// <summary>Reads a line without its newline; what is wrong with it otherwise.</summary>
    public CsvFault? Read(ReadOnlySpan<byte> line, ref CsvRow row)
    {
        Span<byte> scratch = stackalloc byte[CsvFields.LongestField + 1];
        var fields = new CsvFields(line);
        int count = 0;
        CsvFault? fault = null;
        while (fields.TryNext(scratch, out ReadOnlySpan<byte> field))
        {
            if (count < _columns.Length) fault ??= ReadField(field, _columns[count], ref row);
            count++;
        }
        return count == _columns.Length ? fault : RowSentences.FieldCount(count, format.Columns);
    }

    private CsvFault? ReadField(ReadOnlySpan<byte> field, CsvColumn column, ref CsvRow row) => column.Role switch
    {
        ColumnRole.Time => ReadTime(field, column.Name, out row.Time),
        ColumnRole.End => ReadTime(field, column.Name, out row.End),
        ColumnRole.Number => CsvNumber.TryParse(field, out row.Numbers[column.Number]) ? null : RowSentences.Number(column.Name, field),
        ColumnRole.Aggressor => TryReadAggressor(field, out row.Aggressor) ? null : RowSentences.Aggressor(column.Name, field),
        _ => null,
    };

    private CsvFault? ReadTime(ReadOnlySpan<byte> field, string column, out long time)
    {
        ClockFault fault = _clock.Read(field, out time);
        return fault == ClockFault.None ? null : RowSentences.Time(fault, column, field, _clock);
    }

    private static bool TryReadAggressor(ReadOnlySpan<byte> field, out Aggressor aggressor)
    {
        aggressor = field.Length == 0 ? Aggressor.Unknown : field[0] is (byte)'b' or (byte)'B' ? Aggressor.Buyer : Aggressor.Seller;
        return field.Length == 0 || System.Text.Ascii.EqualsIgnoreCase(field, aggressor == Aggressor.Buyer ? "buyer"u8 : "seller"u8);
    }
}
