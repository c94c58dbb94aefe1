using Microsoft.CodeAnalysis;

namespace Tradewind.StrategyRules;

/// <summary>What the author of a strategy must not write, each with an id that never changes and a cure in its message.</summary>
/// <remarks>Each is an error; <c>#pragma warning disable TW0005 // why</c> lets one place pass.</remarks>
public static class Rules
{
    /// <summary>Time comes only from what is being processed.</summary>
    public static readonly DiagnosticDescriptor Clock = Rule("TW0001", "A strategy has no clock", "{0} reads the machine's clock, which no backtest or replay can repeat; use Now, the time of what is being processed");

    /// <summary>Chance comes with a seed.</summary>
    public static readonly DiagnosticDescriptor Chance = Rule("TW0002", "Chance has a seed", "{0} gives other values in each run; use new Random(seed) with a seed from the options");

    /// <summary>A strategy answers at once: the engine asks all of them in one thread.</summary>
    public static readonly DiagnosticDescriptor Blocking = Rule("TW0003", "A strategy does not wait", "{0} holds up the whole engine; a strategy answers at once from what it knows");

    /// <summary>A strategy sees the market, not the machine.</summary>
    public static readonly DiagnosticDescriptor Outside = Rule("TW0004", "A strategy does not leave the engine", "{0} reaches outside the engine, which no replay can repeat; take what you need as a parameter in Options or from the market data");

    /// <summary>Numbers that were computed are compared by size.</summary>
    public static readonly DiagnosticDescriptor Equality = Rule("TW0005", "Computed numbers are not compared with == or !=", "{0} compares numbers that were computed and rarely match exactly; use < or >, or Math.Abs(a - b) < step, or double.IsNaN");

    /// <summary>Work stays in the engine's thread.</summary>
    public static readonly DiagnosticDescriptor Threads = Rule("TW0006", "A strategy starts no work of its own", "{0} moves work to another thread, whose order no replay can repeat; compute where you are asked");

    /// <summary>State belongs to one strategy.</summary>
    public static readonly DiagnosticDescriptor SharedState = Rule("TW0007", "A strategy keeps its state in fields that are not static", "{0} is static and can change: it is shared by all instances and never saved; make it a field of the strategy, readonly or const");

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(id, title, message, "Tradewind", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
