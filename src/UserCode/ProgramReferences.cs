using Microsoft.CodeAnalysis;

namespace Tradewind.UserCode;

/// <summary>What strategy files are compiled against: the assemblies that this very process runs on, so that nothing else need be installed.</summary>
internal static class ProgramReferences
{
    // The program's own list of what it may load, which is there in a checkout and in a published folder alike.
    private const string Trusted = "TRUSTED_PLATFORM_ASSEMBLIES";

    private static readonly string[] Ours = ["Tradewind.Core", "Tradewind.Strategies"];

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Loaded = new(Load);

    public static IReadOnlyList<MetadataReference> All => Loaded.Value;

    private static IReadOnlyList<MetadataReference> Load()
    {
        string list = AppContext.GetData(Trusted) as string ?? throw new InvalidOperationException("The runtime does not say which assemblies it uses; start the program with dotnet or its own executable, not from a single file.");
        return [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(IsWanted).Select(path => MetadataReference.CreateFromFile(path))];
    }

    private static bool IsWanted(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return Ours.Contains(name) || name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard" or "mscorlib";
    }
}
