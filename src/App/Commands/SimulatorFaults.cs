using System.CommandLine;
using Tradewind.App.Grammar;
using Tradewind.Gateway.Faults;

namespace Tradewind.App.Commands;

/// <summary>Options of the gateway simulator that several commands take.</summary>
internal static class SimulatorFaults
{
    public static Option<string[]> Option() => Opt.Texts("--fault", "KIND[:PROB]", "A fault of the simulator, as hub-drop or lost-reply:0.05 (without a probability 0.01); all means each kind. Repeatable.");

    public static List<Injection> Read(Given given, Option<string[]> option)
    {
        var injections = new List<Injection>();
        foreach (string text in given.Texts(option))
        {
            if (Injection.TryParse(text, out IReadOnlyList<Injection> read, out string? fault)) injections.AddRange(read);
            else given.Refuse($"{option.Name}: {fault}");
        }
        return injections;
    }
}
