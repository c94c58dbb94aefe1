using System.Diagnostics;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The inner loop as a real process: files are saved as editors save them, and what is printed is read.</summary>
public sealed class DevTests : IDisposable
{
    private const string Waits = "Watching strategies/Turns.cs";

    private readonly Launcher _program = new();

    public DevTests()
    {
        _program.File("bars.csv", Samples.Bars(1000));
        Directory.CreateDirectory(_program.PathOf("strategies"));
        Save(Turns(10));
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task ASaveIsComparedWithTheRunBefore()
    {
        using Process process = Start();
        await Until(process, Waits);

        Save(Turns(20));
        string[] lines = await Until(process, "compiled in");
        Save(Turns(20) + "// the same in other words");
        string[] same = await Until(process, "compiled in");
        await Launcher.EndInOrder(process, "INT");

        // Ten bars long, ten flat: of 1,000 bars 50 round trips; with twenty 25. The entry comes a bar after the first.
        Assert.Equal(["Trades", "50", "25", "-25"], Assert.Single(lines, line => line.StartsWith("Trades", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("First difference: trade 1", lines);
        Assert.Contains(lines, line => line.StartsWith("  before  long 1 from 2024-03-05T15:01:00Z", StringComparison.Ordinal) && line.Contains("to 2024-03-05T15:11:00Z", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  now     long 1 from 2024-03-05T15:01:00Z", StringComparison.Ordinal) && line.Contains("to 2024-03-05T15:21:00Z", StringComparison.Ordinal));
        Assert.Contains(same, line => line.StartsWith("No difference: the same 25 trades", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatDoesNotCompileIsSaidAndTheLoopGoesOn()
    {
        using Process process = Start();
        await Until(process, Waits);

        Save(Turns(10).Replace("Buy(\"up\")", "Buy(up)", StringComparison.Ordinal));
        await Until(process, "The run before still stands");
        Save(Turns(25));
        string[] lines = await Until(process, "compiled in");
        Ran ran = await Launcher.EndInOrder(process, "INT");

        Assert.Contains("error: strategies/Turns.cs:7:40: \"up\" in ", ran.Error, StringComparison.Ordinal);
        Assert.Equal(["Trades", "50", "20", "-30"], Assert.Single(lines, line => line.StartsWith("Trades", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ASaveByRenamingIsSeen()
    {
        using Process process = Start();
        await Until(process, Waits);

        foreach (int bars in new[] { 20, 25, 50 })
        {
            File.WriteAllText(_program.PathOf("strategies/.Turns.cs.swp"), Turns(bars));
            if (bars == 25) File.Delete(_program.PathOf("strategies/Turns.cs"));
            File.Move(_program.PathOf("strategies/.Turns.cs.swp"), _program.PathOf("strategies/Turns.cs"), overwrite: true);
            string[] lines = await Until(process, "compiled in");
            Assert.Equal($"{500 / bars}", Assert.Single(lines, line => line.StartsWith("Trades", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]);
        }

        await Launcher.EndInOrder(process, "INT");
    }

    [Fact]
    public async Task AFileOfTheSharedFolderIsWatchedToo()
    {
        Directory.CreateDirectory(_program.PathOf("strategies/shared"));
        _program.File("strategies/shared/Length.cs", "public static class Length { public const int Bars = 10; }");
        Save(Turns(0).Replace("/ 0 %", "/ Length.Bars %", StringComparison.Ordinal));
        using Process process = Start();
        await Until(process, Waits);

        _program.File("strategies/shared/Length.cs", "public static class Length { public const int Bars = 50; }");
        string[] lines = await Until(process, "compiled in");
        await Launcher.EndInOrder(process, "INT");

        Assert.Equal(["Trades", "50", "10", "-40"], Assert.Single(lines, line => line.StartsWith("Trades", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("dev strategies/None.cs --data bars.csv --symbol ES", "strategies/None.cs: there is no such file")]
    [InlineData("dev moving-average-cross --data bars.csv --symbol ES", "FILE: found \"moving-average-cross\", expected a .cs file")]
    [InlineData("dev --data bars.csv --symbol ES", "FILE is missing")]
    [InlineData("dev strategies/Turns.cs --symbol ES", "--data is missing")]
    public void AWrongCommandLineIsRefused(string commandLine, string expected) => _program.Run(commandLine.Split(' ')).Refuses(2, expected);

    private static string Turns(int bars) => $$"""
        public sealed class Turns : Strategy
        {
            private int _seen;

            protected override void OnBar(in Bar bar)
            {
                if (_seen++ / {{bars}} % 2 == 0) Buy("up");
                else Close("down");
            }
        }
        """;

    private void Save(string text) => _program.File("strategies/Turns.cs", text);

    private Process Start() => _program.Start("dev", "strategies/Turns.cs", "--data", "bars.csv", "--symbol", "ES");

    /// <summary>The lines up to the one that has the text, that one included.</summary>
    private static async Task<string[]> Until(Process process, string text)
    {
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal)) return [.. lines];
        }
        throw new InvalidOperationException($"The program ended before it said \"{text}\": {string.Join('\n', lines)} {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }
}
