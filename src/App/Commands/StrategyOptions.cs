using System.CommandLine;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Strategies;
using Tradewind.UserCode;

namespace Tradewind.App.Commands;

/// <summary>The options that choose a strategy and set its parameters.</summary>
internal sealed class StrategyOptions
{
    private readonly Option<string> _strategy = Opt.Text("--strategy", "NAME", "A name that strategies list shows, a .cs file, or FILE.dll:TYPE; FILE.cs:NAME where a file holds several.");
    private readonly Option<string[]> _set = Set();

    public static Option<string[]> Set() => Opt.Texts("--set", "NAME=VALUE", "A parameter of the strategy; once for each.");

    public void AddTo(Command command)
    {
        command.Options.Add(_strategy);
        command.Options.Add(_set);
    }

    /// <summary>What they say. A strategy of the library is looked up and checked at once; a file is not opened yet.</summary>
    public ChosenStrategy Read(Given given, Surroundings around)
    {
        string text = given.Required(_strategy);
        var chosen = new ChosenStrategy(StrategyReference.Parse(text), given.Pairs(_set));
        if (text.Length > 0 && chosen.Reference.File is null) given.Try(() => chosen.Configure(around, CancellationToken.None));
        return chosen;
    }
}

/// <summary>A strategy and its parameters as the user wrote them.</summary>
internal sealed record ChosenStrategy(StrategyReference Reference, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Finds it, compiling its file where it is one, and sets its parameters.</summary>
    /// <exception cref="InputException">The file cannot be used, or a parameter is wrong; one line for each fault.</exception>
    public StrategySettings Configure(Surroundings around, CancellationToken cancel)
    {
        try
        {
            StrategyDescription description = Reference.File is null ? StrategyDrawer.FindInLibrary(Reference.Name!, around) : StrategyFile.Open(around.PathOf(Reference.File), cancel).Find(Reference.Name);
            return description.Configure(Parameters);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
