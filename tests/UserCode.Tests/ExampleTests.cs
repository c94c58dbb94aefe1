using Tradewind.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>The files in the project's own <c>strategies</c> folder compile, keep the rules and trade.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Examples => [.. Directory.GetFiles(Folder(), "*.cs").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void AnExampleCompilesAndTrades(string name)
    {
        using StrategyFile file = StrategyFile.Open(Path.Combine(Folder(), name), CancellationToken.None);

        foreach (StrategyDescription strategy in file.Strategies)
        {
            Assert.All(strategy.Parameters, parameter => Assert.NotNull(parameter.Minimum));
            Assert.True(Drawer.Backtest(strategy, 2000).Strategy(0).Counters.RoundTrips > 0);
        }
    }

    [Fact]
    public void TheFileInTheGuideCompilesAndTrades()
    {
        string guide = File.ReadAllText(Path.Combine(Folder(), "..", "docs", "your-own-strategy.md"));
        string code = guide.Split("```csharp\n")[1].Split("```")[0];
        using var drawer = new Drawer();
        using StrategyFile file = drawer.Open(code, "Rising.cs");

        Assert.True(Drawer.Backtest(file.Find("rising"), 2000).Strategy(0).Counters.RoundTrips > 0);
        Assert.Contains("Rising.cs:10:13: \"_rise\" in \"if (_rise >= options.Bars) Buy(\"it rises\");\": there is nothing named _rise here (CS0103).", drawer.Refusal(code.Replace("_rises >=", "_rise >=", StringComparison.Ordinal), "Rising.cs"), StringComparison.Ordinal);
    }

    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tradewind.slnx"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "strategies");
    }
}
