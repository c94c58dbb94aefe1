namespace Tradewind.Architecture.Tests;

/// <summary>The checkout that these tests stand in.</summary>
internal static class Repository
{
    private static readonly string[] Generated = [".git", "bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "wwwroot"];

    private static readonly string[] TextExtensions = [".cs", ".csproj", ".props", ".slnx", ".json", ".md", ".txt", ".mjs", ".js", ".ts", ".tsx", ".html", ".css", ".yml", ".yaml", ".sh", ".sql", ".config", ".editorconfig", ".gitignore", ""];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Every text file of the project with its path relative to the root, slashes forward.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(new DirectoryInfo(Root)).Select(file => new SourceFile(Relative(file)))];

    public static IEnumerable<SourceFile> FilesEndingIn(params string[] endings) => Files.Where(file => endings.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal)));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles())
        {
            if (TextExtensions.Contains(file.Extension.ToLowerInvariant()) && file.Name != "LICENSE") yield return file;
        }
        foreach (DirectoryInfo child in folder.EnumerateDirectories())
        {
            bool isUserData = child.Name == "data" && folder.FullName == Root;
            if (isUserData || Generated.Contains(child.Name) || child.LinkTarget is not null) continue;
            foreach (FileInfo file in Walk(child)) yield return file;
        }
    }

    private static string Relative(FileInfo file) => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tradewind.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has a Tradewind.slnx.");
    }
}

/// <param name="Path">Relative to the root of the repository.</param>
internal sealed record SourceFile(string Path)
{
    private string[]? _lines;

    public IReadOnlyList<string> Lines => _lines ??= File.ReadAllLines(Repository.PathOf(Path));

    /// <summary>The lines in which <paramref name="isFault"/> holds, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> LinesWhere(Func<string, bool> isFault) =>
        Lines.Index().Where(line => isFault(line.Item)).Select(line => $"{Path}:{line.Index + 1}: {line.Item.Trim()}");
}
