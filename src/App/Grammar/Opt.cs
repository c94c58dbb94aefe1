using System.CommandLine;

namespace Tradewind.App.Grammar;

/// <summary>Makes options. All take text: <see cref="Given"/> reads it, so that every refusal is a sentence of ours and all come at once.</summary>
internal static class Opt
{
    /// <param name="value">How the value is shown in help: <c>FILE</c>.</param>
    public static Option<string> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    /// <summary>May be given more than once.</summary>
    public static Option<string[]> Texts(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>The word without which a command leaves market data alone that a file of its target's name already holds; see <see cref="Given.Target"/>.</summary>
    public static Option<bool> Force() => Flag("--force", "Replaces the file where it exists.");

    public static Argument<string> Argument(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };
}
