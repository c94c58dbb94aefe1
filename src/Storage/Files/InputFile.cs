using Tradewind.Core.Model;

namespace Tradewind.Storage;

/// <summary>Files that the user names.</summary>
internal static class InputFile
{
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
