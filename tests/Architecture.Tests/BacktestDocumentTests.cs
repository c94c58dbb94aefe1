using System.Text.RegularExpressions;

namespace Tradewind.Architecture.Tests;

/// <summary>docs/backtest.md defines every field of a backtest's JSON.</summary>
public sealed partial class BacktestDocumentTests
{
    [Fact]
    public void EveryFieldOfTheJsonIsDefined()
    {
        string document = File.ReadAllText(Repository.PathOf("docs/backtest.md"));

        string[] fields = [.. Field().Matches(File.ReadAllText(Repository.PathOf("src/App/Commands/Backtesting/BacktestOutcome.cs"))).Select(match => match.Groups["name"].Value)];

        Assert.True(fields.Length > 30, $"found only {fields.Length} fields where the JSON is written");
        Faults.None("A field of the JSON has its definition:", fields.Where(field => !document.Contains($"`{field}`", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"writer\.Write\w+\(""(?<name>\w+)""")]
    private static partial Regex Field();
}
