using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.Storage;

/// <summary>Writes a result, which can be made again, as text: whole or not at all, beside its name first, then under it.</summary>
public static class ResultFile
{
    private const int BufferBytes = 1 << 16;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="InputException">The file cannot be created there.</exception>
    /// <exception cref="StorageException">The disk is full or failed; a file of that name is as it was.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        using var file = new AtomicFile(path);
        file.Write(handle =>
        {
            using var writer = new StreamWriter(new HandleStream(handle), Utf8, BufferBytes) { NewLine = "\n" };
            write(writer);
        });
        file.CommitWithoutWaiting();
    }
}
