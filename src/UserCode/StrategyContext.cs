using System.Reflection;
using System.Runtime.Loader;

namespace Tradewind.UserCode;

/// <summary>Where the code of one file lives. What it shares with the running program is the program's own; only libraries of its own come from its folder.</summary>
/// <param name="libraries">Finds the libraries beside a built assembly; null for a source file, which has none.</param>
internal sealed class StrategyContext(string name, AssemblyDependencyResolver? libraries = null) : AssemblyLoadContext(name, isCollectible: true)
{
    public Assembly Load(byte[] image, byte[]? symbols)
    {
        using var code = new MemoryStream(image, writable: false);
        if (symbols is null) return LoadFromStream(code);
        using var lines = new MemoryStream(symbols, writable: false);
        return LoadFromStream(code, lines);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (libraries is null || IsOfProgram(assemblyName)) return null;
        return libraries.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    private static bool IsOfProgram(AssemblyName wanted)
    {
        try
        {
            return Default.LoadFromAssemblyName(wanted) is not null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or FileLoadException)
        {
            return false;
        }
    }
}
