using Tradewind.Core.Model;

namespace Tradewind.Storage;

/// <summary>Files that the user names.</summary>
public static class InputFile
{
    /// <summary>All of a small file, as settings are.</summary>
    /// <exception cref="InputException">There is no such file or it may not be read.</exception>
    public static byte[] ReadAll(string path)
    {
        using FileStream file = Open(path);
        using var bytes = new MemoryStream();
        try
        {
            file.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (IOException fault)
        {
            throw new InputException($"{path}: the file cannot be read ({fault.Message.TrimEnd('.')}); check the disk, or copy the file to another place.", fault);
        }
    }

    /// <summary>Opens for reading, unbuffered; others may read and append meanwhile.</summary>
    /// <exception cref="InputException">There is no such file or it may not be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: there is no such file (looked in {Path.GetDirectoryName(Path.GetFullPath(path))}); check the path.", fault);
        }
        catch (UnauthorizedAccessException fault) when (Directory.Exists(path))
        {
            throw new InputException($"{path}: found a directory, expected a file; name the file in it.", fault);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: the file cannot be opened ({fault.Message.TrimEnd('.')}); check the path and its permissions.", fault);
        }
    }
}
