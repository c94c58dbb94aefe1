using Microsoft.Win32.SafeHandles;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>The file under a journal being written: bytes at its end, space held ready beyond them.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly long _reserveBytes;
    private long _allocated;

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
            RandomAccess.FlushToDisk(_handle);
            Durable.SyncDirectory(Path.GetDirectoryName(_path)!);
        }
        catch (IOException fault)
        {
            _handle.Dispose();
            File.Delete(_path);
            throw DiskFault.Describe(_path, fault, $"the session's journal, which needs {reserveBytes >> 20} MiB, was not created");
        }
        Length = header.Length;
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
