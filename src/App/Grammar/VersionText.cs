using System.CommandLine;
using System.CommandLine.Invocation;
using Tradewind.App.Commands;
using Tradewind.App.Terminal;

namespace Tradewind.App.Grammar;

/// <summary>Prints the version, as <c>--version</c> does everywhere.</summary>
internal sealed class VersionText(Surroundings around) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        around.Output.WriteLine($"tradewind {VersionCommand.Version}");
        return ExitCode.Done;
    }
}
