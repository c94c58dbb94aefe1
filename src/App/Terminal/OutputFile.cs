using System.Text;
using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Terminal;

/// <summary>Writes a result file whole or not at all: beside its name first, then under it.</summary>
internal static class OutputFile
{
    private const int BufferBytes = 1 << 16;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="InputException">The file cannot be created there.</exception>
    /// <exception cref="StorageException">The disk is full or failed; a file of that name is as it was.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        string partial = path + ".partial";
        FileStream stream = Create(path, partial);
        try
        {
            using (var writer = new StreamWriter(stream, Utf8, BufferBytes) { NewLine = "\n" }) write(writer);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path}: the file could not be written ({fault.Message.TrimEnd('.')}); a file of that name is as it was. Make room, or name another place.", fault);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static FileStream Create(string path, string partial)
    {
        if (Directory.Exists(path)) throw new InputException($"{path}: found a directory, expected a name for the file to write; add a file name.");
        try
        {
            return new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new InputException($"{path}: the directory {Path.GetDirectoryName(path)} does not exist; create it or name another one.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: the file cannot be created ({fault.Message.TrimEnd('.')}); check the path and its permissions.", fault);
        }
    }
}
