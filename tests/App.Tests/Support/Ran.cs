using System.Text.Json;

namespace Tradewind.App.Tests.Support;

/// <summary>What a run of the program left behind.</summary>
public sealed record Ran(int ExitCode, string Output, string Error)
{
    public JsonElement Json() => JsonDocument.Parse(Output).RootElement;

    /// <summary>Ends with the code, and says on standard error each of the parts, as sentences and without a stack trace.</summary>
    public void Refuses(int exitCode, params ReadOnlySpan<string> parts)
    {
        Assert.True(ExitCode == exitCode, $"ended with {ExitCode}: {Error}{Output}");
        foreach (string part in parts) Assert.Contains(part, Error, StringComparison.Ordinal);
        foreach (string line in Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Matches("^(error|note): ", line);
            Assert.EndsWith(".", line.TrimEnd(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
    }

    public Ran Succeeds()
    {
        Assert.True(ExitCode == 0, $"ended with {ExitCode}: {Error}");
        return this;
    }
}
