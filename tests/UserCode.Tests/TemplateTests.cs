using System.Diagnostics;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation;

namespace Tradewind.UserCode.Tests;

/// <summary>The templates, installed into a place of their own, made into projects, built and run.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly Drawer _drawer = new();

    public void Dispose() => _drawer.Dispose();

    [Fact]
    public async Task AStrategyOfTheTemplateBuildsAndTradesAsAFileAndAsAnAssembly()
    {
        string folder = await Make("strategy", "tradewind-strategy", "GoldIdea");
        string assembly = await Build(folder);

        using StrategyFile fromSource = StrategyFile.Open(Path.Combine(folder, "GoldIdea.cs"), CancellationToken.None), fromAssembly = StrategyFile.Open(assembly, CancellationToken.None);

        Assert.Equal("gold-idea", fromAssembly.Find("GoldIdea").Name);
        Engine one = Drawer.Backtest(fromSource.Find(null), 500), other = Drawer.Backtest(fromAssembly.Find("GoldIdea"), 500);
        Assert.True(one.Strategy(0).Counters.RoundTrips > 0);
        Assert.Equal(one.OutputHash, other.OutputHash);
    }

    [Fact]
    public async Task TheRulesForAuthorsHoldInAProjectToo()
    {
        string folder = await Make("strategy", "tradewind-strategy", "Timed");
        string file = Path.Combine(folder, "Timed.cs");
        File.WriteAllText(file, File.ReadAllText(file).Replace("bar.Close < _average.Value", "DateTime.Now.Hour > 12", StringComparison.Ordinal));

        (int code, string output) = await Dotnet("build", folder, "-c", "Release", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false");

        Assert.NotEqual(0, code);
        Assert.Contains("error TW0001: DateTime.Now reads the machine's clock", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnIndicatorOfTheTemplateBuildsAndServesAStrategy()
    {
        string folder = await Make("indicator", "tradewind-indicator", "Distance");
        await Build(folder);

        _drawer.Write("shared/Distance.cs", File.ReadAllText(Path.Combine(folder, "Distance.cs")));
        using StrategyFile file = _drawer.Open("""
            public sealed class Reverts : Strategy
            {
                private readonly Distance _distance;
                public Reverts() => _distance = Use(new Distance(30));
                protected override void OnBar(in Bar bar) { if (_distance.Value < -0.05) Buy("far below"); else if (_distance.Value > 0) Close("back"); }
            }
            """);
        Assert.True(Drawer.Backtest(file.Find(null), 500).Strategy(0).Counters.RoundTrips > 0);
    }

    [Fact]
    public async Task ARiskRuleOfTheTemplateBuildsAndDenies()
    {
        string folder = await Make("risk-rule", "tradewind-risk-rule", "ShareOfEquity");
        await Build(folder);

        // The source alone is what a session takes. One ES at 5,000 is 250,000 of notional: two and a half times the equity of 100,000.
        using RiskRuleFile file = RiskRuleFile.Compile(StrategySource.Read(Path.Combine(folder, "ShareOfEquity.cs")), CancellationToken.None);
        Assert.Equal(0, Denied(file.Create(null, [new("Share", "3")])));
        Assert.True(Denied(file.Create("ShareOfEquity", [new("Share", "2")])) > 0);
    }

    private long Denied(IRiskRule rule)
    {
        using StrategyFile file = _drawer.Open(Drawer.Alternating(10));
        Instruments.TryFind("ES", out Instrument? instrument);
        var engine = new Engine(new EngineOptions { Instruments = [instrument!], Rules = [rule] });
        engine.Add(file.Find(null).Configure([]).Create(instrument!), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions());
        backtest.Run(0, Drawer.Bars(100));
        return backtest.Tally.DeniedOrders;
    }

    /// <summary>Installs the template and makes a project of it; returns its folder.</summary>
    private async Task<string> Make(string template, string shortName, string name)
    {
        string folder = Path.Combine(_drawer.Folder, name);
        await Succeed("new", "install", Path.Combine(Root(), "templates", template));
        await Succeed("new", shortName, "-n", name, "-o", folder, "--TradewindHome", AppContext.BaseDirectory.TrimEnd('/', '\\'));
        return folder;
    }

    private async Task<string> Build(string folder)
    {
        await Succeed("build", folder, "-c", "Release", "-v", "quiet", "-warnaserror", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        return Path.Combine(folder, "bin", "Release", "net10.0", Path.GetFileName(folder) + ".dll");
    }

    private async Task Succeed(params string[] arguments)
    {
        (int code, string output) = await Dotnet(arguments);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} ended with {code}: {output}");
    }

    private async Task<(int Code, string Output)> Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _drawer.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Templates are installed for this test alone, and nothing of the machine's own is touched.
        start.Environment["DOTNET_CLI_HOME"] = Path.Combine(_drawer.Folder, ".home");
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tradewind.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has a Tradewind.slnx.");
    }
}
