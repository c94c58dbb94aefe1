using System.Security.Cryptography;
using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.UserCode;

/// <summary>The text of one strategy file, with what stands in the folder <c>shared</c> beside it, at the moment of reading.</summary>
public sealed class StrategySource
{
    /// <summary>Folder beside a strategy whose files are compiled with it: indicators and functions that several strategies use.</summary>
    public const string SharedFolder = "shared";

    private const int LongestFile = 4 * 1024 * 1024;

    private StrategySource(string path, IReadOnlyList<SourceFile> files)
    {
        Path = path;
        Files = files;
        Hash = HashOf(files);
    }

    /// <summary>The strategy's file as the user named it.</summary>
    public string Path { get; }

    /// <summary>The strategy's file first, then the shared ones in the order of their names.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>SHA-256 over names and texts, 64 hexadecimal digits: equal text, equal hash, wherever the files stand.</summary>
    public string Hash { get; }

    /// <exception cref="InputException">A file is missing, cannot be read, is no UTF-8 text or is longer than 4 MB.</exception>
    public static StrategySource Read(string path)
    {
        List<SourceFile> files = [ReadOne(path)];
        string shared = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", SharedFolder);
        if (Directory.Exists(shared)) files.AddRange(Directory.GetFiles(shared, "*.cs").Order(StringComparer.Ordinal).Select(ReadOne));
        return new(path, files);
    }

    /// <summary>A source that was kept, for example beside a journal.</summary>
    public static StrategySource Of(string path, IReadOnlyList<SourceFile> files) => new(path, files);

    private static SourceFile ReadOne(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > LongestFile) throw new InputException($"{path}: found {stream.Length:N0} bytes, expected a strategy of at most 4 MB; name a .cs file.");
            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return new(path, reader.ReadToEnd());
        }
        catch (DecoderFallbackException fault)
        {
            throw new InputException($"{path}: byte {fault.Index} is no UTF-8, expected C# text; save the file as UTF-8.", fault);
        }
        catch (Exception fault) when (UnreadableFile.Explain(path, fault, "a .cs file") is { } sentence)
        {
            throw new InputException(sentence, fault);
        }
    }

    private static string HashOf(IReadOnlyList<SourceFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SourceFile file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(file.Path)));
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(file.Text));
            hash.AppendData([0]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>One file of a strategy's source.</summary>
/// <param name="Path">As it is named in messages.</param>
public sealed record SourceFile(string Path, string Text);
