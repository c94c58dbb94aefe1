namespace Tradewind.Storage.Csv;

/// <summary>The fields of one line, with the spaces around them and double quotes taken off.</summary>
internal ref struct CsvFields(ReadOnlySpan<byte> line)
{
    /// <summary>Longer fields are cut to this many bytes: no value of market data is that long.</summary>
    public const int LongestField = 400;

    private ReadOnlySpan<byte> _rest = line.TrimEnd((byte)'\r');
    private bool _isDone = line.TrimEnd("\r \t"u8).IsEmpty;

    /// <param name="scratch">Takes the field and a newline behind it.</param>
    public bool TryNext(scoped Span<byte> scratch, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (_isDone) return false;
        int comma = _rest.IndexOf((byte)',');
        _isDone = comma < 0;
        field = Strip(_isDone ? _rest : _rest[..comma]);
        _rest = _isDone ? default : _rest[(comma + 1)..];
        field = field[..Math.Min(field.Length, LongestField)];
        field.CopyTo(scratch);
        scratch[field.Length] = (byte)'\n';
        return true;
    }

    private static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> field)
    {
        field = field.Trim(" \t"u8);
        return field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1].Trim(" \t"u8) : field;
    }
}
