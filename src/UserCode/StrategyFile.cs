using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;

namespace Tradewind.UserCode;

/// <summary>The strategies of one compiled file, in a load context of their own that goes when nothing uses it any more.</summary>
public sealed class StrategyFile : IDisposable
{
    private readonly StrategyContext _context;

    private StrategyFile(string path, string hash, StrategyContext context, IReadOnlyList<StrategyDescription> strategies)
    {
        Path = path;
        Hash = hash;
        _context = context;
        Strategies = strategies;
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <summary>Hash of the source (<see cref="StrategySource.Hash"/>), or of the assembly's bytes.</summary>
    public string Hash { get; }

    /// <summary>At least one, in the order of their names.</summary>
    public IReadOnlyList<StrategyDescription> Strategies { get; }

    /// <summary>Reads and compiles a <c>.cs</c> file, or loads a built assembly.</summary>
    /// <exception cref="InputException">It cannot be read, does not compile, breaks a rule, or holds no strategy that can be used.</exception>
    public static StrategyFile Open(string path, CancellationToken cancel) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? OpenAssembly(path) : Compile(StrategySource.Read(path), cancel);

    /// <inheritdoc cref="Open"/>
    public static StrategyFile Compile(StrategySource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        CompiledStrategy compiled = StrategyCompiler.Compile(source, cancel);
        return Load(source.Path, source.Hash, new StrategyContext(source.Path), compiled.Assembly, compiled.Symbols);
    }

    /// <summary>The strategy of that name, or the only one where none is asked for.</summary>
    /// <param name="name">The strategy's name or its class; null for the only one.</param>
    /// <exception cref="InputException">There is none of that name, or there are several and none is named.</exception>
    public StrategyDescription Find(string? name)
    {
        if (name is null) return Strategies.Count == 1 ? Strategies[0] : throw new InputException($"{Path}: found {Strategies.Count} strategies ({Names()}), expected one; name it after the file, as in {Path}:{Strategies[0].Name}.");
        return Strategies.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || each.Type.Name.Equals(name, StringComparison.Ordinal) || each.Type.FullName == name)
            ?? throw new InputException($"{Path}: there is no strategy \"{name}\" in it{NearestNames.Suggestion(name, Strategies.Select(each => each.Name))}; it has {Names()}.");
    }

    /// <summary>Lets the code go: it is unloaded once nothing runs or refers to it.</summary>
    public void Dispose() => _context.Unload();

    private static StrategyFile OpenAssembly(string path)
    {
        try
        {
            byte[] image = File.ReadAllBytes(path);
            return Load(path, Convert.ToHexStringLower(SHA256.HashData(image)), new StrategyContext(path, new AssemblyDependencyResolver(System.IO.Path.GetFullPath(path))), image);
        }
        catch (BadImageFormatException fault)
        {
            throw new InputException($"{path}: found a file that is no .NET assembly, expected one built against this Tradewind; name a built assembly or a .cs file.", fault);
        }
        catch (ReflectionTypeLoadException fault)
        {
            throw new InputException($"{path}: the assembly was built against other libraries than these ({fault.LoaderExceptions[0]?.Message.TrimEnd('.')}); build it again against this Tradewind.", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new InputException($"{path}: the assembly cannot be loaded ({fault.Message.TrimEnd('.')}); build it again against this Tradewind.", fault);
        }
        catch (Exception fault) when (UnreadableFile.Explain(path, fault, "a .cs file or an assembly") is { } sentence)
        {
            throw new InputException(sentence, fault);
        }
    }

    private static StrategyFile Load(string path, string hash, StrategyContext context, byte[] image, byte[]? symbols = null)
    {
        try
        {
            return new(path, hash, context, Describe(path, context.Load(image, symbols)));
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    private static IReadOnlyList<StrategyDescription> Describe(string path, Assembly assembly)
    {
        SortedDictionary<string, StrategyDescription> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (Type type in assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Strategy))))
        {
            StrategyDescription each = Describe(path, type);
            if (!byName.TryAdd(each.Name, each)) throw new InputException($"{path}: two strategies are named \"{each.Name}\", {byName[each.Name].Type.FullName} and {type.FullName}; give one another name in its [Strategy(\"name\", \"family\")].");
            if (StrategyLibrary.BuiltIn.All.Any(known => known.Name.Equals(each.Name, StringComparison.OrdinalIgnoreCase))) throw new InputException($"{path}: {type.Name} is named \"{each.Name}\", as a strategy that Tradewind brings is; give it another name, as in [Strategy(\"my-{each.Name}\", \"{each.Family}\")].");
        }
        if (byName.Count == 0) throw new InputException($"{path}: found no strategy in it, expected a class that derives from Strategy, as in: public sealed class MyStrategy : Strategy.");
        return [.. byName.Values];
    }

    private static StrategyDescription Describe(string path, Type type)
    {
        try
        {
            var description = new StrategyDescription(type);
            _ = description.Parameters;
            return description;
        }
        catch (ArgumentException fault)
        {
            throw new InputException($"{path}: {fault.Message}", fault);
        }
    }

    private string Names() => string.Join(", ", Strategies.Select(each => each.Name));
}
