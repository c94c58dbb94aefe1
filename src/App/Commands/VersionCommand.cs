using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class VersionCommand
{
    public const string Name = "version";
    public const string Purpose = "Shows the versions of the program, its commit and its runtime.";

    /// <summary>As released: 0.1.0.</summary>
    public static string Version => Informational.Split('+')[0];

    /// <summary>The commit that it was built from; "unknown" where the build had none.</summary>
    public static string Commit => Informational.Split('+') is { Length: > 1 } parts ? parts[1] : "unknown";

    private static string Informational => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    public static Command Create(Surroundings around)
    {
        Option<bool> json = Opt.Flag("--json", "As one JSON object.");
        var command = new TradewindCommand(Name, Purpose, "tradewind version", "tradewind version --json") { json };
        command.SetAction(parsed => Show(parsed.GetValue(json), around));
        return command;
    }

    private static int Show(bool asJson, Surroundings around)
    {
        string[] parts = Informational.Split('+');
        string commit = Commit;
        if (asJson) Json.Write(around.Output, writer => Write(writer, commit));
        else
        {
            around.Output.WriteLine($"tradewind {parts[0]}");
            around.Output.WriteLine($"commit    {commit}");
            around.Output.WriteLine($"runtime   {RuntimeInformation.FrameworkDescription}");
            around.Output.WriteLine($"system    {RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}");
        }
        return ExitCode.Done;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer, string commit)
    {
        writer.WriteStartObject();
        writer.WriteString("version", Version);
        writer.WriteString("commit", commit);
        writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        writer.WriteString("system", RuntimeInformation.RuntimeIdentifier);
        writer.WriteEndObject();
    }
}
