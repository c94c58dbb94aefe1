using System.CommandLine;
using System.CommandLine.Parsing;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Live;
using Tradewind.Storage;
using Tradewind.Storage.Leases;

namespace Tradewind.App;

/// <summary>The program from its arguments to its exit code.</summary>
public static class Application
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
    private static readonly InvocationConfiguration Invoking = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    /// <returns>0 done, 1 failed, 2 wrong input, 3 a check found a difference, 130 stopped by Ctrl-C.</returns>
    public static int Run(IReadOnlyList<string> arguments, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(around);
        try
        {
            return Invoke(arguments, around);
        }
#pragma warning disable CA1031 // Whatever went wrong, the user reads a sentence.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Explain(failure, around);
        }
    }

    private static int Invoke(IReadOnlyList<string> arguments, Surroundings around)
    {
        arguments = CommandTree.WithDefault(arguments);
        Command root = CommandTree.Create(arguments, around);
        ParseResult parsed = CommandLineParser.Parse(root, arguments, Parsing);
        around.NoColor |= parsed.GetValue(CommandTree.NoColor);
        if (parsed.Action is HelpText or VersionText) return parsed.Invoke(Invoking);
        if (WrongWords.In(parsed) is { Count: > 0 } faults) return Refuse(faults, around);
        return parsed.Invoke(Invoking);
    }

    private static int Explain(Exception failure, Surroundings around)
    {
        switch (failure)
        {
            case InputException or GatewayException:
                return Refuse(failure.Message.Split('\n'), around);
            case FeedException { Fault: FeedFault.Refused }:
                return Refuse([failure.Message], around);
            case FeedException or StorageException or LeaseLostException:
                around.SayError(failure.Message);
                return ExitCode.Failed;
            case OperationCanceledException when around.IsStopped:
                around.Say("Stopped by Ctrl-C; nothing was written.");
                return ExitCode.Stopped;
            default:
                return Fail(failure, around);
        }
    }

    private static int Refuse(IReadOnlyList<string> faults, Surroundings around)
    {
        foreach (string fault in faults) around.SayError(fault);
        return ExitCode.WrongInput;
    }

    private static int Fail(Exception failure, Surroundings around)
    {
        around.SayError($"Something went wrong that should not: {failure.Message} ({failure.GetType().Name}). Please report it with the command; TRADEWIND_TRACE=1 shows where it happened.");
        if (around.Variable("TRADEWIND_TRACE") == "1") around.Say(failure.ToString());
        return ExitCode.Failed;
    }
}

/// <summary>What the program tells its caller.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the configuration or the input is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>A check found a difference.</summary>
    public const int Difference = 3;

    /// <summary>A command with an end of its own was stopped by Ctrl-C.</summary>
    public const int Stopped = 130;
}
