using Microsoft.Win32.SafeHandles;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>The file under a journal being written: bytes at its end, space held ready beyond them.</summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>At 20,000 inputs a second some three seconds' worth.</summary>
    private const long Ahead = 4 << 20;

    private static readonly byte[] Zeros = new byte[256 << 10];

    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly long _reserveBytes;
    private long _allocated;

    /// <summary>Up to here the space was written to before.</summary>
    private long _written;

    /// <summary>Creates the file with its header, durable.</summary>
    /// <exception cref="InputException">The file exists, or cannot be created there.</exception>
    /// <exception cref="StorageException">The disk is full or failed.</exception>
    public JournalFile(string path, byte[] header, long reserveBytes)
    {
        _path = Path.GetFullPath(path);
        _reserveBytes = reserveBytes;
        Durable.SurviveFileSizeLimit();
        _handle = Create(_path);
        try
        {
            Allocate(reserveBytes);
            Durable.Write(_handle, header, 0);
            Length = _written = header.Length;
            while (WriteAhead())
            {
            }
            RandomAccess.FlushToDisk(_handle);
            Durable.SyncDirectory(Path.GetDirectoryName(_path)!);
        }
        catch (IOException fault)
        {
            _handle.Dispose();
            File.Delete(_path);
            throw DiskFault.Describe(_path, fault, $"the session's journal, which needs {reserveBytes >> 20} MiB, was not created");
        }
    }

    /// <summary>Where the next bytes go.</summary>
    public long Length { get; private set; }

    /// <summary>True once the disk refused more space: what is left is half of the reserve or less.</summary>
    public bool IsSpaceLow { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length + _reserveBytes / 2 > _allocated) Extend(bytes.Length);
        Durable.Write(_handle, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>
    /// Writes zeros over some of the space that is held ready. The first write to a page of it makes the file system keep a note of its own, which a sync has to wait for:
    /// twice as long in the middle, and up to ten times.
    /// </summary>
    /// <returns>False where enough is written ahead, or none is left.</returns>
    public bool WriteAhead()
    {
        long from = Math.Max(_written, Length);
        int length = (int)Math.Min(Zeros.Length, _allocated - from);
        if (length <= 0 || from - Length >= Ahead) return false;
        try
        {
            Durable.Write(_handle, Zeros.AsSpan(0, length), from);
        }
        catch (IOException fault) when (DiskFault.IsFull(fault))
        {
            // Where space cannot be held ready, nothing is lost by that here.
            return false;
        }
        _written = from + length;
        return true;
    }

    public void Sync() => Durable.SyncData(_handle);

    /// <summary>Gives back the space that was not needed.</summary>
    public void Trim()
    {
        RandomAccess.SetLength(_handle, Length);
        RandomAccess.FlushToDisk(_handle);
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>A session's orders are nobody else's business.</summary>
    private static SafeFileHandle Own(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return handle;
    }

    private static SafeFileHandle Create(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return Own(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));
        }
        catch (IOException fault) when (File.Exists(path))
        {
            throw new InputException($"{path}: the journal exists already, expected a new file; a journal is never continued, start a session of another name.", fault);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: the journal cannot be created ({fault.Message.TrimEnd('.')}); check the path and its permissions.", fault);
        }
    }

    /// <summary>Asks for more space ahead of need; a refusal matters only when the space in hand runs out.</summary>
    private void Extend(int needed)
    {
        try
        {
            Allocate(Length + needed + _reserveBytes);
            IsSpaceLow = false;
        }
        catch (IOException fault) when (DiskFault.IsFull(fault))
        {
            IsSpaceLow = true;
        }
    }

    private void Allocate(long length)
    {
        Durable.Allocate(_handle, _allocated, length - _allocated);
        _allocated = length;
    }
}
