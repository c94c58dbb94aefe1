using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Tradewind.Architecture.Tests;

/// <summary>The project's own assemblies, read as files: nothing of them is loaded or run.</summary>
internal sealed class Metadata : IDisposable
{
    private readonly PEReader _file;

    public Metadata(string assemblyFile)
    {
        _file = new PEReader(ImmutableArray.Create(File.ReadAllBytes(assemblyFile)));
        Reader = _file.GetMetadataReader();
        Name = Path.GetFileNameWithoutExtension(assemblyFile);
    }

    public string Name { get; }

    public MetadataReader Reader { get; }

    /// <summary>Every assembly that is built from <c>src/</c>.</summary>
    public static IReadOnlyList<string> SourceAssemblies { get; } =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file) is var name && (name == "tradewind.dll" || name.StartsWith("Tradewind.", StringComparison.Ordinal)))
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static Metadata Of(string assemblyName) => new(Path.Combine(AppContext.BaseDirectory, assemblyName + ".dll"));

    public IReadOnlyList<string> ReferencedAssemblies => [.. Reader.AssemblyReferences.Select(handle => Reader.GetString(Reader.GetAssemblyReference(handle).Name))];

    /// <summary>Full names of the types of other assemblies that the code names, nested ones as <c>Outer+Inner</c>.</summary>
    public IReadOnlySet<string> ReferencedTypes => Reader.TypeReferences.Select(NameOf).ToHashSet();

    /// <summary>The members of other assemblies that the code names, as <c>Namespace.Type.Member</c>.</summary>
    public IReadOnlyList<(string Type, string Member)> ReferencedMembers =>
    [
        .. Reader.MemberReferences.Select(handle => Reader.GetMemberReference(handle))
            .Select(member => (ParentOf(member.Parent), Reader.GetString(member.Name))),
    ];

    /// <summary>Types written by a person: those that the compiler made have a name that no source can have.</summary>
    public IEnumerable<(string Name, string FullName, bool IsPublic)> WrittenTypes()
    {
        foreach (TypeDefinition type in Reader.TypeDefinitions.Select(handle => Reader.GetTypeDefinition(handle)))
        {
            string name = Reader.GetString(type.Name);
            if (name.Contains('<', StringComparison.Ordinal)) continue;
            yield return (name, FullNameOf(type), IsVisible(type));
        }
    }

    public void Dispose() => _file.Dispose();

    private bool IsVisible(TypeDefinition type)
    {
        System.Reflection.TypeAttributes visibility = type.Attributes & System.Reflection.TypeAttributes.VisibilityMask;
        if (visibility == System.Reflection.TypeAttributes.Public) return true;
        return visibility == System.Reflection.TypeAttributes.NestedPublic && IsVisible(Reader.GetTypeDefinition(type.GetDeclaringType()));
    }

    public string FullNameOf(TypeDefinition type)
    {
        string name = Reader.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil) return FullNameOf(Reader.GetTypeDefinition(type.GetDeclaringType())) + "." + name;
        string space = Reader.GetString(type.Namespace);
        return space.Length == 0 ? name : space + "." + name;
    }

    private string NameOf(TypeReferenceHandle handle)
    {
        TypeReference type = Reader.GetTypeReference(handle);
        string name = Reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference) return NameOf((TypeReferenceHandle)type.ResolutionScope) + "+" + name;
        return Reader.GetString(type.Namespace) + "." + name;
    }

    private string ParentOf(EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => NameOf((TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => GenericTypeOf((TypeSpecificationHandle)parent),
        _ => "",
    };

    // A generic instance starts with ELEMENT_TYPE_GENERICINST (0x15), class or value type, then the type's token (ECMA-335, II.23.2.14).
    private string GenericTypeOf(TypeSpecificationHandle handle)
    {
        BlobReader blob = Reader.GetBlobReader(Reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadByte() != 0x15) return "";
        blob.ReadByte();
        EntityHandle type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? NameOf((TypeReferenceHandle)type) : "";
    }
}
