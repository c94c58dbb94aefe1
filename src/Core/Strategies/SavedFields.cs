using System.Reflection;
using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Risk;

namespace Tradewind.Core.Strategies;

/// <summary>Saves and restores the fields of a strategy, or of another part that users write, without its help, so that no author can forget one.</summary>
/// <remarks>
/// Every field that can change must be a plain value (number, time, enum, struct of such), a string, an array or List of plain values,
/// or an <see cref="ISnapshot"/>. Readonly fields of other types, and options, count as constants; indicators are saved by their series.
/// </remarks>
internal sealed class SavedFields
{
    // Weak, so that code which was loaded for a while can go.
    private static readonly ConditionalWeakTable<Type, SavedFields> Known = [];
    private static readonly MethodInfo OfValue = Method(nameof(SyncValue));
    private static readonly MethodInfo OfArray = Method(nameof(SyncArray));
    private static readonly MethodInfo OfList = Method(nameof(SyncList));

    private readonly List<Action<object, Snapshot>> _fields = [];

    private SavedFields(Type type)
    {
        for (Type level = type; level != typeof(Strategy) && level != typeof(object); level = level.BaseType!)
        {
            FieldInfo[] fields = level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            foreach (FieldInfo field in fields.OrderBy(field => field.Name, StringComparer.Ordinal)) Add(field);
        }
    }

    public static SavedFields Of(Type type) => Known.GetValue(type, static key => new(key));

    public void Sync(object owner, Snapshot stream)
    {
        foreach (Action<object, Snapshot> field in _fields) field(owner, stream);
    }

    private void Add(FieldInfo field)
    {
        Type type = field.FieldType;
        if (type.IsAssignableTo(typeof(Indicator))) return;
        if (type.IsAssignableTo(typeof(ISnapshot))) _fields.Add((strategy, stream) => ((ISnapshot)field.GetValue(strategy)!).Sync(stream));
        else if (type.IsArray && IsPlain(type.GetElementType()!)) Add(field, OfArray, type.GetElementType()!);
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) && IsPlain(type.GetGenericArguments()[0])) Add(field, OfList, type.GetGenericArguments()[0]);
        else if (field.IsInitOnly || IsOptions(type)) return;
        else if (type == typeof(string)) _fields.Add((strategy, stream) => SyncText(field, strategy, stream));
        else if (IsPlain(type)) Add(field, OfValue, type);
        else throw new ArgumentException($"{field.DeclaringType!.Name}.{field.Name} is a {type.Name}, which the engine cannot save: make it readonly, a plain value, an array or List of plain values, or let it implement ISnapshot.");
    }

    private void Add(FieldInfo field, MethodInfo method, Type element)
    {
        var sync = method.MakeGenericMethod(element).CreateDelegate<Action<FieldInfo, object, Snapshot>>();
        _fields.Add((strategy, stream) => sync(field, strategy, stream));
    }

    // Options cannot change; a primary constructor that takes them keeps them in a field that is not readonly.
    private static bool IsOptions(Type type) => type.Name == "Options" && (type.DeclaringType?.IsSubclassOf(typeof(Strategy)) == true || type.DeclaringType?.IsAssignableTo(typeof(IRiskRule)) == true);

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(decimal)
        || (type.IsValueType && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).All(field => IsPlain(field.FieldType)));

    private static MethodInfo Method(string name) => typeof(SavedFields).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    private static void SyncText(FieldInfo field, object strategy, Snapshot stream)
    {
        var text = (string?)field.GetValue(strategy);
        stream.Sync(ref text);
        if (stream.IsReading) field.SetValue(strategy, text);
    }

    private static void SyncValue<T>(FieldInfo field, object strategy, Snapshot stream) where T : unmanaged
    {
        var value = (T)field.GetValue(strategy)!;
        stream.Sync(ref value);
        if (stream.IsReading) field.SetValue(strategy, value);
    }

    private static void SyncArray<T>(FieldInfo field, object strategy, Snapshot stream) where T : unmanaged
    {
        var values = (T[]?)field.GetValue(strategy) ?? [];
        T[] read = values;
        stream.Sync(ref read);
        if (!ReferenceEquals(read, values)) field.SetValue(strategy, read);
    }

    private static void SyncList<T>(FieldInfo field, object strategy, Snapshot stream) where T : unmanaged =>
        stream.Sync((List<T>)field.GetValue(strategy)!);
}
