using System.Reflection;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Every kind of indicator by its name: the built-in ones, and those of further assemblies.</summary>
public sealed class IndicatorLibrary
{
    public static readonly IndicatorLibrary BuiltIn = new();

    private readonly SortedDictionary<string, IndicatorDescription> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="further">Assemblies with indicators of the user's own.</param>
    /// <exception cref="ArgumentException">Two indicators have one name.</exception>
    public IndicatorLibrary(params ReadOnlySpan<Assembly> further)
    {
        AddFrom(typeof(IndicatorLibrary).Assembly);
        foreach (Assembly assembly in further) AddFrom(assembly);
    }

    /// <summary>All kinds in the order of their names.</summary>
    public IReadOnlyCollection<IndicatorDescription> All => _byName.Values;

    /// <exception cref="InputException">There is none of that name; the message suggests near ones.</exception>
    public IndicatorDescription Find(string name) => _byName.TryGetValue(name, out IndicatorDescription? found) ? found : throw new InputException(
        $"There is no indicator \"{name}\"{NearestNames.Suggestion(name, _byName.Keys)}; tradewind indicators list shows all.");

    /// <summary>A new indicator from its text: <c>sma(20)</c>, <c>sma(9) of rsi(14)</c>, <c>ema(5) of macd(12,26,9).signal</c>, <c>correlation(20) of close and open</c>, <c>vwap(1) on cme-equity</c>.</summary>
    /// <param name="text">Capitals and blanks do not matter; arguments left out at the end take their defaults.</param>
    /// <param name="calendar">The sessions for indicators that are anchored to them and name none; null means days of UTC.</param>
    /// <exception cref="InputException">The text is no indicator: a name, a number, an argument or the notation is wrong.</exception>
    public Indicator Create(string text, SessionCalendar? calendar = null)
    {
        try
        {
            return new IndicatorText(text, this, calendar).Read();
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private void AddFrom(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Indicator))))
        {
            IndicatorDescription description = IndicatorDescription.Of(type);
            if (!_byName.TryAdd(description.Name, description)) throw new ArgumentException($"Two indicators are named \"{description.Name}\"; the second is {type.FullName}. Give one another name in its [Indicator].");
        }
    }
}
