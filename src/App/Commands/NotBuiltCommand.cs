using System.CommandLine;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

/// <summary>Answers for commands that have a name but no work behind it yet. Help does not list them.</summary>
internal static class NotBuiltCommand
{
    public static Command Create(string name, Surroundings around)
    {
        var command = new Command(name) { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.Arguments.Add(new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore, Hidden = true });
        command.SetAction(_ => Answer($"tradewind {name}", around));
        return command;
    }

    public static int Answer(string what, Surroundings around)
    {
        around.SayError($"{what} is not built yet; tradewind --help lists what is.");
        return ExitCode.WrongInput;
    }
}
