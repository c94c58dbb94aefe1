using System.Reflection.Metadata;

namespace Tradewind.Architecture.Tests;

/// <summary>Lengths of functions, from the places that the compiler notes for the debugger: no guess at braces.</summary>
/// <param name="Lines">From the first to the last line with code, lambdas and local functions inside it included.</param>
internal sealed record FunctionLength(string Name, int Lines)
{
    public static IReadOnlyList<FunctionLength> ReadAll(string assemblyFile)
    {
        using Metadata assembly = new(assemblyFile);
        using FileStream symbols = File.OpenRead(Path.ChangeExtension(assemblyFile, ".pdb"));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        MetadataReader places = provider.GetMetadataReader();
        return [.. assembly.Reader.MethodDefinitions.Where(handle => !IsTable(assembly, handle) && !IsGenerated(places, handle)).Select(handle => new FunctionLength(NameOf(assembly, handle), LinesOf(assembly, places, handle)))];
    }

    // A static constructor holds the tables of its type.
    private static bool IsTable(Metadata assembly, MethodDefinitionHandle handle) => SimpleNameOf(assembly, handle) == ".cctor";

    private static int LinesOf(Metadata assembly, MetadataReader places, MethodDefinitionHandle handle)
    {
        SequencePoint[] points = [.. places.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden)];
        if (points.Length == 0) return 0;
        // A constructor holds the initial values of fields, which stand all over the type: only its lines are counted.
        if (SimpleNameOf(assembly, handle) == ".ctor") return points.SelectMany(point => Enumerable.Range(point.StartLine, point.EndLine - point.StartLine + 1)).Distinct().Count();
        return points.Max(point => point.EndLine) - points.Min(point => point.StartLine) + 1;
    }

    // Source generators (regular expressions, JSON, logging) write into obj/ or into no file at all.
    private static bool IsGenerated(MetadataReader places, MethodDefinitionHandle handle)
    {
        DocumentHandle document = places.GetMethodDebugInformation(handle).Document;
        if (document.IsNil) return false;
        string name = places.GetString(places.GetDocument(document).Name);
        return name.EndsWith(".g.cs", StringComparison.Ordinal) || name.Contains("/obj/", StringComparison.Ordinal);
    }

    private static string NameOf(Metadata assembly, MethodDefinitionHandle handle)
    {
        MethodDefinition method = assembly.Reader.GetMethodDefinition(handle);
        return assembly.FullNameOf(assembly.Reader.GetTypeDefinition(method.GetDeclaringType())) + "." + SimpleNameOf(assembly, handle);
    }

    private static string SimpleNameOf(Metadata assembly, MethodDefinitionHandle handle) => assembly.Reader.GetString(assembly.Reader.GetMethodDefinition(handle).Name);
}
