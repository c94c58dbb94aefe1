using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tradewind.Storage.Tests.Support;

/// <summary>Runs a scenario in a process of its own, which may be killed or held to limits. The child is this same test program.</summary>
internal static class ChildProcess
{
    private const string ScenarioVariable = "TRADEWIND_TEST_SCENARIO";

    /// <summary>Before anything else of the test program: a child does its scenario and nothing more.</summary>
    [ModuleInitializer]
    internal static void RunScenarioInChild()
    {
        if (Environment.GetEnvironmentVariable(ScenarioVariable) is not { } scenario) return;
        string[] parts = scenario.Split('|', 2);
        Scenarios.Run(parts[0], parts[1]);
        Environment.Exit(0);
    }

    /// <param name="limits">Shell commands run before the child, such as <c>ulimit -f 2048</c> (in blocks of 512 bytes).</param>
    public static Process Start(string scenario, string argument, string limits = "true")
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"{limits}; exec \"$0\" \"$1\"");
        start.ArgumentList.Add(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.Environment[ScenarioVariable] = $"{scenario}|{argument}";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // it needs a large file of its own, which the limit forbids
        return Process.Start(start)!;
    }

    public static void SkipWhereThereIsNoShell() => Assert.SkipUnless(File.Exists("/bin/sh"), "Limits and signals are set through /bin/sh, which is missing here.");
}
