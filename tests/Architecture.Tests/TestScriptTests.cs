using System.Diagnostics;

namespace Tradewind.Architecture.Tests;

/// <summary>The script behind <c>./test</c> is held to what it promises, with real test processes of this very assembly.</summary>
public sealed class TestScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradewind-test-script-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PassesAndSkipsAreCountedAndTheReasonIsShown()
    {
        Outcome outcome = Run("Passes", "Skips");

        Assert.Equal("1 passed, 0 failed, 1 skipped", outcome.LastLine);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("TestScriptSamples.Skips: there is no moon today", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailingTestIsNamedWithItsMessage()
    {
        Outcome outcome = Run("Passes", "Fails");

        Assert.Equal("1 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("FAILED Tradewind.Architecture.Tests.TestScriptSamples.Fails", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Expected: 5", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ATestProcessThatCrashesIsAFailureAndItsOutputIsShown()
    {
        Outcome outcome = Run("Passes", "Crashes");

        Assert.Equal("0 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("left no readable report", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("the process is gone", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportOfAnEarlierRunIsNotCountedForAProcessThatCrashes()
    {
        Run("Passes");
        Outcome outcome = Run("Crashes");

        Assert.Equal("0 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Contains("left no readable report", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ATestProcessThatHangsIsEndedAndIsAFailure()
    {
        Outcome outcome = RunWithin("0.02", "Hangs");

        Assert.Equal("0 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("did not end within 0.02 minutes", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ACleanupThatFailsIsAFailureBesideThePassedTest()
    {
        Outcome outcome = Run("BreaksTheCleanup");

        Assert.Equal("1 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("the cleanup broke", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NoSuchTest")]
    [InlineData("Skips")]
    public void ARunThatExecutesNoTestFails(string test)
    {
        Outcome outcome = Run(test);

        Assert.StartsWith("0 passed, 1 failed, ", outcome.LastLine, StringComparison.Ordinal);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("FAILED no test was run", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AProjectThatWasNotBuiltIsAFailure()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "Ghost.Tests"));
        Outcome outcome = Start(null, Path.Combine(_folder, "Ghost.Tests"));

        Assert.Equal("0 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Contains("Ghost.Tests has no built test executable", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFaultOfAnEarlierStepIsCountedBesideTheResults()
    {
        string[] arguments = ["--fault", "the format differs", ThisProject(), .. Filter("Passes")];
        Outcome outcome = Start(null, arguments);

        Assert.Equal("1 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("FAILED the format differs", outcome.Output, StringComparison.Ordinal);
    }

    private sealed record Outcome(int ExitCode, string Output, string LastLine);

    private Outcome Run(params string[] tests) => Start(null, [ThisProject(), .. Filter(tests)]);

    private Outcome RunWithin(string limitMinutes, string test) => Start(limitMinutes, [ThisProject(), .. Filter(test)]);

    private static IEnumerable<string> Filter(params string[] tests) => ["--", "-explicit", "only", .. tests.SelectMany(test => new[] { "-method", $"*.{test}" })];

    // The script looks for the executable under bin/Release/net10.0, so the running build stands there by a link.
    private string ThisProject()
    {
        string project = Path.Combine(_folder, "Sample.Tests");
        string parent = Path.Combine(project, "bin", "Release");
        if (!Directory.Exists(parent))
        {
            Directory.CreateDirectory(parent);
            Directory.CreateSymbolicLink(Path.Combine(parent, "net10.0"), AppContext.BaseDirectory);
        }
        return project;
    }

    private Outcome Start(string? limitMinutes, params string[] arguments)
    {
        ProcessStartInfo start = new("node", [Repository.PathOf("tests/run.mjs"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TEST_REPORTS"] = Path.Combine(_folder, "reports");
        if (limitMinutes is not null) start.Environment["TEST_LIMIT_MINUTES"] = limitMinutes;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return new(process.ExitCode, output, output.TrimEnd().Split('\n')[^1]);
    }
}
