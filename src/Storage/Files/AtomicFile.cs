using Microsoft.Win32.SafeHandles;
using Tradewind.Core.Model;

namespace Tradewind.Storage;

/// <summary>A file that appears under its name whole and durable, or not at all.</summary>
/// <remarks>Written beside the target as <c>NAME.partial</c>; a process that dies leaves that file, and the next attempt replaces it.</remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _partialPath;
    private bool _isCommitted;

    /// <exception cref="InputException">The directory is missing or may not be written to.</exception>
    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        _partialPath = _path + ".partial";
        Durable.SurviveFileSizeLimit();
        try
        {
            if (Directory.Exists(_path)) throw new InputException($"{path}: found a directory, expected a name for the file to write; add a file name.");
            Handle = File.OpenHandle(_partialPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new InputException($"{path}: the directory {Path.GetDirectoryName(_path)} does not exist; create it or name another one.", fault);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: the file cannot be created ({fault.Message.TrimEnd('.')}); check the path and its permissions.", fault);
        }
    }

    public SafeFileHandle Handle { get; }

    /// <summary>Runs writes to the file; their failure ends as a sentence that says that the old file, if any, is untouched.</summary>
    /// <exception cref="StorageException">The disk is full or failed.</exception>
    public void Write(Action<SafeFileHandle> write)
    {
        try
        {
            write(Handle);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.Describe(_path, fault, "nothing was written and a file of that name is as it was");
        }
    }

    /// <summary>Makes the bytes durable, then the name.</summary>
    /// <exception cref="StorageException">The disk is full or failed.</exception>
    public void Commit() => Write(handle =>
    {
        RandomAccess.FlushToDisk(handle);
        Rename();
        Durable.SyncDirectory(Path.GetDirectoryName(_path)!);
    });

    /// <summary>Gives the file its name and leaves to the system when it reaches the disk: for what can be made again.</summary>
    /// <exception cref="StorageException">The file cannot have that name.</exception>
    public void CommitWithoutWaiting() => Write(_ => Rename());

    private void Rename()
    {
        File.Move(_partialPath, _path, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Handle.Dispose();
        if (!_isCommitted) File.Delete(_partialPath);
    }
}
