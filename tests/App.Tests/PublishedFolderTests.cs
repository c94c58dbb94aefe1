using System.Diagnostics;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>What <c>dotnet publish</c> makes is the whole program: it runs elsewhere, and compiles a user's file against what lies beside it.</summary>
public sealed class PublishedFolderTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(3);

    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task ItRunsAndCompilesAUsersFileLikeTheOneInACheckout()
    {
        await Publish(_program.PathOf("app"));
        _program.File("bars.csv", Samples.Bars(500));
        File.Copy(Path.Combine(Root(), "strategies", "ThreeBarBreakout.cs"), _program.PathOf("Mine.cs"));
        string[] backtest = ["backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "Mine.cs", "--json", "-"];

        Ran published = (await Run(_program.PathOf(OperatingSystem.IsWindows() ? "app/tradewind.exe" : "app/tradewind"), backtest)).Succeeds();

        Assert.True(published.Json().GetProperty("trades").GetInt32() > 5);
        Assert.Equal(_program.Run(backtest).Succeeds().Json().GetProperty("outputHash").GetString(), published.Json().GetProperty("outputHash").GetString());
        foreach (string file in (string[])["Tradewind.Core.xml", "Tradewind.StrategyRules.dll"]) Assert.True(File.Exists(_program.PathOf($"app/{file}")), $"{file} is missing: the docstrings and the rules for a user's project are in it.");
    }

    private async Task Publish(string folder)
    {
        string configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        Ran ran = await Run("dotnet", ["publish", Path.Combine(Root(), "src", "App", "App.csproj"), "-c", configuration, "--no-build", "-o", folder, "-v", "quiet", "-nodeReuse:false"]);
        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
    }

    private async Task<Ran> Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _program.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(Generous);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token), error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, await output, await error);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tradewind.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has a Tradewind.slnx.");
    }
}
