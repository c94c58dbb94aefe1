namespace Tradewind.UserCode;

/// <summary>Why a file that the user named cannot be read, in words.</summary>
internal static class UnreadableFile
{
    /// <param name="expected">What the file should be: "a .cs file".</param>
    /// <returns>Null for a failure that is none of reading.</returns>
    public static string? Explain(string path, Exception fault, string expected) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{path}: there is no such file (looked in {Path.GetDirectoryName(Path.GetFullPath(path))}); check the path.",
        UnauthorizedAccessException when Directory.Exists(path) => $"{path}: found a directory, expected {expected}; name the file in it.",
        UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException => $"{path}: the file cannot be read ({fault.Message.TrimEnd('.')}); check the path and its permissions.",
        _ => null,
    };
}
