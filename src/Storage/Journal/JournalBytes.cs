using Microsoft.Win32.SafeHandles;

namespace Tradewind.Storage.Journal;

/// <summary>A file read through a window that moves forward. Not mapped: the file may be trimmed by its writer meanwhile.</summary>
internal sealed class JournalBytes(SafeFileHandle handle) : IDisposable
{
    private const int WindowBytes = 1 << 20;

    private byte[] _window = new byte[WindowBytes];
    private long _start;
    private int _length;

    public long FileLength => RandomAccess.GetLength(handle);

    /// <summary>The bytes at an offset, fewer where the file ends; valid until the next call.</summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        if (offset < _start || offset + count > _start + _length) Load(offset, count);
        int at = (int)(offset - _start);
        return _window.AsSpan(at, Math.Min(count, _length - at));
    }

    public void Dispose() => handle.Dispose();

    private void Load(long offset, int count)
    {
        if (count > _window.Length) _window = new byte[count];
        _start = offset;
        _length = 0;
        int read;
        while (_length < _window.Length && (read = RandomAccess.Read(handle, _window.AsSpan(_length), offset + _length)) > 0) _length += read;
    }
}
