using System.CommandLine;
using Tradewind.Core.Model;

namespace Tradewind.App.Grammar;

/// <summary>Sentences for words on the command line that mean nothing.</summary>
internal static class WrongWords
{
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(command);
        if (parsed.UnmatchedTokens.Count > 0) return [.. Unknown(parsed.UnmatchedTokens, command, path)];
        List<string> faults = [.. parsed.Errors.Select(error => Reword(error.Message))];
        if (command.Action is null) return [$"{path} needs one of its commands: {string.Join(", ", Names(command))}; see {path} --help."];
        return faults;
    }

    internal static string PathOf(Command command)
    {
        List<string> names = [];
        for (Command? each = command; each is not null; each = each.Parents.OfType<Command>().FirstOrDefault()) names.Insert(0, each.Name);
        return string.Join(' ', names);
    }

    private static IEnumerable<string> Unknown(IReadOnlyList<string> words, Command command, string path)
    {
        bool afterUnknownOption = false;
        foreach (string word in words)
        {
            bool isOption = word.StartsWith('-');
            // The value of an option that does not exist is no second fault.
            if (!isOption && afterUnknownOption) continue;
            afterUnknownOption = isOption;
            if (isOption) yield return $"{path} has no option {word.Split('=')[0]}{NearestNames.Suggestion(word.Split('=')[0], Options(command))}; see {path} --help.";
            else if (command.Subcommands.Count > 0 && command.Arguments.Count == 0) yield return $"{path} has no command \"{word}\"{NearestNames.Suggestion(word, Names(command))}; see {path} --help.";
            else yield return $"{path} does not expect \"{word}\"; quote values that hold spaces, and see {path} --help.";
        }
    }

    private static IEnumerable<string> Names(Command command) => command.Subcommands.Where(each => !each.Hidden).Select(each => each.Name);

    private static IEnumerable<string> Options(Command command) => command.Options.Select(option => option.Name).Append("--help").Append("--no-color").Distinct();

    private static string Reword(string message)
    {
        const string Missing = "Required argument missing for option: '";
        if (message.StartsWith(Missing, StringComparison.Ordinal)) return $"{message[Missing.Length..].TrimEnd('.', '\'')} is given without a value; write the value after it.";
        return message;
    }
}
