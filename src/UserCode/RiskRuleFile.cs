using System.Reflection;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;

namespace Tradewind.UserCode;

/// <summary>The risk rules of one compiled file, in a load context of their own that goes when nothing uses it any more.</summary>
public sealed class RiskRuleFile : IDisposable
{
    private readonly StrategyContext _context;
    private readonly string _path;
    private readonly Dictionary<string, Type> _rules = new(StringComparer.OrdinalIgnoreCase);

    private RiskRuleFile(string path, StrategyContext context)
    {
        _path = path;
        _context = context;
    }

    /// <exception cref="InputException">It does not compile, breaks a rule for authors, or holds no risk rule that can be used.</exception>
    public static RiskRuleFile Compile(StrategySource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        CompiledStrategy compiled = StrategyCompiler.Compile(source, cancel);
        var context = new StrategyContext(source.Path);
        try
        {
            var file = new RiskRuleFile(source.Path, context);
            file.Find(context.Load(compiled.Assembly, compiled.Symbols));
            return file;
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    /// <summary>A new rule, for one engine.</summary>
    /// <param name="name">Its class; null for the only one of the file.</param>
    /// <param name="parameters">By the names of its options.</param>
    /// <exception cref="InputException">There is none of that name, its options are wrong, or it refuses to be made.</exception>
    public IRiskRule Create(string? name, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        Type type = TypeOf(name);
        using CallMeter.Call call = CallMeter.Begin(CallMeter.DefaultRounds);
        try
        {
            var options = new OptionsRecord(type);
            ConstructorInfo make = type.GetConstructor(options.ConstructorTypes)
                ?? throw new ArgumentException($"{type.Name} needs a public constructor that takes {(options.ConstructorTypes.Length == 0 ? "nothing, or a public nested record Options" : "its Options")}.");
            object? read = options.Read(type.Name, parameters);
            return new OwnRule((IRiskRule)make.Invoke(read is null ? [] : [read]));
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            throw new InputException($"{_path}: {type.Name} cannot be made: {StrategyFailure.Describe(inner)}.", inner);
        }
        catch (ArgumentException fault)
        {
            throw new InputException($"{_path}: {fault.Message}", fault);
        }
    }

    /// <summary>Lets the code go: it is unloaded once nothing runs or refers to it.</summary>
    public void Dispose() => _context.Unload();

    private void Find(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IRiskRule)))) _rules.Add(type.Name, type);
        if (_rules.Count == 0) throw new InputException($"{_path}: found no risk rule in it, expected a class that implements IRiskRule, as in: public sealed class MyRule : IRiskRule.");
    }

    private Type TypeOf(string? name)
    {
        if (name is null) return _rules.Count == 1 ? _rules.Values.Single() : throw new InputException($"{_path}: found {_rules.Count} risk rules ({Names()}), expected one; name it after the file, as in {_path}:{_rules.Keys.First()}.");
        return _rules.TryGetValue(name, out Type? found) ? found : throw new InputException($"{_path}: there is no risk rule \"{name}\" in it{NearestNames.Suggestion(name, _rules.Keys)}; it has {Names()}.");
    }

    private string Names() => string.Join(", ", _rules.Keys.Order(StringComparer.Ordinal));
}
